package dialect

import (
	"slices"
	"strings"
)

// Pants2 returns the dialect of Pants v2. The kinds and their fields are those of all backends in
// src/python/pants/{backend,core,jvm}, whether a repository enables them or not.
func Pants2() *Dialect {
	return &Dialect{
		Name:              "pants2",
		Title:             "Pants v2",
		Source:            "pantsbuild/pants 2.34.0.dev3, src/python/pants/**/target_types.py and docs/notes",
		Markers:           []string{"pants.toml"},
		BuildFiles:        []string{"BUILD"},
		Family:            true,
		Kinds:             pants2Kinds(),
		Functions:         pants2Functions(),
		Removed:           pants2Removed(),
		Grammar:           Grammar{Generated: true},
		DefaultName:       true,
		Infers:            true,
		DependenciesField: "dependencies",
		SourcesField:      "sources",
		Nearest:           true,
		Roots: []RootPattern{
			{"/", SourceRoot}, {"src", SourceRoot}, {"src/python", SourceRoot}, {"src/py", SourceRoot},
			{"src/thrift", SourceRoot}, {"src/protobuf", SourceRoot}, {"src/protos", SourceRoot},
			{"src/scala", SourceRoot}, {"src/java", SourceRoot},
		},
		Languages: map[string]string{
			"py": Python, "python": Python, "java": "java", "scala": "scala", "kotlin": "kotlin", "go": "go",
			"js": "js", "rust": "rust", "thrift": "thrift", "protobuf": "protobuf", "proto": "protobuf", "protos": "protobuf",
		},
	}
}

// pants2Functions returns what a BUILD file of Pants v2 may call and that declares no target.
func pants2Functions() map[string]Function {
	functions := map[string]Function{
		"python_artifact": Artifact, "setup_py": Artifact,
		"globs": Glob, "zglobs": Glob, "rglobs": RecursiveGlob, // of Pants v1, see pants2Removed
		"parametrize":  Parametrize,
		"__defaults__": Defaults, "__dependencies_rules__": Effect, "__dependents_rules__": Effect, "print": Effect,
	}
	for _, name := range []string{
		"http_source", "per_platform", "env", "build_file_dir", "stevedore_namespace", "stevedore_namespaces",
		"jvm_exclude", "scala_exclude", "duplicate_rule", "node_build_script", "node_test_script", "node_run_script",
		"shading_rename", "shading_relocate", "shading_zap", "shading_keep", "git_url",
		"str", "len", "sorted", "list", "dict", "set", "tuple", "map", "filter", "range", "format", "repr", "getattr",
		"hasattr", "isinstance", "int", "bool", "enumerate", "zip", "min", "max", "any", "all", "abs",
	} {
		functions[name] = Value
	}
	return functions
}

// pants2Removed returns the functions of Pants v1, which the 1.25 release notes deprecate.
func pants2Removed() map[string]string {
	const why = "Pants v2 takes a list of patterns, with `**` for any depth and `!` for what is left out."
	return map[string]string{"globs": why, "rglobs": why, "zglobs": why}
}

// pants2Kinds returns the kinds of targets of Pants v2.
func pants2Kinds() map[string]*Kind {
	rows := slices.Concat(
		pants2PythonRows(), pants2CoreRows(), pants2JVMRows(), pants2JavaScriptRows(), pants2OtherRows())
	kinds := pants2Glossary(rows).kinds(rows, pants2Common, "")
	for name, sources := range pants2Sources() {
		k := kinds[name]
		for _, glob := range sources {
			if without, ok := strings.CutPrefix(glob, "!"); ok {
				k.Excludes = append(k.Excludes, without)
			} else {
				k.Sources = append(k.Sources, glob)
			}
		}
	}
	for name, k := range kinds {
		if k.Generates = pants2Generated(name); k.Generates != "" {
			k.Circular = k.Field("sources") != nil
		}
		k.Loose = strings.HasPrefix(name, "nfpm_")
		k.Declares = strings.HasPrefix(name, "__")
	}
	for _, l := range []struct {
		kind, file string
		lists      Listing
	}{
		{"python_requirements", "requirements.txt", RequirementsListing},
		{"poetry_requirements", "pyproject.toml", PoetryListing},
		{"uv_requirements", "pyproject.toml", UvListing},
		{"pipenv_requirements", "Pipfile.lock", PipfileListing},
	} {
		kinds[l.kind].Sources, kinds[l.kind].Lists = []string{l.file}, l.lists
	}
	for _, f := range []struct{ kind, field, doc string }{
		{"k8s_bundle", "sources", "The addresses of the files."},
		{"helm_deployment", "chart", "The address of the chart."},
		{"go_binary", "main", "The address of the package."},
		{"archive", "files", "The addresses of the files."},
		{"makeself_archive", "files", "The addresses of the files."},
	} {
		field := kinds[f.kind].Field(f.field)
		field.Role, field.Doc = ReferencesField, f.doc
	}
	return withRenamed(kinds)
}

// pants2Generated returns the kind of what a target of the kind called name generates, "" if it generates nothing.
func pants2Generated(name string) string {
	switch name {
	case "go_mod":
		return "go_third_party_package"
	case "package_json":
		return "node_third_party_package"
	case "jvm_artifacts":
		return "jvm_artifact"
	case "pex_binaries":
		return "pex_binary"
	case "python_test_utils":
		return "python_source"
	case "terraform_var_files", "__deleted_target", "nfpm_content_files", "relocated_files":
		return ""
	case "pants_requirements", "poetry_requirements", "pipenv_requirements", "uv_requirements", "python_requirements":
		return "python_requirement"
	}
	for _, suffix := range []string{"_sources", "_tests", "_documents", "_strings", "_dirs", "_symlinks"} {
		if strings.HasSuffix(name, suffix) {
			return strings.TrimSuffix(name, "s")
		}
	}
	switch name {
	case "files", "resources", "_lockfiles":
		return strings.TrimSuffix(name, "s")
	}
	return ""
}

