package dialect

import "testing"

func TestLoadPath(t *testing.T) {
	bazel, buck2 := Bazel(), Buck2()
	buck2.Loads.Cells = map[string]string{"prelude": "sub/prelude"}
	for _, tt := range []struct {
		d           *Dialect
		label, want string
	}{
		{bazel, "//a:b.bzl", "a/b.bzl"},
		{bazel, "//:b.bzl", "b.bzl"},
		{bazel, "//a:sub/b.bzl", "a/sub/b.bzl"},
		{bazel, ":b.bzl", "p/b.bzl"},
		{bazel, "b.bzl", "p/b.bzl"},
		{bazel, "@//a:b.bzl", "a/b.bzl"},
		{bazel, "@repo//a:b.bzl", ""},
		{bazel, "//a", ""},
		{bazel, "@repo", ""},
		{bazel, "", ""},
		{bazel, "//../..:b.bzl", ""},
		{buck2, "@prelude//a:b.bzl", "sub/prelude/a/b.bzl"},
		{buck2, "prelude//:b.bzl", "sub/prelude/b.bzl"},
		{buck2, "root//a:b.bzl", "a/b.bzl"},
		{buck2, "@cell//a:b.bzl", ""},
		{Pants1(), "//a:b.bzl", ""},
	} {
		got, ok := tt.d.LoadPath(tt.label, "p")
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%s %q: %q %v, want %q", tt.d.Name, tt.label, got, ok, tt.want)
		}
	}
}
