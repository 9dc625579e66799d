package dialect

// Fields that several kinds of Buck2 have. The tables name those that BUCK files use; the prelude has more of them, and
// a repository may add its own.
const (
	buck2Common = "name! visibility within_view labels contacts licenses tests metadata default_target_platform " +
		"target_compatible_with compatible_with exec_compatible_with modifiers incoming_transition"
	buck2Tests = "env args run_test_separately network_access remote_execution test_rule_timeout_ms"
	buck2Cxx   = "srcs headers deps header_namespace compiler_flags preprocessor_flags lang_compiler_flags " +
		"lang_preprocessor_flags linker_flags post_linker_flags link_style link_whole raw_headers include_directories " +
		"precompiled_header prefix_header resources libraries frameworks platform_srcs platform_deps "
	buck2Java = "srcs resources resources_root deps exported_deps provided_deps exported_provided_deps runtime_deps " +
		"plugins annotation_processors annotation_processor_deps annotation_processor_params extra_arguments source " +
		"target java_version javac manifest_file maven_coords proguard_config remove_classes source_only_abi_deps "
	buck2Python = "srcs resources deps base_module type_stubs zip_safe versioned_srcs versioned_resources platform_srcs " +
		"platform_deps platform_resources typing "
	buck2Rust = "srcs crate crate_root edition deps named_deps features env rustc_flags rustdoc_flags mapped_srcs " +
		"linker_flags link_style doc_deps flagged_deps resources "
	buck2Go       = "srcs deps package_root embed_srcs compiler_flags assembler_flags link_style build_tags "
	buck2Genrule  = "srcs cmd bash cmd_exe out outs default_outs type env executable cacheable remote "
	buck2Haskell  = "srcs deps compiler_flags linker_flags "
	buck2Download = "sha1 sha256 "
)

func buck2Rows() []row {
	return append(append(buck2CoreRows(), buck2LanguageRows()...), buck2JvmRows()...)
}

// buck2CoreRows returns the kinds that are of no language.
func buck2CoreRows() []row {
	return []row{
		{"alias", Group, "", "Another name for a target.", "actual"},
		{"configured_alias", Group, "", "Another name for a target in another configuration.", "actual platform " +
			"configured_actual fallback_actual"},
		{"configuration_alias", Group, "", "Another name for a configuration.", "actual"},
		{"versioned_alias", Group, "", "A name for one of several versions of a target.", "versions"},
		{"toolchain_alias", Group, "", "Another name for a toolchain.", "actual"},
		{"command_alias", Binary, "", "A program with arguments.",
			"exe platform_exe args env resources run_using_single_arg"},
		{"config_setting", NoRole, "", "A configuration that a `select` can ask for.", "values constraint_values"},
		{"constraint", NoRole, "", "A property of platforms with its values.", "values default"},
		{"constraint_setting", NoRole, "", "A property that platforms differ in.", ""},
		{"constraint_value", NoRole, "", "A value of a property of platforms.", "constraint_setting"},
		{"platform", NoRole, "", "A platform as the values of its properties.", "constraint_values deps"},
		{"export_file", Resource, "", "A file that others can depend on.", "src out mode"},
		{"filegroup", Resource, "", "A name for files.", "srcs copy out"},
		{"genrule", Generated, "", "A file that a shell command makes.", buck2Genrule},
		{"http_archive", Requirement, "", "An archive that is downloaded.", buck2Download + "urls strip_prefix " +
			"sub_targets type excludes size_bytes out"},
		{"http_file", Requirement, "", "A file that is downloaded.", buck2Download + "urls out executable size_bytes"},
		{"remote_file", Requirement, "", "A file that is downloaded.", buck2Download + "url out type"},
		{"git_fetch", Requirement, "", "A revision of a repository.", "repo rev sub_targets"},
		{"sh_binary", Binary, "sh", "A shell script that runs.", "main resources append_script_extension deps"},
		{"sh_test", Test, "sh", "A program that tests.", "test deps resources list_args run_args list_env run_env type"},
		{"test_suite", Group, "", "Tests that run together.", "test_deps"},
		{"worker_tool", Binary, "", "A program that runs on between commands.", "exe args env max_workers persistent"},
		{"zip_file", Generated, "", "A zip of files.", "srcs zip_srcs out entries_to_exclude on_duplicate_entry"},
		{"transformation_spec", NoRole, "", "How targets are transformed.", ""},
		{"external_test_runner", NoRole, "", "A program that runs tests.", "binary"},
	}
}

