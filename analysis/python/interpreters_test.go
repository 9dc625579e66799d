package python

import (
	"strings"
	"testing"
)

func TestMinorVersions(t *testing.T) {
	tests := []struct{ constraints, first, last string }{
		{">=3.9", "3.9", "3.29"},
		{"CPython>=3.9,<3.12", "3.9", "3.11"},
		{"CPython >=3.9, <3.12", "3.9", "3.11"},
		{">=3.9.5,<3.10", "3.9", "3.9"},
		{"==3.11.*", "3.11", "3.11"},
		{"==2.7.*|>=3.9,<3.10", "2.7", "3.9"},
		{">=2.7,!=3.0.*,!=3.1.*,!=3.2.*,<3.4", "2.7", "3.3"},
		{"~=3.8", "3.8", "3.29"},
		{"", "", ""},
		{"PyPy>=3.9", "", ""},
		{"PyPy|CPython>=3.9", "", ""},
		{">=three", "", ""},
	}
	for _, tt := range tests {
		var constraints []string
		if tt.constraints != "" {
			constraints = strings.Split(tt.constraints, "|")
		}
		got, ok := MinorVersions(constraints)
		if ok != (tt.first != "") {
			t.Errorf("%s: understood is %v", tt.constraints, ok)
			continue
		}
		if ok && (got[0] != tt.first || got[len(got)-1] != tt.last) {
			t.Errorf("%s allows %v", tt.constraints, got)
		}
	}
}
