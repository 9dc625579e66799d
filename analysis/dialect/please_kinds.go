package dialect

// Fields that several kinds of Please have. What Please takes under two names is listed twice.
const (
	pleaseCommon  = "name! visibility"
	pleaseLabels  = "labels features tags "
	pleaseTesting = "size timeout flaky flags sandbox test_outputs worker env "
	pleaseCFlags  = "compiler_flags cflags copts linker_flags ldflags linkopts pkg_config_libs pkg_config_cflags " +
		"test_only testonly labels "
	pleaseCLibrary = pleaseCFlags + "srcs hdrs private_hdrs deps out optional_outs includes defines alwayslink "
	pleaseCBinary  = pleaseCFlags + "srcs hdrs private_hdrs deps optional_outs includes defines strip static "
	pleaseCTest    = pleaseCFlags + pleaseTesting + "srcs hdrs deps data features tags "
	pleaseRemote   = "labels hashes strip_prefix patches strip_build config bazel_compat build_file "
)

func pleaseRows() []row {
	return append(pleaseNativeRows(), pleasePluginRows()...)
}

// pleaseNativeRows returns the kinds that are built in: rules/*.build_defs of Please itself.
func pleaseNativeRows() []row {
	const rule = "srcs deps exported_deps runtime_deps runtime_deps_from_srcs runtime_deps_from_deps data tools " +
		"secrets requires outs output_is_complete needs_transitive_deps sandbox timeout local pass_env env exit_on_error "
	return []row{
		{"build_rule", Generated, "", "A rule in terms of commands.", rule + "cmd test_cmd debug_cmd debug_data " +
			"test_tools debug_tools labels hashes binary test test_only building_description test_sandbox no_test_output " +
			"flaky build_timeout test_timeout pre_build post_build provides licences test_outputs system_srcs stamp tag " +
			"optional_outs progress size internal_deps output_dirs entry_points no_test_coverage src_list_files " +
			"test_cmd_args_placeholder"},
		{"genrule", Generated, "", "Files that a command makes.", rule + pleaseLabels + "cmd! out building_description " +
			"hashes binary test_only testonly provides pre_build post_build output_dirs entry_points optional_outs"},
		{"gentest", Test, "", "A test that a command runs.", rule + pleaseLabels + "test_cmd! cmd test_tools flaky " +
			"no_test_output test_outputs size no_test_coverage"},
		{"export_file", Resource, "", "A file that others can depend on.", "src! binary test_only testonly"},
		{"filegroup", Resource, "", "Files, and what targets give, under one name.", pleaseLabels + "tag srcs deps " +
			"exported_deps binary output_is_complete requires provides hashes test_only testonly"},
		{"hash_filegroup", Resource, "", "Files whose names hold their hashes.", pleaseLabels + "srcs deps " +
			"exported_deps test_only testonly requires"},
		{"system_library", Library, "", "Files of the machine.", "srcs! deps hashes test_only testonly"},
		{"remote_file", Requirement, "", "A file that is downloaded.", "url! hashes out binary licences test_only " +
			"testonly labels deps exported_deps runtime_deps extract strip_prefix exported_files entry_points username " +
			"password_file headers secret_headers pass_env"},
		{"text_file", Generated, "", "A file of a text.", "content! strip hashes data out binary licences test_only " +
			"testonly labels deps exported_deps entry_points"},
		{"tarball", Generated, "", "An archive of what targets give.", pleaseLabels + "srcs! out deps subdir gzip xzip " +
			"flatten strip_prefix test_only"},
		{"config_setting", NoRole, "", "A configuration that a `select` can ask for.", "values!"},
		{"http_archive", NoRole, "", "A repository that is downloaded.", "urls! sha256 labels hashes strip_prefix " +
			"patches config bazel_compat"},
		{"new_http_archive", NoRole, "", "A repository that is downloaded and has a BUILD file of ours.",
			pleaseRemote + "urls! sha256 build_file_content plugin username password_file headers secret_headers pass_env"},
		{"github_repo", NoRole, "", "A repository of GitHub.", pleaseRemote + "repo! revision! access_token"},
		{"gitlab_repo", NoRole, "", "A repository of GitLab.", pleaseRemote + "repo! revision! instance"},
		{"new_local_repository", NoRole, "", "A directory of the machine as a repository.", "path!"},
		{"local_repository", NoRole, "", "A directory as a repository.", "path!"},
		{"plugin_repo", NoRole, "", "A plugin of Please.", "revision! plugin owner hashes"},
		{"arch", NoRole, "", "A repository that is built for another architecture.", "os! arch!"},
		{"subrepo", NoRole, "", "A repository within this one.", "dep path config bazel_compat arch plugin package_root"},
	}
}

