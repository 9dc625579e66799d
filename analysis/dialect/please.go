package dialect

// Please returns the dialect of Please: the release 17.31 of thought-machine/please with rules/*.build_defs, and the
// build_defs of its plugins in please-build.
func Please() *Dialect {
	d := &Dialect{
		Name:  "please",
		Title: "Please",
		Source: "thought-machine/please 17.31.2; please-build python-rules 2.0.2, go-rules 1.32.0, cc-rules 0.7.1, " +
			"java-rules 0.4.5, proto-rules 0.4.0, shell-rules 0.2.1",
		Markers:           []string{".plzconfig"},
		BuildFiles:        []string{"BUILD", "BUILD.plz"},
		First:             true,
		Kinds:             pleaseGlossary().kinds(pleaseRows(), pleaseCommon, ""),
		Functions:         pleaseFunctions(),
		DependenciesField: "deps",
		SourcesField:      "srcs",
		Grammar:           Grammar{Labels: true, Parts: "|", Tagged: true},
		Groups:            true,
		GlobParameters:    []string{"include", "exclude", "hidden", "include_symlinks", "allow_empty"},
		GlobsStop:         true,
		Loads:             Loads{Subincludes: true},
	}
	for _, r := range pleasePluginRows() {
		d.Kinds[r.name].Loose = true // as the plugin's release has them
	}
	system := d.Kinds["system_library"].Field("srcs")
	*system = Field{Name: "srcs", Required: true, Type: StringListType, Doc: "Files of the machine, by absolute paths."}
	d.Kinds["cc_module"].Circular = true // who uses a module gets its interface, which needs none of its dependencies
	for _, name := range []string{"go_repo", "go_module", "plugin_repo"} {
		d.Kinds[name].Declares = true // targets of names that they make up
	}
	return d
}

// pleaseFunctions returns what a BUILD file of Please may call and that declares no target: rules/builtins.build_defs.
func pleaseFunctions() map[string]Function {
	functions := map[string]Function{
		"glob":       Glob,
		"subinclude": Import,
		"load":       Import,
		"select":     Select,
	}
	for _, name := range []string{
		"package", "licenses", "fail", "workspace", "debug", "info", "notice", "warning", "error", "fatal", "add_label",
		"add_dep", "add_exported_dep", "add_runtime_dep", "add_data", "add_out", "add_entry_point", "add_licence",
		"set_command", "breakpoint", "check_config",
	} {
		functions[name] = Effect
	}
	for _, name := range []string{
		"is_platform", "decompose", "len", "chr", "ord", "enumerate", "zip", "isinstance", "range", "any", "all",
		"min", "max", "filter", "map", "reduce", "bool", "int", "str", "callable", "sorted", "reversed", "get_base_path",
		"package_name", "subrepo_name", "looks_like_build_label", "canonicalise", "tag", "git_branch", "git_commit",
		"git_show", "git_state", "git_tags", "join_path", "split_path", "splitext", "basename", "dirname", "get_labels",
		"has_label", "get_outs", "get_named_outs", "get_entry_points", "get_licences", "get_command", "json", "is_semver",
		"semver_check",
	} {
		functions[name] = Value
	}
	return functions
}
