[
  (argument_list)
  (dictionary)
  (dictionary_comprehension)
  (list)
  (list_comprehension)
  (parenthesized_expression)
  (set)
  (string)
  (tuple)
  (class_definition)
  (for_statement)
  (function_definition)
  (if_statement)
  (try_statement)
  (while_statement)
  (with_statement)
] @fold

(import_from_statement)+ @fold

(comment)+ @fold
