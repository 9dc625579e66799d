("(" @open
  ")" @close)

("[" @open
  "]" @close)

("{" @open
  "}" @close)

(string
  (string_start) @open
  (string_end) @close)
