package analysis

import "fmt"

// A Severity says how grave a finding is. The zero value switches a rule off.
type Severity uint8

// The severities in rising order.
const (
	Off Severity = iota
	Info
	Warning
	Error
)

// String returns the severity as it is written in configuration and in every output format.
func (s Severity) String() string {
	switch s {
	case Off:
		return "off"
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return fmt.Sprintf("Severity(%d)", uint8(s))
}

// ParseSeverity is the inverse of [Severity.String].
func ParseSeverity(s string) (Severity, error) {
	for sev := Off; sev <= Error; sev++ {
		if sev.String() == s {
			return sev, nil
		}
	}
	return Off, fmt.Errorf("unknown severity %q: it is one of off, info, warning, error", s)
}

// An Applicability says whether a fix may be applied without a look.
type Applicability uint8

// The applicabilities in rising order.
const (
	// NoFix is the applicability of a rule that offers none.
	NoFix Applicability = iota
	// Unsafe fixes may change what the build does.
	Unsafe
	// Safe fixes do not.
	Safe
)

// String returns "none", "unsafe" or "safe".
func (a Applicability) String() string {
	switch a {
	case NoFix:
		return "none"
	case Unsafe:
		return "unsafe"
	case Safe:
		return "safe"
	}
	return fmt.Sprintf("Applicability(%d)", uint8(a))
}