// pants2Sources returns the sources of the kinds whose targets need not name any; "!" takes some of them out.
func pants2Sources() map[string][]string {
	var (
		tests = []string{"test_*.py", "*_test.py", "tests.py"}
		utils = []string{"conftest.py", "test_*.pyi", "*_test.pyi", "tests.pyi"}
		sh    = []string{"*_test.sh", "test_*.sh", "tests.sh"}
		js    = []string{"*.test.js", "*.test.cjs", "*.test.mjs"}
		ts    = []string{"*.test.ts", "*.test.d.ts"}
	)
	return map[string][]string{
		"python_sources":    slices.Concat([]string{"*.py", "*.pyi"}, without(tests), without(utils)),
		"python_tests":      tests,
		"python_test_utils": utils,
		"shell_sources":     append([]string{"*.sh"}, without(sh)...),
		"shunit2_tests":     sh,
		"docker_image":      {"Dockerfile"},

		"protobuf_sources":  {"*.proto"},
		"thrift_sources":    {"*.thrift"},
		"avro_sources":      {"*.avsc", "*.avpr", "*.avdl"},
		"openapi_documents": {"openapi.json", "openapi.yaml", "openapi.yml"},
		"openapi_sources":   {"*.json", "*.yaml", "*.yml"},

		"java_sources":        {"*.java", "!*Test.java"},
		"junit_tests":         {"*Test.java"},
		"scala_sources":       {"*.scala", "!*Test.scala", "!*Spec.scala", "!*Suite.scala"},
		"scala_junit_tests":   {"*Test.scala"},
		"scalatest_tests":     {"*Spec.scala", "*Suite.scala"},
		"kotlin_sources":      {"*.kt"},
		"kotlin_junit_tests":  {"*Test.kt"},
		"jvm_artifacts":       {"pom.xml"},
		"go_package":          {"*.go"},
		"go_mod":              {"go.mod", "go.sum"},
		"cc_sources":          {"*.h", "*.hh", "*.hpp", "*.c", "*.cc", "*.cpp", "*.cxx"},
		"rust_package":        {"src/**/*.rs", "tests/**/*.rs"},
		"swift_sources":       {"*.swift"},
		"sql_sources":         {"*.sql"},
		"cue_package":         {"*.cue"},
		"javascript_sources":  append([]string{"*.js", "*.cjs", "*.mjs"}, without(js)...),
		"javascript_tests":    js,
		"jsx_sources":         {"*.jsx", "*.cjsx", "*.mjsx"},
		"jsx_tests":           {"*.test.jsx", "*.test.cjsx", "*.test.mjsx"},
		"typescript_sources":  append([]string{"*.ts", "*.d.ts"}, without(ts)...),
		"typescript_tests":    ts,
		"tsx_sources":         {"*.tsx", "*.d.tsx"},
		"tsx_tests":           {"*.test.tsx", "*.test.d.tsx"},
		"package_json":        {"package.json"},
		"npm_distribution":    {"package.json"},
		"node_package":        {"package.json"},
		"k8s_sources":         {"*.yaml", "*.yml"},
		"helm_deployment":     {"*.yaml", "*.yml"},
		"helm_unittest_tests": {"*_test.yaml", "*_test.yml"},
		"helm_chart": {".helmignore", "README.md", "LICENSE", "values.yaml", "values.yml", "values.schema.json",
			"templates/**/*.yaml", "templates/**/*.yml", "templates/**/*.tpl", "templates/NOTES.txt", "crds/*.yaml",
			"crds/*.yml"},
		"terraform_module":    {"*.tf"},
		"terraform_var_files": {"*.tfvars"},
		"terraform_backend":   {".tfbackend"},
		"_terraform_lockfile": {".terraform.lock.hcl"},
	}
}

// without returns patterns that take out what the given ones match.
func without(globs []string) []string {
	var out []string
	for _, glob := range globs {
		out = append(out, "!"+glob)
	}
	return out
}

// withRenamed adds the kinds that had other names in earlier releases of Pants v2, docs/notes/2.*.md.
func withRenamed(kinds map[string]*Kind) map[string]*Kind {
	for _, r := range []struct{ old, now, since string }{
		{"python_library", "python_sources", "2.8"},
		{"python_requirement_library", "python_requirement", "2.8"},
		{"protobuf_library", "protobuf_sources", "2.8"},
		{"shell_library", "shell_sources", "2.8"},
		{"experimental_shell_command", "shell_command", "2.16"},
		{"experimental_run_shell_command", "run_shell_command", "2.16"},
		{"experimental_test_shell_command", "test_shell_command", "2.23"},
		{"python_awslambda", "python_aws_lambda_function", "2.18"},
	} {
		k := *kinds[r.now]
		k.Name, k.Successor, k.Since = r.old, r.now, r.since
		k.Deprecated = "Pants " + r.since + " renamed it to `" + r.now + "`."
		kinds[r.old] = &k
	}
	wraps := []string{"python_sources", "resources", "files", "java_sources", "javascript_sources", "scala_sources",
		"kotlin_sources", "go_package", "shell_sources"}
	for _, name := range wraps {
		kinds["experimental_wrap_as_"+name] = &Kind{
			Name: "experimental_wrap_as_" + name, Role: Generated, Language: kinds[name].Language,
			Doc: "The outputs of other targets as `" + name + "`.", Loose: true,
			Fields: pants2Glossary(nil).fields("name! tags description inputs outputs"),
		}
	}
	return kinds
}
