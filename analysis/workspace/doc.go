// Package workspace is the model of a repository's BUILD files: packages, targets, addresses, values.
//
// A [Snapshot] is an immutable view of a workspace. It loads lazily: asking for a package reads its BUILD files, and no
// others. Two views of a package exist:
//
//   - a [Package] holds its targets with all fields and syntax trees. It is made anew whenever it is asked for and not
//     kept, for a tree takes ten times the memory of its source;
//   - [Facts] are what other packages ask about: names, kinds, dependencies, sources. They are small and are kept.
//
// A value that is not statically known is [Unknown], and a package that may hold targets that cannot be seen is not
// complete: "not there" is only said of a complete one.
package workspace
