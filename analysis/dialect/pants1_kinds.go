package dialect

import (
	"slices"
	"strings"
)

// The fields that every target of Pants v1 has.
func pants1Common() []*Field {
	return []*Field{
		{Name: "name", Role: NameField, Type: StringType, Doc: "The target's name; the directory's if left out."},
		{Name: "dependencies", Role: DependenciesField, Type: AddressListType,
			Doc: "The addresses of the targets that this one needs."},
		{Name: "tags", Type: StringListType, Doc: "Strings that `--tag` selects targets by."},
		{Name: "description", Type: StringType, Doc: "What the target is, for people."},
		{Name: "no_cache", Type: BoolType, Doc: "Whether its results are kept out of the artifact cache."},
		{Name: "scope", Type: StringType, Doc: "The scope in which the target is used: default, compile, runtime, test."},
	}
}

func pants1Sources() *Field {
	return &Field{Name: "sources", Role: SourcesField, Type: SourcesType, Doc: "The files that the target owns."}
}

func pants1Source() *Field {
	return &Field{Name: "source", Role: SourceField, Type: StringType, Doc: "The one file that the target owns."}
}

// pants1Libraries returns the field of targets that unpack others.
func pants1Libraries() *Field {
	return &Field{Name: "libraries", Role: DependenciesField, Type: AddressListType,
		Doc: "The addresses of the requirements to unpack."}
}

// pants1PythonFields returns the fields of a Python target; more are its own.
func pants1PythonFields(more ...*Field) []*Field {
	fields := append(pants1Common(),
		pants1Sources(),
		pants1Source(),
		&Field{Name: "provides", Role: ProvidesField, Type: CallType,
			Doc: "The distribution that the target publishes: a `setup_py(…)`."},
		&Field{Name: "resources", Type: SourcesType, Doc: "Files beside the modules.",
			Deprecated: "since Pants 1.3 they belong to a target of the kind `resources`, to depend on."},
		&Field{Name: "resource_targets", Type: AnyType, Doc: "Targets with files beside the modules.",
			Deprecated: "since Pants 1.3 they belong in `dependencies`."},
		&Field{Name: "compatibility", Role: InterpretersField, Type: StringListType,
			Doc: "The interpreters that the target runs on."},
	)
	return append(fields, more...)
}

func pants1BinaryFields() []*Field {
	return pants1PythonFields(
		&Field{Name: "entry_point", Role: EntryPointField, Type: StringType,
			Doc: "What the binary runs: `package.module` or `package.module:function`."},
		&Field{Name: "inherit_path", Type: StringType, Doc: "Whether the PEX sees the interpreter's own site-packages."},
		&Field{Name: "zip_safe", Type: BoolType, Doc: "Whether the PEX runs without being unpacked."},
		&Field{Name: "always_write_cache", Type: BoolType, Doc: "Whether the PEX unpacks its distributions always."},
		&Field{Name: "repositories", Type: StringListType, Doc: "Where distributions are looked for."},
		&Field{Name: "indices", Type: StringListType, Doc: "The package indices to use."},
		&Field{Name: "ignore_errors", Type: BoolType, Doc: "Whether the PEX ignores what it cannot resolve."},
		&Field{Name: "shebang", Type: StringType, Doc: "The first line of the PEX."},
		&Field{Name: "emit_warnings", Type: BoolType, Doc: "Whether the PEX warns at run time."},
		&Field{Name: "platforms", Type: StringListType, Doc: "The platforms to build for."},
	)
}

// pants1Kinds returns the kinds of targets of Pants v1, its contributed backends included.
func pants1Kinds() map[string]*Kind {
	kinds := map[string]*Kind{}
	add := func(k *Kind) { kinds[k.Name] = k }
	for _, k := range pants1PythonKinds() {
		add(k)
	}
	for _, k := range pants1OtherKinds() {
		add(k)
	}
	return kinds
}