func buck2LanguageRows() []row {
	rows := []row{
		{"cxx_library", Library, "cpp", "C++ that others link.", buck2Cxx + "exported_headers exported_deps " +
			"exported_preprocessor_flags exported_lang_preprocessor_flags exported_linker_flags " +
			"exported_post_linker_flags exported_header_style public_include_directories soname preferred_linkage " +
			"force_static reexport_all_header_dependencies supported_platforms_regex static_library_basename"},
		{"cxx_binary", Binary, "cpp", "A C++ program.", buck2Cxx + "executable_name"},
		{"cxx_test", Test, "cpp", "A C++ test.", buck2Cxx + "framework"},
		{"cxx_genrule", Generated, "cpp", "A file that a shell command makes for C++.", buck2Genrule},
		{"cxx_precompiled_header", Library, "cpp", "A header that is compiled already.", "src deps version"},
		{"cxx_python_extension", Library, "cpp", "A Python module in C++.", buck2Cxx + "base_module module_name"},
		{"cxx_lua_extension", Library, "cpp", "A Lua module in C++.", buck2Cxx + "base_module"},
		{"prebuilt_cxx_library", Library, "cpp", "A C++ library that is there already.", buck2Cxx + "exported_headers " +
			"exported_deps exported_preprocessor_flags exported_linker_flags header_dirs header_only static_lib " +
			"static_pic_lib shared_lib soname preferred_linkage force_static"},
		{"prebuilt_cxx_library_group", Library, "cpp", "C++ libraries that are there already.", "deps exported_deps " +
			"static_libs static_pic_libs shared_libs static_link static_pic_link shared_link include_dirs"},
		{"windows_resource", Resource, "cpp", "Resources of Windows.", "srcs headers"},
		{"python_library", Library, Python, "Python modules that others import.", buck2Python},
		{"python_binary", Binary, Python, "A Python program.", buck2Python + "main main_module main_function platform " +
			"package_style preload_deps linker_flags"},
		{"python_test", Test, Python, "Python tests.", buck2Python + "main_module main_function platform package_style " +
			"needed_coverage additional_coverage_targets"},
		{"python_bootstrap_library", Library, Python, "Python that builds Python.", "srcs deps"},
		{"python_bootstrap_binary", Binary, Python, "A Python program that builds Python.", "main deps " +
			"copy_deps win_python_wrapper"},
		{"prebuilt_python_library", Requirement, Python, "A wheel or an egg.",
			"binary_src deps exclude_deps_from_merged_linking"},
		{"rust_library", Library, "rust", "A Rust crate.", buck2Rust + "proc_macro preferred_linkage doctests soname " +
			"link_whole"},
		{"rust_binary", Binary, "rust", "A Rust program.", buck2Rust},
		{"rust_test", Test, "rust", "Rust tests.", buck2Rust + "framework"},
		{"go_library", Library, "go", "A Go package.", buck2Go + "package_name headers cgo_compiler_flags " +
			"preprocessor_flags header_namespace"},
		{"go_exported_library", Binary, "go", "A Go package that C links.", buck2Go + "build_mode package_name"},
		{"go_binary", Binary, "go", "A Go program.", buck2Go + "linker_flags external_linker_flags resources"},
		{"go_test", Test, "go", "Go tests.", buck2Go + "library package_name coverage_mode resources linker_flags"},
		{"go_bootstrap_binary", Binary, "go", "A Go program that builds Go.", "srcs entrypoints workdir"},
		{"haskell_library", Library, "haskell", "Haskell that others link.", buck2Haskell + "enable_profiling " +
			"preferred_linkage"},
		{"haskell_binary", Binary, "haskell", "A Haskell program.", buck2Haskell + "main link_style"},
		{"haskell_prebuilt_library", Library, "haskell", "A Haskell library that is there already.", "deps db"},
		{"ocaml_library", Library, "ocaml", "OCaml that others link.", "srcs deps compiler_flags ocamldep_flags"},
		{"ocaml_binary", Binary, "ocaml", "An OCaml program.", "srcs deps compiler_flags ocamldep_flags"},
		{"prebuilt_ocaml_library", Library, "ocaml", "An OCaml library that is there already.", "deps lib_name lib_dir " +
			"native_lib bytecode_lib c_libs include_dir"},
		{"lua_library", Library, "lua", "Lua modules.", "srcs deps base_module"},
		{"lua_binary", Binary, "lua", "A Lua program.", "main_module deps platform package_style"},
		{"erlang_app", Library, "erlang", "An Erlang application.", "app_name version srcs includes applications " +
			"included_applications resources"},
		{"erlang_test", Test, "erlang", "Erlang tests.", "suite deps resources config_files"},
		{"csharp_library", Library, "csharp", "C# that others use.", "srcs deps resources compiler_flags framework_ver " +
			"dll_name"},
		{"js_library", Library, "js", "JavaScript modules.", "srcs deps base_path"},
		{"js_bundle", Binary, "js", "JavaScript in one file.", "deps entry bundle_name"},
	}
	return rows
}

