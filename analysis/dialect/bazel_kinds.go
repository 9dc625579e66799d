package dialect

import "slices"

// The fields of all kinds of Bazel, and those that tests have as well.
const (
	bazelCommon = "name! visibility tags testonly deprecation features compatible_with restricted_to " +
		"target_compatible_with exec_compatible_with exec_properties exec_group_compatible_with toolchains " +
		"package_metadata applicable_licenses licenses distribs aspect_hints transitive_configs expect_failure"
	bazelTests = "args env env_inherit flaky local shard_count size timeout"
)

// Fields that several kinds have.
const (
	bazelCcFields = "deps srcs data includes defines local_defines copts conlyopts cxxopts linkopts linkstatic nocopts " +
		"additional_linker_inputs additional_compiler_inputs module_interfaces reexport_deps win_def_file hdrs_check "
	bazelCcBinaryFields = bazelCcFields + "malloc link_extra_lib stamp linkshared dynamic_deps output_licenses"
	bazelJavaFields     = "srcs deps runtime_deps data resources resource_strip_prefix resource_jars plugins javacopts " +
		"add_exports add_opens bootclasspath javabuilder_jvm_flags neverlink "
	bazelJavaBinaryFields = bazelJavaFields + "main_class jvm_flags launcher use_launcher use_testrunner stamp " +
		"create_executable classpath_resources deploy_manifest_lines deploy_env output_licenses "
	bazelPyFields = "srcs deps data imports srcs_version precompile precompile_invalidation_mode " +
		"precompile_optimize_level precompile_source_retention pyi_deps pyi_srcs "
	bazelPyBinaryFields = bazelPyFields + "main main_module python_version legacy_create_init interpreter_args stamp " +
		"pyc_collection config_settings output_licenses "
	bazelGoFields = "srcs deps data embed embedsrcs importpath x_defs gc_goopts cgo cdeps copts cppopts cxxopts " +
		"clinkopts "
	bazelGoBinaryFields = bazelGoFields + "gc_linkopts pure static race msan gotags goos goarch linkmode env "
)

func bazelRows() []row {
	return slices.Concat(bazelNativeRows(), bazelLanguageRows(), bazelRareRows(), bazelLibraryRows())
}

// bazelNativeRows returns the kinds that are of no language, as of Bazel's be/general and be/platforms-and-toolchains.
func bazelNativeRows() []row {
	return []row{
		{"alias", Group, "", "Another name for a target.", "actual!"},
		{"filegroup", Resource, "", "A name for files and for what targets give.", "srcs data path output_group " +
			"output_licenses"},
		{"genrule", Generated, "", "Files that a shell command makes.", "srcs outs! cmd cmd_bash cmd_bat cmd_ps tools " +
			"exec_tools toolchains executable local message output_to_bindir output_licenses stamp " +
			"heuristic_label_expansion"},
		{"genquery", Generated, "", "What `bazel query` answers, as a file.", "expression! scope! opts strict deps data " +
			"compressed_output"},
		{"package_group", NoRole, "", "Packages under a name, for visibility.", "packages includes"},
		{"test_suite", Group, "", "Tests that run together.", "tests"},
		{"config_setting", NoRole, "", "A configuration that a `select` can ask for.",
			"values define_values flag_values constraint_values"},
		{"constraint_setting", NoRole, "", "A property that platforms differ in.", "default_constraint_value"},
		{"constraint_value", NoRole, "", "A value of a property of platforms.", "constraint_setting!"},
		{"platform", NoRole, "", "A platform as the values of its properties.", "constraint_values parents " +
			"remote_execution_properties exec_properties flags required_settings check_toolchain_types " +
			"allowed_toolchain_types missing_toolchain_error cpu_constraints os_constraints host_platform target_platform"},
		{"toolchain", NoRole, "", "A toolchain and where it can be used.",
			"toolchain! toolchain_type! target_settings use_target_platform_constraints exec_compatible_with"},
		{"toolchain_type", NoRole, "", "A type of toolchains.", "no_match_error"},
		{"label_flag", Group, "", "A label that a flag of the command line sets.", "build_setting_default! scope"},
		{"label_setting", Group, "", "A label that a transition sets.", "build_setting_default! scope"},
		{"starlark_doc_extract", Generated, "", "The documentation of a .bzl file as a protocol buffer.",
			"src! deps symbol_names render_main_repo_name allow_unused_doc_comments"},
		{"action_listener", NoRole, "", "Extra actions for actions of some kinds.", "extra_actions! mnemonics!"},
		{"extra_action", NoRole, "", "An action that runs beside others.",
			"cmd! data out_templates requires_action_output tools"},
		{"config_feature_flag", NoRole, "", "A flag that a target can set for what it depends on.",
			"allowed_values! default_value"},
		{"sh_library", Library, "sh", "Shell scripts that others use.", "srcs deps data"},
		{"sh_binary", Binary, "sh", "A shell script that runs.", "srcs! deps data args env env_inherit output_licenses " +
			"use_bash_launcher"},
		{"sh_test", Test, "sh", "A shell script that tests.", "srcs! deps data use_bash_launcher"},
		{"proto_library", Library, "protobuf", "Protocol buffers.", "srcs deps data exports import_prefix " +
			"strip_import_prefix option_deps extension_declarations allow_exports"},
		{"proto_lang_toolchain", NoRole, "protobuf", "How code is generated from protocol buffers.", "command_line! " +
			"plugin runtime blacklisted_protos denylisted_protos mnemonic output_files plugin_format_flag " +
			"progress_message toolchain_type allowlist_different_package protoc_minimal_do_not_use"},
	}
}