func pants1PythonKinds() []*Kind {
	testGlobs := []string{"test_*.py", "*_test.py", "conftest.py"}
	requirements := &Field{Name: "requirements", Role: RequirementsField, Type: StringListType, Required: true,
		Doc: "A list of `python_requirement(…)`."}
	return []*Kind{
		{Name: "python_library", Role: Library, Language: Python, Doc: "Python modules that others import.",
			Fields: pants1PythonFields(), Sources: []string{"*.py"}, Excludes: testGlobs},
		{Name: "python_binary", Role: Binary, Language: Python, Doc: "A PEX: one file that runs.",
			Fields: pants1BinaryFields()},
		{Name: "python_tests", Role: Test, Language: Python, Doc: "Python tests.", Sources: testGlobs,
			Fields: pants1PythonFields(
				&Field{Name: "coverage", Type: StringListType, Doc: "The modules to measure coverage of."},
				&Field{Name: "timeout", Type: NumberType, Doc: "The time limit in seconds."})},
		{Name: "python_requirement_library", Role: Requirement, Language: Python, Doc: "Third-party requirements.",
			Fields: append(pants1Common(), requirements)},
		{Name: "python_requirements", Role: Requirement, Language: Python, Requirements: "requirements.txt",
			Doc: "A `python_requirement_library` for each line of requirements.txt."},
		{Name: "pants_requirement", Role: Requirement, Language: Python, Doc: "A distribution of Pants itself.",
			Fields: append(pants1Common(), &Field{Name: "dist", Type: StringType, Doc: "The distribution."}), NameAfter: "dist"},
		{Name: "python_distribution", Role: Distribution, Language: Python, Doc: "A distribution with a setup.py.",
			Fields:  pants1PythonFields(&Field{Name: "setup_requires", Type: AddressListType, Doc: "What setup.py needs."}),
			Sources: []string{"*.py"}},
		{Name: "python_app", Role: Binary, Language: Python, Doc: "A Python binary with files beside it.",
			Fields: append(pants1Common(),
				&Field{Name: "binary", Role: DependenciesField, Type: StringType, Doc: "The address of the binary."},
				&Field{Name: "bundles", Type: AnyType, Doc: "The files beside the binary."},
				&Field{Name: "basename", Type: StringType, Doc: "The name of the archive."},
				&Field{Name: "archive", Type: StringType, Doc: "The format of the archive."})},
		{Name: "python_thrift_library", Role: Generated, Language: Python, Doc: "Python generated from Thrift.",
			Fields: pants1PythonFields(), Sources: []string{"*.thrift"}},
		{Name: "python_antlr_library", Role: Generated, Language: Python, Doc: "Python generated from ANTLR.",
			Fields: pants1PythonFields(&Field{Name: "module", Type: StringType, Doc: "The package of the parser."},
				&Field{Name: "antlr_version", Type: StringType, Doc: "The version of ANTLR."})},
		{Name: "python_grpcio_library", Role: Generated, Language: Python, Doc: "Python generated from gRPC.",
			Fields: pants1PythonFields(), Sources: []string{"*.proto"}},
		{Name: "python_awslambda", Role: Binary, Language: Python, Doc: "A Python AWS Lambda.",
			Fields: append(pants1Common(),
				&Field{Name: "binary", Role: DependenciesField, Type: StringType, Doc: "The address of the binary."},
				&Field{Name: "handler", Type: StringType, Doc: "`module:function`."})},
		{Name: "unpacked_whls", Role: Generated, Language: Python, Doc: "The content of wheels.",
			Fields: append(pants1Common(), pants1Libraries())},
		{Name: "resources", Role: Resource, Doc: "Files that are on the path at run time.",
			Fields: append(pants1Common(), pants1Sources(), pants1Source())},
		{Name: "files", Role: Resource, Doc: "Loose files.",
			Fields: append(pants1Common(), pants1Sources(), pants1Source())},
		{Name: "target", Role: Group, Doc: "A group of dependencies.",
			Fields: append(pants1Common(), pants1Sources())},
		{Name: "dependencies", Role: Group, Doc: "A group of dependencies.", Fields: pants1Common()},
		{Name: "alias", Role: Group, Doc: "Another name for a target.",
			Fields: append(pants1Common(),
				&Field{Name: "target", Role: DependenciesField, Type: StringType, Doc: "The address that it stands for."})},
		{Name: "prep_command", Role: NoRole, Doc: "A command that runs before others.", Fields: pants1Common(), Loose: true},
		{Name: "page", Role: NoRole, Doc: "A page of documentation.",
			Fields: append(pants1Common(), pants1Source(),
				&Field{Name: "links", Role: ReferencesField, Type: AddressListType, Doc: "The pages that it links to."},
				&Field{Name: "provides", Type: AnyType, Doc: "The wikis to publish to."},
				&Field{Name: "format", Type: StringType, Doc: "md, rst, html or txt."})},
	}
}

