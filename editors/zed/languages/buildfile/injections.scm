; Neovim and Zed read the same file.

((comment) @injection.content
  (#set! injection.language "comment"))

; The commands of rules that generate files.
((keyword_argument
  name: (identifier) @_field
  value: (string
    (string_content) @injection.content))
  (#any-of? @_field "bash" "cmd" "command" "test_cmd")
  (#set! injection.language "bash"))