// pleasePluginRows returns the kinds of the plugins that most repositories use.
func pleasePluginRows() []row { //nolint:funlen // it is a table
	const (
		python = pleaseLabels + "srcs resources deps zip_safe interpreter strip test_only "
		pyBin  = python + "data site runtime_interpreters runtime_interpreter_args module_dir "
		goTest = pleaseLabels + "srcs! resources data deps sandbox cgo filter_srcs external timeout static definitions "
		java   = "srcs resources resources_root deps toolchain labels "
	)
	return []row{
		{"python_library", Library, Python, "Python modules that others import.", python + "testonly"},
		{"python_binary", Binary, Python, "A PEX: one file that runs.", pyBin + "main! out"},
		{"python_test", Test, Python, "Python tests.", pyBin + pleaseTesting + "test_runner"},
		{"pip_library", Requirement, Python, "A distribution that pip installs.", "version! labels hashes package_name " +
			"test_only testonly deps post_install_commands install_subdirectory repo use_pypi patch zip_safe licences " +
			"pip_flags strip"},
		{"python_wheel", Requirement, Python, "A wheel that is downloaded.", "version! labels hashes package_name outs " +
			"post_install_commands patch licences test_only testonly repo zip_safe deps name_scheme strip binary " +
			"entry_points tool prereleases tool_verbosity interpreter module_dir"},
		{"python_multiversion_wheel", Requirement, Python, "Wheels for several versions of Python.",
			"version! urls! licences hashes"},

		{"go_library", Library, "go", "A Go package.", "srcs! resources asm_srcs hdrs deps test_only testonly complete " +
			"cover filter_srcs import_path labels package pgo_file licences"},
		{"go_binary", Binary, "go", "A Go program.", "srcs resources asm_srcs out deps data labels test_only testonly " +
			"static filter_srcs definitions stamp strip licences"},
		{"go_test", Test, "go", "Go tests.", goTest + pleaseTesting},
		{"go_benchmark", Binary, "go", "Go benchmarks.", goTest + "test_only"},
		{"cgo_library", Library, "go", "A Go package with C.", "srcs resources go_srcs c_srcs hdrs package " +
			"compiler_flags cflags linker_flags ldflags pkg_config subdir deps labels test_only testonly import_path " +
			"asm_srcs licences"},
		{"cgo_test", Test, "go", "Tests of a Go package with C.", pleaseLabels + pleaseTesting + "srcs! data deps static"},
		{"go_repo", Requirement, "go", "A Go module as a repository.", "module! version download install requirements " +
			"licences patch deps build_tags third_party_path strip labels large_packages"},
		{"go_module", Requirement, "go", "A Go module.", "module! version download deps exported_deps test_only binary " +
			"install labels hashes licences linker_flags strip env patch build_tags"},
		{"go_mod_download", Requirement, "go", "A Go module that is downloaded.", "module! version! test_only licences " +
			"strip hashes labels deps patch"},
		{"go_toolchain", NoRole, "go", "A Go toolchain that is downloaded.", "url version hashes labels architectures " +
			"strip_srcs tags install_std"},
		{"go_system_toolchain", NoRole, "go", "The machine's Go toolchain.", "cmd architectures tags install_std labels " +
			"expose_covdata"},
		{"go_stdlib", NoRole, "go", "Go's standard library.", "tags labels"},

		{"c_library", Library, "c", "C that others link.", pleaseCLibrary},
		{"c_object", Library, "c", "A C object file.", pleaseCLibrary + "src!"},
		{"c_static_library", Library, "c", "A C static library.", pleaseCLibrary},
		{"c_shared_object", Library, "c", "A C shared object.", pleaseCLibrary + "strip"},
		{"c_binary", Binary, "c", "A C program.", pleaseCBinary},
		{"c_test", Test, "c", "A C test.", pleaseCTest},
		{"cc_library", Library, "cpp", "C++ that others link.", pleaseCLibrary + "linkstatic textual_hdrs"},
		{"cc_object", Library, "cpp", "A C++ object file.", pleaseCLibrary + "src!"},
		{"cc_static_library", Library, "cpp", "A C++ static library.", pleaseCLibrary},
		{"cc_shared_object", Library, "cpp", "A C++ shared object.", pleaseCLibrary + "strip"},
		{"cc_module", Library, "cpp", "A C++ module.", pleaseCLibrary + "interfaces"},
		{"cc_binary", Binary, "cpp", "A C++ program.", pleaseCBinary + "linkstatic"},
		{"cc_test", Test, "cpp", "A C++ test.", pleaseCTest + "write_main linkstatic"},

		{"sh_library", Library, "sh", "A shell script that others use.", pleaseLabels + "src! deps"},
		{"sh_binary", Binary, "sh", "A shell script that runs.", pleaseLabels + "main srcs out deps data"},
		{"sh_test", Test, "sh", "A shell script that tests.", pleaseLabels + pleaseTesting + "src data deps"},
		{"sh_cmd", Binary, "sh", "A command that runs.", pleaseLabels + "cmd! srcs data out shell deps expand_env_vars " +
			"test_only"},

		{"proto_library", Generated, "protobuf", "Code generated from protocol buffers.", pleaseLabels + "srcs! deps " +
			"languages test_only testonly root_dir protoc_flags additional_context"},
		{"grpc_library", Generated, "protobuf", "Code generated from gRPC services.", pleaseLabels + "srcs! deps " +
			"languages test_only testonly root_dir protoc_flags"},
		{"protoc_binary", Requirement, "protobuf", "A protoc that is downloaded.", "url version hashes deps"},

		{"java_library", Library, "java", "Java that others use.", java + "src_dir modular exported_deps test_only " +
			"testonly javac_flags javacopts"},
		{"java_module", Library, "java", "A Java module.", java + "src_dir test_only testonly javac_flags javacopts"},
		{"java_binary", Binary, "java", "A Java program.", "main_class out srcs deps data jvm_args labels " +
			"self_executable manifest toolchain"},
		{"java_test", Test, "java", "A Java test.", pleaseLabels + pleaseTesting + "srcs! resources resources_root data " +
			"deps test_package jvm_args toolchain"},
		{"maven_jar", Requirement, "java", "A jar of Maven.", "id! repository labels hash hashes source_hashes deps " +
			"filename sources licences native artifact_type test_only testonly binary classifier classifier_sources_override"},
	}
}

