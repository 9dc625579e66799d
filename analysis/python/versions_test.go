package python

import (
	"strings"
	"testing"
)

func TestIsRequirementsFile(t *testing.T) {
	for file, want := range map[string]bool{
		"requirements.txt": true, "3rdparty/python/requirements.txt": true, "a/test-requirements.in": true,
		"constraints.txt": true, "requirements/launchpad.txt": true, "requirements_dev.txt": true,
		"requirements.py": false, "docs/readme.txt": false, "requirements/sub/notes.txt": false, "requirements.md": false,
	} {
		if got := IsRequirementsFile(file); got != want {
			t.Errorf("IsRequirementsFile(%q) is %v", file, got)
		}
	}
	if IsConstraintsFile("requirements.txt") || !IsConstraintsFile("a/my-constraints.txt") {
		t.Error("constraints files are told from requirements files by their name")
	}
}

func TestVersions(t *testing.T) {
	for text, want := range map[string]string{ // pinned, upper bounds, local version
		"a":                "no - -",
		"a>=1":             "no - -",
		"a>=1,!=1.5":       "no - -",
		"a>=1,<2":          "no < -",
		"a~=1.4":           "no ~= -",
		"a==1.*":           "no == -",
		"a==1.0":           "yes == -",
		"a===odd":          "yes === -",
		"a==1.0+lp1":       "yes == lp1",
		"a @ https://x/y":  "no - -",
		"a<=2,>1,==1.5":    "yes <= == -",
		"a==1; extra=='x'": "yes == -",
	} {
		r, err := ParseRequirement(text)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{"no"}
		if r.Pinned() {
			got[0] = "yes"
		}
		for _, c := range r.UpperBounds() {
			got = append(got, c.Operator)
		}
		if len(got) == 1 {
			got = append(got, "-")
		}
		if local := r.LocalVersion(); local != "" {
			got = append(got, local)
		} else {
			got = append(got, "-")
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestSameBounds(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"a", "A", true},
		{"a==1.0", "a==1.0.0", true},
		{"a>=1,<2", "a<2,>=1", true},
		{"a>=1", "a>1", false},
		{"a==1.*", "a==1", false},
		{"a~=1.4", "a~=1.4.0", false},
		{"a===1.0", "a===1.0.0", false},
		{"a", "a>=1", false},
	}
	for _, tt := range tests {
		a, _ := ParseRequirement(tt.a)
		b, _ := ParseRequirement(tt.b)
		if got := SameBounds(a, b); got != tt.want {
			t.Errorf("SameBounds(%s, %s) is %v", tt.a, tt.b, got)
		}
	}
}

func TestExcludes(t *testing.T) {
	tests := []struct {
		r, pin string
		want   bool
	}{
		{"a>=2", "a==1.5", true},
		{"a>=2", "a==2.0", false},
		{"a>=2,!=2.1", "a==2.1", true},
		{"a", "a==1", false},
		{"a>=2", "a>=1", false},
		{"a===odd", "a==1", false},
		{"a>=1", "a==1.5+lp1", false},
		{"a>=2", "a==1.5+lp1", true},
		{"a>=1", "a==2.0b1", false},
		{"a>=1", "a==1.0.post1", false},
	}
	for _, tt := range tests {
		r, _ := ParseRequirement(tt.r)
		pin, _ := ParseRequirement(tt.pin)
		if got := r.Excludes(pin); got != tt.want {
			t.Errorf("%s excludes %s: %v", tt.r, tt.pin, got)
		}
	}
}
