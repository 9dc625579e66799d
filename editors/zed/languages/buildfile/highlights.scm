; BUILD files, parsed by the grammar of Python: those of Pants and Please are Python, and Starlark is nearly a part of it.
; Where patterns capture the same, the last one counts. Neovim and Zed read the same file.

(identifier) @variable

((identifier) @constant
  (#match? @constant "^_?[A-Z][A-Z0-9_]*$"))

(comment) @comment

; A comment that silences findings.
((comment) @keyword.directive
  (#match? @keyword.directive "^# *buildlint: *disable"))

; Not the string as a whole: the code in an f-string is no text.
[
  (string_start)
  (string_content)
  (string_end)
] @string

(escape_sequence) @string.escape

(type_conversion) @function.macro

[
  (integer)
  (float)
] @number

[
  (true)
  (false)
] @boolean

(none) @constant.builtin

[
  "="
  ":="
  "+="
  "-="
  "*="
  "|="
  "+"
  "-"
  "*"
  "**"
  "/"
  "//"
  "%"
  "|"
  "&"
  "^"
  "~"
  "<<"
  ">>"
  "=="
  "!="
  "<"
  "<="
  ">"
  ">="
  "->"
] @operator

[
  "and"
  "or"
  "not"
  "in"
  "is"
  "is not"
  "not in"
] @keyword.operator

[
  "("
  ")"
  "["
  "]"
  "{"
  "}"
] @punctuation.bracket

(interpolation
  "{" @punctuation.special
  "}" @punctuation.special)

[
  ","
  "."
  ":"
  ";"
] @punctuation.delimiter

[
  "if"
  "elif"
  "else"
] @keyword.conditional

[
  "for"
  "while"
  "break"
  "continue"
] @keyword.repeat

(for_in_clause
  "in" @keyword.repeat)

(for_statement
  "in" @keyword.repeat)

[
  "def"
  "lambda"
] @keyword.function

[
  "return"
  "yield"
] @keyword.return

[
  "import"
  "from"
] @keyword.import

(aliased_import
  "as" @keyword.import)

[
  "assert"
  "class"
  "del"
  "global"
  "pass"
  "with"
] @keyword

[
  "try"
  "except"
  "finally"
  "raise"
] @keyword.exception

(attribute
  attribute: (identifier) @property)

; The kind of a target, and any other function.
(call
  function: (identifier) @function.call)

(call
  function: (attribute
    attribute: (identifier) @function.method.call))

; A field of a target.
(keyword_argument
  name: (identifier) @variable.parameter)

(function_definition
  name: (identifier) @function)

(class_definition
  name: (identifier) @type)

(parameters
  (identifier) @variable.parameter)

(lambda_parameters
  (identifier) @variable.parameter)

(default_parameter
  name: (identifier) @variable.parameter)

(typed_parameter
  (identifier) @variable.parameter)

(typed_default_parameter
  name: (identifier) @variable.parameter)

(list_splat_pattern
  (identifier) @variable.parameter)

(dictionary_splat_pattern
  (identifier) @variable.parameter)

(type
  (identifier) @type)

(decorator
  "@" @attribute)

(decorator
  (identifier) @attribute)

(decorator
  (call
    function: (identifier) @attribute))

(import_from_statement
  module_name: (dotted_name
    (identifier) @module))

(import_statement
  name: (dotted_name
    (identifier) @module))