// pleaseGlossary says what the fields of Please's kinds are for.
func pleaseGlossary() glossary { //nolint:funlen // it is a table
	labels := func(doc string) Field { return Field{Role: DependenciesField, Type: AddressListType, Doc: doc} }
	files := func(doc string) Field { return Field{Role: FilesField, Type: SourcesType, Doc: doc} }
	sources := func(doc string) Field { return Field{Role: SourcesField, Type: SourcesType, Doc: doc} }
	text := func(doc string) Field { return Field{Type: StringType, Doc: doc} }
	texts := func(doc string) Field { return Field{Type: StringListType, Doc: doc} }
	truth := func(doc string) Field { return Field{Type: BoolType, Doc: doc} }
	dict := func(doc string) Field { return Field{Type: DictType, Doc: doc} }
	return glossary{
		"name":       {Role: NameField, Type: StringType, Doc: "The target's name, which is unique in its package."},
		"visibility": {Role: VisibilityField, Type: StringListType, Doc: "The packages that may depend on the target."},
		"srcs":       sources("The files and labels that the target is made of."),
		"src":        {Role: SourceField, Type: StringType, Doc: "The file or label that the target is made of."},
		"main":       {Role: SourceField, Type: StringType, Doc: "The file that runs."},

		"deps":          labels("The targets that this one is built with."),
		"exported_deps": labels("Targets that whoever depends on this one gets as well."),
		"runtime_deps":  labels("Targets that are needed at run time alone."),
		"data":          files("Files and targets that are there at run time."),
		"debug_data":    files("Files and targets that are there when it is debugged."),
		"hdrs":          files("The headers that others may include."),
		"private_hdrs":  files("The headers that only this target includes."),
		"textual_hdrs":  files("Headers that cannot be compiled on their own."),
		"resources":     files("Files that are packed with the target."),
		"asm_srcs":      files("Assembly."),
		"go_srcs":       files("Go without C."),
		"c_srcs":        files("C."),
		"interfaces":    files("The interfaces of the module."),
		"modules":       labels("The modules of the image."),
		"tools":         {Doc: "Programs that the command runs: labels, or names on the path."},
		"test_tools":    {Doc: "Programs that the test runs: labels, or names on the path."},
		"provides":      dict("What the target is to others that require something."),

		"cmd":       {Doc: "The shell command, or one for each configuration."},
		"test_cmd":  {Doc: "The shell command that tests."},
		"outs":      {Doc: "The files that are made."},
		"out":       text("The file that is made."),
		"labels":    texts("Words that targets are selected by."),
		"features":  texts("Another name of `labels`."),
		"tags":      texts("Another name of `labels`."),
		"hashes":    texts("Hashes, one of which what is made has to have."),
		"licences":  texts("The licences of what is downloaded."),
		"requires":  texts("What the target takes of what others provide."),
		"test_only": truth("Whether only tests may depend on the target."),
		"testonly":  truth("Another name of `test_only`."),
		"binary":    truth("Whether what is made runs."),
		"sandbox":   truth("Whether it runs in the sandbox."),
		"local":     truth("Whether it always runs on this machine."),
		"static":    truth("Whether the program is linked statically."),
		"zip_safe":  truth("Whether it runs without being unpacked."),
		"flaky":     {Doc: "How often the test is run until it passes."},
		"timeout":   {Type: NumberType, Doc: "The time limit in seconds."},
		"size":      text("How heavy the test is: small, medium, large or enormous."),
		"flags":     text("What the test gets on its command line."),
		"env":       dict("Variables of the environment."),
		"pass_env":  texts("Variables that are passed on from the environment."),

		"needs_transitive_deps": truth("Whether all that it depends on is there, not only what it names."),
		"output_is_complete":    truth("Whether others do not see what this target depends on."),
		"building_description":  text("What is shown while it is built."),
		"pre_build":             {Type: CallType, Doc: "A function that is called before the target is built."},
		"post_build":            {Type: CallType, Doc: "A function that is called after the target is built."},
		"entry_points":          dict("Names of files among those that are made, for `//package:name|entry`."),
		"output_dirs":           texts("Directories whose content is made."),
		"optional_outs":         texts("Files that may be made as well."),

		"compiler_flags": texts("Options of the compiler."),
		"linker_flags":   texts("Options of the linker."),
		"defines":        {Doc: "Macros of the preprocessor."},
		"includes":       texts("Directories to look for headers in."),
		"import_path":    text("The path that Go imports the package by."),
		"module":         text("The path of the Go module."),
		"version":        text("The version to download."),
		"package_name":   text("The name of the distribution, where it is not the target's."),
		"interpreter":    text("The Python interpreter."),
		"test_runner":    text("What runs the tests: unittest, pytest or behave."),
		"main_class":     text("The class that runs."),
		"url":            {Doc: "Where to download it from."},
		"urls":           texts("Where to download it from."),
		"revision":       text("The revision to download."),
		"repo":           text("The repository to download from."),
		"content":        text("The text."),
		"id":             text("The coordinates of the artifact: group:name:version."),
	}
}
