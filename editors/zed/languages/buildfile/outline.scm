; Targets by their names, constants and functions.

(module
  (expression_statement
    (call
      function: (identifier) @context
      arguments: (argument_list
        (keyword_argument
          name: (identifier) @_name
          value: (string
            (string_content) @name))
        (#eq? @_name "name"))) @item))

(module
  (expression_statement
    (assignment
      left: (identifier) @name) @item))

(module
  (function_definition
    "def" @context
    name: (identifier) @name) @item)