func pants1OtherKinds() []*Kind {
	var (
		java       = []string{"*.java"}
		javaTests  = []string{"*Test.java"}
		scala      = []string{"*.scala"}
		scalaTests = []string{"*Test.scala", "*Spec.scala"}
	)
	kinds := []*Kind{
		{Name: "java_library", Role: Library, Language: "java", Sources: java, Excludes: javaTests},
		{Name: "scala_library", Role: Library, Language: "scala", Sources: scala, Excludes: scalaTests},
		{Name: "junit_tests", Role: Test, Language: "java", Sources: slices.Concat(javaTests, scalaTests)},
	}
	others := []struct {
		role     Role
		language string
		names    []string
	}{
		{Library, "java", []string{"annotation_processor", "java_agent", "javac_plugin", "scalac_plugin"}},
		{Library, "scala", []string{"scala_js_library"}},
		{Library, "go", []string{"go_library"}},
		{Library, "cpp", []string{"cpp_library", "ctypes_compatible_cpp_library"}},
		{Library, "c", []string{"ctypes_compatible_c_library"}},
		{Library, "js", []string{"node_module", "node_preinstalled_module"}},
		{Generated, "java", []string{"java_antlr_library", "java_protobuf_library", "java_ragel_library",
			"java_thrift_library", "java_thrifty_library", "java_wire_library", "jax_ws_library", "jaxb_library",
			"java_avro_library", "unpacked_jars"}},
		{Generated, "go", []string{"go_protobuf_library", "go_thrift_library"}},
		{Requirement, "java", []string{"jar_library", "managed_jar_dependencies", "managed_jar_libraries"}},
		{Requirement, "go", []string{"go_remote_library", "go_remote_libraries"}},
		{Requirement, "js", []string{"node_remote_module"}},
		{Requirement, "cpp", []string{"external_native_library", "packaged_native_library"}},
		{Binary, "java", []string{"jvm_binary", "jvm_app", "benchmark", "jvm_prep_command"}},
		{Binary, "scala", []string{"scala_js_binary"}},
		{Binary, "go", []string{"go_binary"}},
		{Binary, "cpp", []string{"cpp_binary"}},
		{Test, "java", []string{"java_tests", "scala_specs", "scala_tests"}},
		{Test, "js", []string{"node_test"}},
		{NoRole, "js", []string{"node_bundle"}},
		{NoRole, "", []string{"remote_sources", "jvm_run_prep_command", "jvm_test_prep_command"}},
		{Resource, "", []string{"doc"}},
	}
	for _, o := range others {
		for _, name := range o.names {
			kinds = append(kinds, &Kind{Name: name, Role: o.role, Language: o.language})
		}
	}
	more := pants1OtherFields()
	for _, k := range kinds {
		k.Loose = true
		k.Fields = append(pants1Common(), pants1Sources(), pants1Source())
		k.Fields = append(k.Fields, more[k.Name]...)
		k.Doc = strings.Replace("A "+k.Language+" target.", "  ", " ", 1)
		k.Declares = k.Name == "managed_jar_libraries" || k.Name == "go_remote_libraries"
	}
	return kinds
}

// pants1OtherFields returns the fields of other kinds that hold addresses, beyond those that all have.
func pants1OtherFields() map[string][]*Field {
	return map[string][]*Field{
		"scala_library": {{Name: "java_sources", Role: ReferencesField, Type: AddressListType,
			Doc: "The Java libraries that this one and that need each other."}},
		"unpacked_jars": {pants1Libraries()},
		"jvm_app":       {{Name: "binary", Role: DependenciesField, Type: StringType, Doc: "The address of the binary."}},
		"node_bundle": {{Name: "node_module", Role: DependenciesField, Type: StringType,
			Doc: "The address of the module to bundle."}},
		"remote_sources": {{Name: "sources_target", Role: DependenciesField, Type: StringType,
			Doc: "The address of what the sources are unpacked by."}},
	}
}
