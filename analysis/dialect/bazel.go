package dialect

// BazelName is the name of the dialect of Bazel.
const BazelName = "bazel"

// BazelPrelude is the file whose names all BUILD files of a workspace have.
const BazelPrelude = "tools/build_rules/prelude_bazel"

// Bazel returns the dialect of Bazel. The native kinds are those of its build encyclopedia, of the releases 6 to 9,
// with those that older releases had; the others are those of the rule sets below.
func Bazel() *Dialect {
	d := &Dialect{
		Name:  BazelName,
		Title: "Bazel",
		Source: "Bazel 9 and its build-language.pb in buildtools; rules_cc 0.2, rules_go 0.58, rules_java 9, " +
			"rules_python 1.3, rules_shell 0.6, rules_pkg 1.1, bazel-skylib 1.9, protobuf 32",
		Markers:           []string{"MODULE.bazel", "WORKSPACE.bazel", "WORKSPACE"},
		BuildFiles:        []string{"BUILD.bazel", "BUILD"},
		First:             true,
		Kinds:             bazelGlossary().kinds(bazelRows(), bazelCommon, bazelTests),
		Functions:         bazelFunctions(),
		DependenciesField: "deps",
		SourcesField:      "srcs",
		Grammar:           Grammar{Labels: true, Bare: true, External: "external"},
		GlobParameters:    []string{"include", "exclude", "exclude_directories", "allow_empty"},
		GlobsStop:         true,
		Closed:            true,
		Loads:             Loads{Files: true, Own: []string{""}, Outside: bazelRepositories()},
	}
	for _, r := range bazelRareRows() {
		d.Kinds[r.name].Loose = true
	}
	for _, r := range bazelLibraryRows() {
		d.Kinds[r.name].Loaded = true
	}
	return d
}

// bazelFunctions returns what a BUILD file of Bazel may call and that declares no target.
func bazelFunctions() map[string]Function {
	functions := map[string]Function{
		"glob":   Glob,
		"load":   Import,
		"select": Select,
	}
	for _, name := range []string{
		"package", "exports_files", "licenses", "workspace", "environment_group", "distribs", "print", "fail",
		"register_toolchains", "register_execution_platforms", "bind",
	} {
		functions[name] = Effect
	}
	for _, name := range []string{
		"subpackages", "package_name", "repository_name", "package_relative_label", "module_name",
		"module_version", "existing_rule", "existing_rules", "Label", "abs", "all", "any", "bool", "bytes", "dict", "dir",
		"enumerate", "float", "getattr", "hasattr", "hash", "int", "len", "list", "max", "min", "range", "repr",
		"reversed", "set", "sorted", "str", "tuple", "type", "zip", "depset", "struct",
	} {
		functions[name] = Value
	}
	return functions
}

// bazelRepositories returns the rule sets whose kinds are known, by the names that they have or had.
func bazelRepositories() []Repository {
	return []Repository{
		{[]string{"rules_cc"}, []string{"cc_library", "cc_binary", "cc_test", "cc_import", "cc_shared_library",
			"cc_static_library", "cc_proto_library", "objc_library", "objc_import"}},
		{[]string{"rules_java"}, []string{"java_library", "java_binary", "java_test", "java_import", "java_plugin",
			"java_proto_library", "java_lite_proto_library"}},
		{[]string{"rules_python", "io_bazel_rules_python"}, []string{"py_library", "py_binary", "py_test", "py_runtime"}},
		{[]string{"rules_shell"}, []string{"sh_library", "sh_binary", "sh_test"}},
		{[]string{"rules_proto"}, []string{"proto_library", "proto_lang_toolchain"}},
		{[]string{"protobuf", "com_google_protobuf"}, []string{"proto_library", "proto_lang_toolchain",
			"cc_proto_library", "java_proto_library", "java_lite_proto_library", "py_proto_library"}},
		{[]string{"rules_go", "io_bazel_rules_go"}, []string{"go_library", "go_binary", "go_test", "go_source", "go_path",
			"go_proto_library", "go_grpc_library"}},
		{[]string{"gazelle", "bazel_gazelle"}, []string{"gazelle"}},
		{[]string{"bazel_skylib"}, []string{"bzl_library", "build_test", "copy_file", "write_file", "expand_template",
			"run_binary", "diff_test", "native_binary", "native_test", "bool_flag", "bool_setting", "int_flag",
			"int_setting", "string_flag", "string_setting", "string_list_flag", "string_list_setting"}},
		{[]string{"rules_pkg"}, []string{"pkg_files", "pkg_filegroup", "pkg_mkdirs"}},
		{[]string{"rules_license"}, []string{"license"}},
	}
}