func buck2JvmRows() []row {
	return []row{
		{"java_library", Library, "java", "Java that others use.", buck2Java},
		{"java_binary", Binary, "java", "A Java program.", "deps main_class manifest_file blacklist meta_inf_directory " +
			"default_cxx_platform"},
		{"java_test", Test, "java", "Java tests.", buck2Java + "vm_args test_type fork_mode test_class_names_file"},
		{"java_plugin", Library, "java", "A plugin of javac.", "deps plugin_name isolate_class_loader"},
		{"java_annotation_processor", Library, "java", "An annotation processor.",
			"deps processor_class isolate_class_loader"},
		{"prebuilt_jar", Library, "java", "A jar that is there already.", "binary_jar source_jar gwt_jar javadoc_url deps " +
			"maven_coords"},
		{"jar_genrule", Generated, "java", "A jar that a command makes of another.", buck2Genrule + "binary_jar"},
		{"kotlin_library", Library, "kotlin", "Kotlin that others use.", buck2Java + "extra_kotlinc_arguments friend_paths " +
			"kotlin_compiler_plugins"},
		{"kotlin_test", Test, "kotlin", "Kotlin tests.", buck2Java + "vm_args extra_kotlinc_arguments friend_paths"},
		{"android_library", Library, "android", "Java for Android.", buck2Java + "manifest resource_union_package " +
			"extra_kotlinc_arguments friend_paths"},
		{"android_binary", Binary, "android", "An Android application.", "manifest manifest_skeleton keystore deps " +
			"package_type"},
		{"android_resource", Resource, "android", "Resources of Android.", "res assets deps package manifest"},
		{"android_prebuilt_aar", Library, "android", "An AAR that is there already.", "aar deps source_jar javadoc_url"},
		{"android_aar", Binary, "android", "An AAR.", "manifest_skeleton deps"},
		{"android_manifest", Generated, "android", "A manifest of Android.", "skeleton deps"},
		{"android_build_config", Generated, "android", "A BuildConfig class.", "package values values_file"},
		{"apk_genrule", Generated, "android", "An application that a command makes of another.", buck2Genrule + "apk"},
		{"keystore", Resource, "android", "A key that signs.", "store properties"},
		{"prebuilt_native_library", Library, "android", "A native library that is there already.",
			"native_libs is_asset deps"},
		{"robolectric_test", Test, "android", "Tests of Android on this machine.", buck2Java + "vm_args manifest"},
	}
}

