package repository

// A fault is a convention that a library breaks.
type fault int

// The faults.
const (
	none fault = iota
	publicTwin
	otherBinaryName
	redundantName
	repeatedDependency
	keywordBinaries
	literalVersion
	otherProvidesName
	unknownDependency
	foreignPrivate
	foreignBinary
	globWithoutDot
	missingModule
	sourceBinary
	moreThanTheLibrary

	faults // their number
)