// bazelLanguageRows returns the kinds of languages that Bazel itself has or once had.
func bazelLanguageRows() []row {
	return []row{
		{"cc_library", Library, "cpp", "C++ that others link.", bazelCcFields + "hdrs textual_hdrs implementation_deps " +
			"strip_include_prefix include_prefix alwayslink linkstamp"},
		{"cc_binary", Binary, "cpp", "A C++ program.", bazelCcBinaryFields + " args env"},
		{"cc_test", Test, "cpp", "A C++ test.", bazelCcBinaryFields},
		{"cc_import", Library, "cpp", "A C++ library that is there already.", "hdrs static_library pic_static_library " +
			"shared_library interface_library pic_objects objects system_provided alwayslink linkopts includes " +
			"strip_include_prefix deps data defines"},
		{"cc_shared_library", Binary, "cpp", "A C++ shared library.", "deps roots dynamic_deps exports_filter " +
			"additional_linker_inputs shared_lib_name static_deps user_link_flags win_def_file " +
			"experimental_disable_topo_sort_do_not_use_remove_before_7_0"},
		{"cc_static_library", Binary, "cpp", "A C++ static library with all that it needs.", "deps"},
		{"cc_proto_library", Generated, "cpp", "C++ generated from protocol buffers.", "deps data"},
		{"java_library", Library, "java", "Java that others use.", bazelJavaFields + "exports exported_plugins " +
			"proguard_specs"},
		{"java_binary", Binary, "java", "A Java program.", bazelJavaBinaryFields + "args env"},
		{"java_test", Test, "java", "A Java test.", bazelJavaBinaryFields + "test_class"},
		{"java_import", Library, "java", "A jar that is there already.", "jars! srcjar deps exports runtime_deps data " +
			"neverlink constraints proguard_specs add_exports add_opens"},
		{"java_plugin", Library, "java", "A Java annotation processor.",
			bazelJavaFields + "processor_class generates_api proguard_specs output_licenses"},
		{"java_proto_library", Generated, "java", "Java generated from protocol buffers.", "deps data strict_deps"},
		{"java_lite_proto_library", Generated, "java", "Small Java generated from protocol buffers.",
			"deps data strict_deps"},
		{"py_library", Library, Python, "Python modules that others import.", bazelPyFields +
			"experimental_venvs_site_packages"},
		{"py_binary", Binary, Python, "A Python program.", bazelPyBinaryFields + "args env env_inherit"},
		{"py_test", Test, Python, "A Python test.", bazelPyBinaryFields},
		{"py_runtime", NoRole, Python, "A Python interpreter.", "files interpreter interpreter_path " +
			"interpreter_version_info python_version stub_shebang bootstrap_template coverage_tool implementation_name " +
			"pyc_tag abi_flags stage2_bootstrap_template zip_main_template site_init_template supports_build_time_venv"},
		{"py_proto_library", Generated, Python, "Python generated from protocol buffers.", "deps data"},
		{"objc_library", Library, "objc", "Objective-C that others link.", "srcs hdrs deps data copts defines includes " +
			"implementation_deps linkopts alwayslink enable_modules module_map module_name non_arc_srcs pch runtime_deps " +
			"sdk_dylibs sdk_frameworks sdk_includes textual_hdrs weak_sdk_frameworks conlyopts cxxopts stamp"},
		{"objc_import", Library, "objc", "An Objective-C library that is there already.", "archives! hdrs deps " +
			"alwayslink includes sdk_dylibs sdk_frameworks sdk_includes textual_hdrs weak_sdk_frameworks"},
	}
}

