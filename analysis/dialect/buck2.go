package dialect

// Buck2 returns the dialect of Buck2 with the rules of its prelude: prelude/decls of facebook/buck2 of August 2026.
func Buck2() *Dialect {
	d := &Dialect{
		Name:              "buck2",
		Title:             "Buck2",
		Source:            "facebook/buck2 13baa8a, prelude/decls/*_rules.bzl",
		Markers:           []string{".buckconfig"},
		BuildFiles:        []string{"BUCK.v2", "BUCK"},
		First:             true,
		Kinds:             buck2Glossary().kinds(buck2Rows(), buck2Common, buck2Tests),
		Functions:         buck2Functions(),
		DependenciesField: "deps",
		SourcesField:      "srcs",
		Grammar:           Grammar{Labels: true, Named: true, Parts: "["},
		GlobParameters:    []string{"include", "exclude"},
		GlobsStop:         true,
		Loads:             Loads{Files: true, Own: []string{"", "root"}, Rewritten: true},
	}
	for _, k := range d.Kinds {
		k.Loose = true
	}
	return d
}

// buck2Functions returns what a BUCK file may call and that declares no target.
func buck2Functions() map[string]Function {
	functions := map[string]Function{
		"glob":   Glob,
		"load":   Import,
		"select": Select,
	}
	for _, name := range []string{
		"oncall", "package", "print", "pprint", "fail", "load_symbols", "soft_error", "write_package_value", "warning",
	} {
		functions[name] = Effect
	}
	for _, name := range []string{
		"select_map", "select_test", "read_config", "read_root_config", "read_package_value", "read_oncall",
		"host_info", "package_name", "repository_name", "get_cell_name", "get_base_path", "rule_exists", "sub_packages",
		"glob_subdir", "implicit_package_symbol", "partial", "struct", "abs", "all", "any", "bool", "chr", "dict", "dir",
		"enumerate", "filter", "float", "getattr", "hasattr", "hash", "int", "len", "list", "map", "max", "min", "ord",
		"range", "record", "repr", "reversed", "set", "sorted", "str", "tuple", "type", "zip", "regex", "__internal__",
	} {
		functions[name] = Value
	}
	return functions
}
