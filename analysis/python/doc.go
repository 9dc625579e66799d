// Package python reads what a build file's findings need to know of Python: what requirements files ask for, and what
// modules bind at their top level. Nothing is ever run.
//
// Requirements are read by the grammar of PEP 508 with a place for every part. Google's deps.dev libraries say what a
// version is and when two names are the same; they give no places, take `foo bar>=1` for a requirement and know no
// URLs, so the line is read here.
//
// Modules are read from the tokens of package syntax and their indents, without a syntax tree: what a file binds is
// seen from the first words of its statements, and so one reader serves Python 2 and 3, whose grammars exclude each
// other. What cannot be told from the text is [Unknown], never [Absent].
package python
