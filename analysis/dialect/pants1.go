package dialect

// Pants1 returns the dialect of Pants v1: the release 1.20 of pantsbuild/pants, where the BUILD file aliases are those
// of src/python/pants/*/register.py and contrib/*/register.py.
func Pants1() *Dialect {
	return &Dialect{
		Name:              "pants1",
		Title:             "Pants v1",
		Source:            "pantsbuild/pants 1.20.0",
		Markers:           []string{"pants.ini"},
		BuildFiles:        []string{"BUILD"},
		Family:            true,
		Kinds:             pants1Kinds(),
		Functions:         pants1Functions(),
		DefaultName:       true,
		DependenciesField: "dependencies",
		SourcesField:      "sources",
		Languages: map[string]string{
			"py": Python, "python": Python, "java": "java", "scala": "scala", "go": "go", "js": "js", "node": "js",
			"thrift": "thrift", "protobuf": "protobuf", "proto": "protobuf", "cpp": "cpp", "c": "c",
			"resources": "resources", "antlr": "antlr",
		},
		Roots: []RootPattern{
			{"src/*", SourceRoot}, {"src/main/*", SourceRoot},
			{"test/*", TestRoot}, {"tests/*", TestRoot}, {"src/test/*", TestRoot},
			{"3rdparty/*", ThirdPartyRoot}, {"3rd_party/*", ThirdPartyRoot},
			{"thirdparty/*", ThirdPartyRoot}, {"third_party/*", ThirdPartyRoot},
		},
	}
}

// pants1Functions returns what a BUILD file of Pants v1 may call and that declares no target.
func pants1Functions() map[string]Function {
	functions := map[string]Function{
		"globs": Glob, "zglobs": Glob, "rglobs": RecursiveGlob,
		"pants": Wrapper, "scoped": Scoped, "intransitive": Scoped, "provided": Scoped,
		"setup_py": Artifact, "python_artifact": Artifact,
		"register_source_root": Effect, "source_root": Effect, "maven_layout": Effect, "print": Effect,
	}
	for _, name := range []string{
		"annotations", "artifact", "buildfile_path", "bundle", "credentials", "developer", "exclude", "get_buildroot",
		"github", "jar", "jar_rules", "license", "netrc", "netrc_credentials", "ossrh", "pants_version",
		"python_requirement", "repository", "scala_artifact", "scala_exclude", "scala_jar", "scm", "shading_exclude",
		"shading_exclude_package", "shading_keep", "shading_keep_package", "shading_relocate",
		"shading_relocate_package", "shading_zap", "shading_zap_package", "wiki_artifact", "Skip", "Duplicate",
		"ConanRequirement", "DirectoryReMapper", "native_artifact", "external_native_library_requirement",
		"open", "str", "len", "sorted", "list", "dict", "set", "tuple", "map", "filter", "range", "format", "repr",
		"getattr", "hasattr", "isinstance", "int", "bool", "enumerate", "zip", "min", "max", "any", "all", "abs",
	} {
		functions[name] = Value
	}
	return functions
}
