// Package rewrite makes the byte edits that change a BUILD file as a careful colleague would: in the style of the
// edited expression, else of the file, and as small as they can be.
//
// Every function takes the path of the file for its edits and nodes of the file as it was parsed. It returns edits that
// are sorted and do not overlap, or nil if there is nothing to do or if it cannot be done without a guess; which those
// cases are is said at each function. Edits of several calls may be combined as long as [edit.Validate] has nothing
// against it; changes of one pair of brackets belong into one call.
//
// # What happens to comments
//
// A comment at the end of a line belongs to the elements that end on this line and goes when all of them go. A comment
// on a line of its own stays when the element below it goes: it may speak of more than that element, and deleting words
// that somebody wrote takes certainty. A suppression on a line of its own is for what follows it and goes with that.
// New elements are put above the comment lines that stand directly above their successor. See [RemoveStatement] for the
// comments above a statement.
package rewrite