// bazelRareRows returns the kinds that are built in, or were in a release, and of which not all fields are known.
func bazelRareRows() []row {
	const android = "srcs deps data exports runtime_deps plugins resources"
	return []row{
		{"aar_import", Library, "java", "An Android library that is there already.", "deps exports"},
		{"android_binary", Binary, "java", "An Android application.", android},
		{"android_device", NoRole, "", "An Android device to test on.", ""},
		{"android_device_script_fixture", NoRole, "", "A script that prepares an Android device for tests.", ""},
		{"android_host_service_fixture", NoRole, "", "A service that runs beside tests on an Android device.", "data"},
		{"android_instrumentation_test", Test, "java", "A test on an Android device.", "data"},
		{"android_library", Library, "java", "An Android library.", android},
		{"android_local_test", Test, "java", "A test of Android code without a device.", android},
		{"android_sdk", NoRole, "", "An Android SDK.", ""},
		{"android_tools_defaults_jar", NoRole, "", "What Android's tools need by default.", ""},
		{"apple_binary", Binary, "objc", "A program for Apple's platforms.", "deps data"},
		{"apple_cc_toolchain", NoRole, "", "A C++ toolchain of Apple.", ""},
		{"apple_static_library", Library, "objc", "A static library for Apple's platforms.", "deps data"},
		{"available_xcodes", NoRole, "", "The versions of Xcode that are there.", ""},
		{"cc_host_toolchain_alias", NoRole, "", "Another name for the C++ toolchain of the host.", ""},
		{"cc_libc_top_alias", NoRole, "", "Another name for the C library.", ""},
		{"cc_toolchain", NoRole, "", "A C++ toolchain.", ""},
		{"cc_toolchain_alias", NoRole, "", "Another name for the C++ toolchain.", ""},
		{"cc_toolchain_suite", NoRole, "", "C++ toolchains by processor.", ""},
		{"environment", NoRole, "", "An environment that targets can be built for.", ""},
		{"fdo_prefetch_hints", NoRole, "", "Hints of what to prefetch, from a profile.", ""},
		{"fdo_profile", NoRole, "", "A profile to optimise by.", ""},
		{"interface_library", Library, "cpp", "The interface of a shared library.", ""},
		{"j2objc_library", Library, "objc", "Objective-C that is translated from Java.", "deps"},
		{"java_host_runtime_alias", NoRole, "", "Another name for the Java runtime of the host.", ""},
		{"java_package_configuration", NoRole, "", "Flags of the Java compiler for packages.", "data"},
		{"java_plugins_flag_alias", NoRole, "", "Another name for the plugins of all Java targets.", ""},
		{"java_runtime", NoRole, "", "A Java runtime.", "srcs"},
		{"java_runtime_alias", NoRole, "", "Another name for the Java runtime.", ""},
		{"java_toolchain", NoRole, "", "A Java compiler and its tools.", ""},
		{"java_toolchain_alias", NoRole, "", "Another name for the Java toolchain.", ""},
		{"memprof_profile", NoRole, "", "A profile of memory to optimise by.", ""},
		{"ninja_build", NoRole, "", "Targets of a graph of Ninja.", ""},
		{"ninja_graph", NoRole, "", "A graph of Ninja.", ""},
		{"propeller_optimize", NoRole, "", "A profile to lay out a program by.", ""},
		{"xcode_config", NoRole, "", "The version of Xcode to build with.", ""},
		{"xcode_config_alias", NoRole, "", "Another name for the version of Xcode.", ""},
		{"xcode_version", NoRole, "", "A version of Xcode.", ""},
	}
}