// buck2Glossary says what the fields of Buck2's kinds are for.
func buck2Glossary() glossary { //nolint:funlen // it is a table
	target := func(doc string) Field { return Field{Role: DependenciesField, Type: StringType, Doc: doc} }
	targets := func(doc string) Field { return Field{Role: DependenciesField, Type: AddressListType, Doc: doc} }
	text := func(doc string) Field { return Field{Type: StringType, Doc: doc} }
	texts := func(doc string) Field { return Field{Type: StringListType, Doc: doc} }
	truth := func(doc string) Field { return Field{Type: BoolType, Doc: doc} }
	dict := func(doc string) Field { return Field{Type: DictType, Doc: doc} }
	return glossary{
		"name":       {Role: NameField, Type: StringType, Doc: "The target's name, which is unique in its package."},
		"visibility": {Role: VisibilityField, Type: StringListType, Doc: "The targets that may depend on this one."},
		"within_view": {Type: StringListType,
			Doc: "The targets that this one may depend on."},
		"labels":   texts("Words that targets are selected by."),
		"contacts": texts("Whom to ask about the target."),
		"tests":    {Role: ReferencesField, Type: AddressListType, Doc: "The tests of the target."},
		"srcs":     {Role: SourcesField, Type: SourcesType, Doc: "The files and targets that the target is made of."},
		"src":      {Role: SourceField, Type: StringType, Doc: "The file or target that the target is made of."},
		"main":     {Role: SourceField, Type: StringType, Doc: "The file that runs."},
		"main_module": {Role: EntryPointField, Type: StringType,
			Doc: "The module that runs."},
		"main_function": {Type: StringType, Doc: "The function that runs: `package.module.function`."},

		"deps":                   targets("The targets that this one is built with."),
		"exported_deps":          targets("Targets that whoever depends on this one gets as well."),
		"provided_deps":          targets("Targets that are there at run time anyway."),
		"exported_provided_deps": targets("Targets that are there anyway, and that dependents get as well."),
		"runtime_deps":           targets("Targets that are needed at run time alone."),
		"source_only_abi_deps":   targets("Targets that are needed for the ABI alone."),
		"doc_deps":               targets("Targets that the documentation's tests need."),
		"friend_paths":           targets("Targets whose internals this one sees."),
		"test_deps":              targets("The tests of the suite."),
		"actual":                 target("The target that this one stands for."),
		"test":                   target("The program that tests."),
		"exe":                    target("The program that runs."),
		"library":                target("The library that is tested."),
		"apk":                    target("The application to change."),
		"keystore":               target("The key that signs."),

		"headers":          {Role: FilesField, Type: SourcesType, Doc: "The headers that the target's sources include."},
		"exported_headers": {Role: FilesField, Type: SourcesType, Doc: "The headers that others may include."},
		"resources":        {Role: FilesField, Type: SourcesType, Doc: "Files that are there at run time."},
		"cmd":              text("The shell command."),
		"bash":             text("The shell command where there is a bash."),
		"cmd_exe":          text("The shell command on Windows."),
		"out":              text("The file that is made."),
		"outs":             dict("Names for files that are made."),
		"default_outs":     texts("The files that are meant if no name is given."),
		"executable":       truth("Whether what is made runs."),
		"env":              dict("Variables of the environment."),
		"args":             texts("What the program gets on its command line."),
		"base_module":      text("The Python package of the sources; that of the directory if left out."),
		"zip_safe":         truth("Whether it runs without being unpacked."),
		"package_style":    text("How the program is packed: standalone or inplace."),
		"crate":            text("The name of the crate."),
		"crate_root":       text("The file that the crate starts at."),
		"edition":          text("The edition of Rust."),
		"features":         texts("Features of the crate."),
		"named_deps":       dict("Crates under other names."),
		"rustc_flags":      texts("Options of rustc."),
		"compiler_flags":   texts("Options of the compiler."),
		"linker_flags":     texts("Options of the linker."),
		"link_style":       text("How libraries are linked: static, static_pic or shared."),
		"link_whole":       truth("Whether everything is linked, used or not."),
		"header_namespace": text("The prefix that headers are included by."),
		"preprocessor_flags": texts(
			"Options of the preprocessor for this target."),
		"exported_preprocessor_flags": texts("Options of the preprocessor for this target and its dependents."),
		"preferred_linkage":           text("How others link the target: any, static or shared."),
		"main_class":                  text("The class that runs."),
		"urls":                        texts("Where to download it from."),
		"url":                         text("Where to download it from."),
		"sha1":                        text("The hash of what is downloaded."),
		"sha256":                      text("The hash of what is downloaded."),
		"strip_prefix":                text("The directory of the archive to take."),
		"constraint_setting":          text("The property that this is a value of."),
		"constraint_values":           texts("The values of the properties of platforms."),
		"compatible_with":             texts("The configurations that the target can be built for."),
		"target_compatible_with":      texts("What the platform must have that the target is built for."),
		"exec_compatible_with":        texts("What the platform must have that builds the target."),
		"default_target_platform":     text("The platform to build for if none is given."),
	}
}