// bazelLibraryRows returns the kinds of rule sets that most repositories use. They are known where they are loaded from
// their rule set.
func bazelLibraryRows() []row {
	return []row{
		{"go_library", Library, "go", "A Go package.", bazelGoFields + "importmap importpath_aliases"},
		{"go_binary", Binary, "go", "A Go program.", bazelGoBinaryFields + "basename out pgoprofile args"},
		{"go_test", Test, "go", "Go tests.", bazelGoBinaryFields + "rundir"},
		{"go_source", Resource, "go", "Go sources that others embed.", "srcs deps data embed importpath importmap " +
			"gc_goopts x_defs"},
		{"go_proto_library", Generated, "go", "Go generated from protocol buffers.",
			"proto protos deps embed importpath! importmap importpath_aliases compiler compilers gc_goopts"},
		{"go_grpc_library", Generated, "go", "Go generated from gRPC services.",
			"proto protos deps embed importpath! importmap importpath_aliases compiler compilers gc_goopts"},
		{"go_path", Generated, "go", "Go packages as a GOPATH.", "deps data mode include_data include_pkg " +
			"include_transitive"},
		{"gazelle", NoRole, "go", "A program that writes BUILD files.", "args command data env external extra_args gazelle " +
			"mode prefix build_tags diff"},
		{"bzl_library", Library, "bzl", "Starlark files.", "srcs deps"},
		{"build_test", Test, "", "A test that targets can be built.", "targets! data"},
		{"copy_file", Generated, "", "A copy of a file.", "src! out! is_executable allow_symlink"},
		{"write_file", Generated, "", "A file of a text.", "out! content is_executable newline"},
		{"expand_template", Generated, "", "A file made of a template.", "template! substitutions! out!"},
		{"run_binary", Generated, "", "Files that a program makes.", "tool! srcs outs args env"},
		{"diff_test", Test, "", "A test that two files are the same.", "file1! file2! failure_message"},
		{"native_binary", Binary, "", "A program that is there already.", "src! out data args env"},
		{"native_test", Test, "", "A test that is there already.", "src! out data"},
		{"bool_flag", NoRole, "", "A flag of the command line.", "build_setting_default! scope"},
		{"bool_setting", NoRole, "", "A setting of transitions.", "build_setting_default! scope"},
		{"int_flag", NoRole, "", "A flag of the command line.", "build_setting_default! make_variable scope"},
		{"int_setting", NoRole, "", "A setting of transitions.", "build_setting_default! make_variable scope"},
		{"string_flag", NoRole, "", "A flag of the command line.", "build_setting_default! values make_variable scope"},
		{"string_setting", NoRole, "", "A setting of transitions.",
			"build_setting_default! values make_variable scope"},
		{"string_list_flag", NoRole, "", "A flag of the command line.", "build_setting_default! scope"},
		{"string_list_setting", NoRole, "", "A setting of transitions.", "build_setting_default! scope"},
		{"pkg_files", Resource, "", "Files and where they go in a package.",
			"srcs attributes prefix strip_prefix excludes renames include_runfiles package_variables"},
		{"pkg_filegroup", Group, "", "Files of packages under one prefix.", "srcs prefix package_variables"},
		{"pkg_mkdirs", Resource, "", "Directories of a package.", "dirs! attributes"},
		{"license", NoRole, "", "A license.", "license_kind license_kinds license_text package_name package_url " +
			"package_version copyright_notice"},
	}
}

// bazelGlossary says what the fields of Bazel's kinds are for.
func bazelGlossary() glossary { //nolint:funlen // it is a table
	label := func(doc string) Field { return Field{Role: DependenciesField, Type: StringType, Doc: doc} }
	labels := func(doc string) Field { return Field{Role: DependenciesField, Type: AddressListType, Doc: doc} }
	files := func(doc string) Field { return Field{Role: FilesField, Type: SourcesType, Doc: doc} }
	text := func(doc string) Field { return Field{Type: StringType, Doc: doc} }
	texts := func(doc string) Field { return Field{Type: StringListType, Doc: doc} }
	truth := func(doc string) Field { return Field{Type: BoolType, Doc: doc} }
	number := func(doc string) Field { return Field{Type: NumberType, Doc: doc} }
	dict := func(doc string) Field { return Field{Type: DictType, Doc: doc} }
	g := glossary{
		"name":        {Role: NameField, Type: StringType, Doc: "The target's name, which is unique in its package."},
		"visibility":  {Role: VisibilityField, Type: StringListType, Doc: "The packages that may depend on the target."},
		"srcs":        {Role: SourcesField, Type: SourcesType, Doc: "The files and labels that the target is made of."},
		"src":         {Role: SourceField, Type: StringType, Doc: "The file or label that the target is made of."},
		"tags":        texts("Words that targets are selected by, and that change how they run."),
		"testonly":    truth("Whether only tests may depend on the target."),
		"deprecation": text("What somebody is told who depends on the target."),
		"features":    texts("Features of the toolchain to switch on or off."),
		"args":        texts("What the program gets on its command line."),
		"env":         dict("Variables of the environment in which it runs."),
		"env_inherit": texts("Variables that it inherits from the environment."),
		"flaky":       truth("Whether the test is run up to three times until it passes."),
		"local":       truth("Whether it runs on this machine, outside of the sandbox."),
		"shard_count": number("Into how many shards the test is split."),
		"size":        text("How heavy the test is: small, medium, large or enormous."),
		"timeout":     text("How long the test may take: short, moderate, long or eternal."),

		"deps":                 labels("The targets that this one is built with."),
		"data":                 files("Files and targets that are there at run time."),
		"runtime_deps":         labels("Targets that are needed at run time alone."),
		"exports":              labels("Targets that whoever depends on this one gets as well."),
		"plugins":              labels("Annotation processors for this target."),
		"exported_plugins":     labels("Annotation processors for whoever depends on this target."),
		"tools":                labels("Programs that the command runs."),
		"exec_tools":           labels("Programs that the command runs; `tools` in newer releases."),
		"embed":                labels("Targets whose sources belong to this one."),
		"embedsrcs":            files("Files for `//go:embed`."),
		"cdeps":                labels("C libraries that cgo links."),
		"implementation_deps":  labels("Targets that only this one's sources include."),
		"dynamic_deps":         labels("Shared libraries to link."),
		"resources":            files("Files that are on the path at run time."),
		"tests":                labels("The tests of the suite; all of the package if left out."),
		"actual":               label("The target that this one stands for."),
		"proto":                label("The protocol buffers to generate from."),
		"protos":               labels("The protocol buffers to generate from."),
		"compilers":            labels("What generates the code."),
		"targets":              labels("The targets that have to build."),
		"main":                 {Role: FilesField, Type: StringType, Doc: "The file that runs; `name` with .py if left out."},
		"hdrs":                 files("The headers that others may include."),
		"textual_hdrs":         files("Headers that cannot be compiled on their own."),
		"jars":                 files("The jars."),
		"non_arc_srcs":         files("Objective-C without automatic reference counting."),
		"pyi_srcs":             files("Type stubs."),
		"malloc":               label("The library of malloc."),
		"tool":                 label("The program that runs."),
		"scope":                {Doc: "The targets that the query sees."},
		"toolchains":           {Type: StringListType, Doc: "Targets whose Make variables the target can use."},
		"compatible_with":      {Type: StringListType, Doc: "The environments that the target can be built for."},
		"exec_compatible_with": {Type: StringListType, Doc: "What the platform must have that builds the target."},
		"target_compatible_with": {Type: StringListType,
			Doc: "What the platform must have that the target is built for."},
		"constraint_values": {Type: StringListType, Doc: "The values of the properties of platforms."},

		"cmd":                   text("The shell command."),
		"outs":                  {Role: OutputsField, Type: StringListType, Doc: "The files that are made."},
		"out":                   {Role: OutputsField, Type: StringType, Doc: "The file that is made."},
		"executable":            truth("Whether the file that is made runs."),
		"message":               text("What is shown while it is built."),
		"imports":               texts("Directories for the Python path."),
		"python_version":        text("The version of Python."),
		"legacy_create_init":    truth("Whether missing __init__.py files are made."),
		"main_module":           text("The module that runs, in place of `main`."),
		"stamp":                 number("Whether information on the build is linked in."),
		"copts":                 texts("Options of the compiler."),
		"cxxopts":               texts("Options of the C++ compiler."),
		"conlyopts":             texts("Options of the C compiler."),
		"linkopts":              texts("Options of the linker."),
		"defines":               texts("Macros for this target and whoever depends on it."),
		"local_defines":         texts("Macros for this target."),
		"includes":              texts("Directories to look for headers in."),
		"linkstatic":            truth("Whether libraries are linked statically."),
		"linkshared":            truth("Whether a shared library is made."),
		"alwayslink":            truth("Whether everything is linked, used or not."),
		"strip_include_prefix":  text("The prefix of headers to leave out."),
		"include_prefix":        text("The prefix of headers to add."),
		"import_prefix":         text("The prefix of imports to add."),
		"strip_import_prefix":   text("The prefix of imports to leave out."),
		"importpath":            text("The path that Go imports the package by."),
		"importmap":             text("The path of the package within a program."),
		"x_defs":                dict("Variables that the linker sets."),
		"cgo":                   truth("Whether the package uses cgo."),
		"pure":                  text("Whether cgo is off: on, off or auto."),
		"static":                text("Whether the program is linked statically: on, off or auto."),
		"gotags":                texts("Build tags of Go."),
		"rundir":                text("The directory that the test runs in."),
		"main_class":            text("The class that runs."),
		"test_class":            text("The class that tests."),
		"javacopts":             texts("Options of javac."),
		"jvm_flags":             texts("Options of java."),
		"neverlink":             truth("Whether the target is for compilation alone."),
		"build_setting_default": {Doc: "The value that it has if nobody sets another."},
		"values":                {Doc: "The values that there are, or that flags have to have."},
		"flag_values":           dict("The values that flags have to have."),
		"define_values":         dict("The values that `--define` has to have."),
	}
	return g
}
