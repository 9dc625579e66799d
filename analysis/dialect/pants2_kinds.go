package dialect

// The fields that many kinds of Pants v2 have.
const (
	pants2Common       = "name tags description"
	pants2PythonChecks = "skip_pylint skip_docformatter skip_pydocstyle skip_isort skip_flake8 " +
		"skip_pyupgrade skip_ruff skip_ruff_format skip_ruff_check skip_yapf skip_add_trailing_comma " +
		"skip_autoflake skip_black skip_bandit skip_pytype skip_pyright skip_mypy "
	pants2Pex = "environment interpreter_constraints resolve dependencies check complete_platforms " +
		"compress inherit_path strip_pex_env ignore_errors validate_entry_point sh_boot shebang " +
		"emit_warnings layout execution_mode include_requirements include_sources include_tools " +
		"venv_site_packages_copies venv_hermetic_scripts extra_build_args restartable "
	pants2PythonTests = "dependencies resolve run_goal_use_sandbox timeout xdist_concurrency " +
		"batch_compatibility_tag runtime_package_dependencies extra_env_vars interpreter_constraints " +
		"skip_tests environment stevedore_namespaces entry_point_dependencies "
	pants2Shell = "execution_dependencies runnable_dependencies command log_output output_files " +
		"output_directories _sources timeout tools extra_env_vars workdir root_output_directory " +
		"path_env_modify outputs_match_mode cache_scope environment "
	pants2FileInPackage = "file_owner file_group file_mode file_mtime "
)

// pants2PythonRows returns the kinds of Python.
func pants2PythonRows() []row {
	return []row{
		{"python_sources", Library, Python, "A `python_source` for each Python file.",
			pants2PythonChecks + "sources overrides resolve run_goal_use_sandbox dependencies " +
				"interpreter_constraints " +
				"restartable"},
		{"python_source", Library, Python, "One Python file.",
			pants2PythonChecks + "interpreter_constraints dependencies resolve run_goal_use_sandbox source restartable"},
		{"python_tests", Test, Python, "A `python_test` for each file of Python tests.",
			pants2PythonChecks + pants2PythonTests + "sources overrides"},
		{"python_test", Test, Python, "One file of Python tests.", pants2PythonChecks + pants2PythonTests + "source"},
		{"python_test_utils", Test, Python, "A `python_source` for each file that tests share, such as conftest.py.",
			pants2PythonChecks + "sources overrides resolve run_goal_use_sandbox dependencies interpreter_constraints"},
		{"pex_binary", Binary, Python, "A PEX: one file that runs.",
			pants2Pex + "scie scie_bind_resource_path scie_exe scie_args scie_env scie_load_dotenv scie_name_style " +
				"scie_busybox scie_pex_entrypoint_env_passthrough scie_platform scie_pbs_release " +
				"scie_python_version scie_pbs_free_threaded scie_pbs_debug scie_pbs_stripped scie_hash_alg " +
				"entry_point script executable args env output_path"},
		{"pex_binaries", Binary, Python, "A `pex_binary` for each entry point.",
			pants2Pex + "entry_points overrides"},
		{"python_distribution", Distribution, Python, "A distribution to publish: a wheel or an sdist.",
			"interpreter_constraints dependencies entry_points provides! generate_setup wheel sdist " +
				"wheel_config_settings sdist_config_settings env_vars long_description_path output_path " +
				"repositories skip_twine uses_mypyc"},
		{"python_requirement", Requirement, Python, "Third-party requirements.",
			"requirements! dependencies modules type_stub_modules resolve entry_point _find_links"},
		{"python_requirements", Requirement, Python, "A `python_requirement` for each line of requirements.txt.",
			"module_mapping type_stubs_module_mapping source overrides resolve"},
		{"poetry_requirements", Requirement, Python, "A `python_requirement` for each dependency of Poetry's pyproject.toml.",
			"module_mapping type_stubs_module_mapping source overrides resolve"},
		{"pipenv_requirements", Requirement, Python, "A `python_requirement` for each entry of Pipfile.lock.",
			"module_mapping type_stubs_module_mapping source overrides resolve"},
		{"uv_requirements", Requirement, Python, "A `python_requirement` for each dependency of uv's pyproject.toml.",
			"module_mapping type_stubs_module_mapping source overrides resolve"},
		{"pants_requirements", Requirement, Python, "A `python_requirement` for each distribution of Pants itself.",
			"version_spec testutil _find_links resolve"},
		{"vcs_version", Library, Python, "A file with the version that the version control says.",
			"tag_regex version_scheme local_scheme _dummy_source generate_to! template! python_resolve"},
		{"pyoxidizer_binary", Binary, Python, "A binary that PyOxidizer makes.",
			"output_path binary_name template dependencies! entry_point filesystem_resources " +
				"environment"},
		{"_pyenv_install", NoRole, Python, "The interpreters that pyenv installs.", "_sentinel"},
		{"python_aws_lambda_function", Binary, Python, "A Python function for AWS Lambda.",
			"output_path include_requirements runtime complete_platforms uv_platforms " +
				"pex3_venv_create_extra_args pex_build_extra_args layout resolve environment dependencies " +
				"handler! architecture"},
		{"python_aws_lambda_layer", NoRole, Python, "A layer for AWS Lambda.",
			"output_path include_requirements runtime complete_platforms uv_platforms " +
				"pex3_venv_create_extra_args pex_build_extra_args layout resolve environment " +
				"include_sources dependencies! architecture"},
		{"python_google_cloud_function", Binary, Python, "A Python function for Google Cloud.",
			"output_path dependencies handler! runtime complete_platforms uv_platforms type! " +
				"pex3_venv_create_extra_args pex_build_extra_args layout resolve environment"},
		{"python_format_string", Generated, Python, "A string with placeholders as a Python file.",
			"source values! output_path"},
		{"python_format_strings", Generated, Python, "A `python_format_string` for each file.", "sources values!"},
	}
}

// pants2CoreRows returns the kinds of no language, of shell and of Docker.
func pants2CoreRows() []row { //nolint:funlen // it is a table
	return []row{
		{"resource", Resource, "", "One file that is loaded at run time by the path of its package.",
			"dependencies source"},
		{"resources", Resource, "", "A `resource` for each file.", "sources! overrides dependencies"},
		{"file", Resource, "", "One loose file.", "dependencies source"},
		{"files", Resource, "", "A `file` for each file.", "sources! overrides dependencies"},
		{"relocated_files", Resource, "", "Loose files under another path.", "_sources files_targets! src! dest!"},
		{"archive", NoRole, "", "An archive of packages and files.", "output_path packages files format!"},
		{"target", Group, "", "A group of dependencies.", "dependencies"},
		{"__deleted_target", NoRole, "", "A target that a change deleted.", "deleted_sources"},
		{"_generator_sources_helper", NoRole, "", "The file that a generator of targets reads.", "source!"},
		{"_lockfile", NoRole, "", "One lockfile.", "source! dependencies"},
		{"_lockfiles", NoRole, "", "Lockfiles.", "sources dependencies"},
		{"docker_environment", NoRole, "", "A Docker container to run processes in.",
			"image! platform fallback_environment"},
		{"local_environment", NoRole, "", "The machine itself as what processes run in.",
			"compatible_platforms fallback_environment"},
		{"remote_environment", NoRole, "", "A remote service to run processes in.",
			"platform extra_platform_properties fallback_environment cache_binary_discovery"},
		{"experimental_workspace_environment", NoRole, "", "The workspace itself as what processes run in.",
			"compatible_platforms"},
		{"adhoc_tool", Generated, "", "Files that a runnable target makes.",
			"runnable! args execution_dependencies output_dependencies runnable_dependencies log_output " +
				"output_files output_directories _sources timeout extra_env_vars workdir " +
				"root_output_directory stdout stderr workspace_invalidation_sources path_env_modify " +
				"outputs_match_mode cache_scope environment"},
		{"code_quality_tool", NoRole, "", "A runnable target as a linter or formatter.",
			"runnable! args execution_dependencies runnable_dependencies file_glob_include! " +
				"file_glob_exclude"},
		{"system_binary", NoRole, "", "A binary that is installed on the machine.",
			"binary_name! extra_search_paths fingerprint fingerprint_args fingerprint_dependencies " +
				"log_fingerprinting_errors"},
		{"shell_command", Generated, "shell", "Files that a shell command makes.",
			pants2Shell + "output_dependencies experimental_named_caches workspace_invalidation_sources"},
		{"run_shell_command", Binary, "shell", "A shell command for `pants run`.",
			"execution_dependencies runnable_dependencies command! workdir"},
		{"test_shell_command", Test, "shell", "A shell command that tests.", pants2Shell + "skip_tests"},
		{"package_shell_command", NoRole, "shell", "A package that a shell command makes.",
			pants2Shell + "experimental_named_caches workspace_invalidation_sources skip_package output_dependencies " +
				"output_path"},
		{"shell_source", Library, "shell", "One shell script.", "dependencies source skip_shfmt skip_shellcheck"},
		{"shell_sources", Library, "shell", "A `shell_source` for each script.",
			"sources overrides dependencies skip_shfmt skip_shellcheck"},
		{"shunit2_test", Test, "shell", "One file of shUnit2 tests.",
			"source dependencies timeout skip_tests shell runtime_package_dependencies skip_shfmt " +
				"skip_shellcheck"},
		{"shunit2_tests", Test, "shell", "A `shunit2_test` for each file.",
			"sources overrides dependencies timeout skip_tests shell runtime_package_dependencies " +
				"skip_shfmt skip_shellcheck"},
		{"docker_image", NoRole, "docker", "A Docker image.",
			"extra_build_args dependencies source instructions context_root image_tags registries " +
				"repository image_labels extra_build_hosts secrets ssh skip_push target_stage pull squash " +
				"build_network build_platform cache_to cache_from output output_files output_directories " +
				"outputs_match_mode extra_run_args extra_build_options output_path restartable skip_trivy " +
				"skip_hadolint"},
		{"debian_package", NoRole, "", "A Debian package.", "output_path sources! symlinks install_prefix packages!"},
		{"makeself_archive", NoRole, "", "An archive that extracts itself.",
			"label startup_script files packages output_path args tools"},
		{"nfpm_apk_package", NoRole, "", "An APK package, made by nFPM.",
			"output_path mtime dependencies package_name! nfpm_alias version_prerelease version_release " +
				"scripts"},
		{"nfpm_archlinux_package", NoRole, "", "An Arch Linux package, made by nFPM.",
			"output_path mtime dependencies package_name! nfpm_alias version_prerelease version_release " +
				"version_epoch packager pkgbase scripts"},
		{"nfpm_deb_package", NoRole, "", "A Debian package, made by nFPM.",
			"output_path mtime dependencies package_name! nfpm_alias version_prerelease version_release " +
				"version_epoch fields triggers predepends breaks compression scripts"},
		{"nfpm_rpm_package", NoRole, "", "An RPM package, made by nFPM.",
			"output_path mtime dependencies package_name! nfpm_alias version_prerelease version_release " +
				"version_epoch packager group summary prefixes compression scripts ghost_contents"},
		{"nfpm_content_dir", NoRole, "", "A directory in a package of nFPM.", pants2FileInPackage + "dst!"},
		{"nfpm_content_dirs", NoRole, "", "An `nfpm_content_dir` for each directory.",
			pants2FileInPackage + "dirs! overrides"},
		{"nfpm_content_file", NoRole, "", "A file in a package of nFPM.",
			pants2FileInPackage + "source dependencies src dst! content_type"},
		{"nfpm_content_files", NoRole, "", "An `nfpm_content_file` for each file.",
			pants2FileInPackage + "files! overrides dependencies content_type"},
		{"nfpm_content_symlink", NoRole, "", "A link in a package of nFPM.", pants2FileInPackage + "src! dst!"},
		{"nfpm_content_symlinks", NoRole, "", "An `nfpm_content_symlink` for each link.",
			pants2FileInPackage + "symlinks! overrides"},
	}
}

// pants2JVMRows returns the kinds of Java, Scala and Kotlin.
func pants2JVMRows() []row {
	return []row{
		{"java_source", Library, "java", "One Java file.",
			"dependencies source resolve main experimental_provides_types jdk skip_google_java_format"},
		{"java_sources", Library, "java", "A `java_source` for each Java file.",
			"sources dependencies resolve jdk main experimental_provides_types skip_google_java_format"},
		{"junit_test", Test, "java", "One file of JUnit tests in Java.",
			"source timeout extra_env_vars dependencies resolve experimental_provides_types jdk"},
		{"junit_tests", Test, "java", "A `junit_test` for each file.",
			"sources timeout extra_env_vars dependencies jdk experimental_provides_types resolve"},
		{"scala_source", Library, "scala", "One Scala file.",
			"dependencies source scalac_plugins resolve experimental_provides_types jdk main"},
		{"scala_sources", Library, "scala", "A `scala_source` for each Scala file.",
			"sources overrides dependencies scalac_plugins resolve jdk main experimental_provides_types"},
		{"scala_junit_test", Test, "scala", "One file of JUnit tests in Scala.",
			"dependencies source scalac_plugins timeout extra_env_vars resolve " +
				"experimental_provides_types jdk"},
		{"scala_junit_tests", Test, "scala", "A `scala_junit_test` for each file.",
			"sources overrides timeout dependencies scalac_plugins extra_env_vars jdk " +
				"experimental_provides_types resolve"},
		{"scalatest_test", Test, "scala", "One file of ScalaTest tests.",
			"dependencies source scalac_plugins timeout extra_env_vars resolve " +
				"experimental_provides_types jdk"},
		{"scalatest_tests", Test, "scala", "A `scalatest_test` for each file.",
			"sources overrides dependencies scalac_plugins timeout extra_env_vars jdk " +
				"experimental_provides_types resolve"},
		{"scala_artifact", Requirement, "scala", "A third-party artifact for a version of Scala.",
			"group! artifact! version! packages crossversion exclusions url jar main resolve jdk"},
		{"scalac_plugin", NoRole, "scala", "A plugin of the Scala compiler.", "artifact! plugin_name"},
		{"kotlin_source", Library, "kotlin", "One Kotlin file.",
			"dependencies source kotlinc_plugins resolve experimental_provides_types jdk main " +
				"skip_ktlint"},
		{"kotlin_sources", Library, "kotlin", "A `kotlin_source` for each Kotlin file.",
			"sources dependencies kotlinc_plugins resolve jdk experimental_provides_types main " +
				"skip_ktlint"},
		{"kotlin_junit_test", Test, "kotlin", "One file of JUnit tests in Kotlin.",
			"dependencies source kotlinc_plugins timeout extra_env_vars resolve jdk " +
				"experimental_provides_types"},
		{"kotlin_junit_tests", Test, "kotlin", "A `kotlin_junit_test` for each file.",
			"sources dependencies kotlinc_plugins timeout extra_env_vars resolve jdk " +
				"experimental_provides_types"},
		{"kotlinc_plugin", NoRole, "kotlin", "A plugin of the Kotlin compiler.", "artifact! plugin_id plugin_args"},
		{"jvm_artifact", Requirement, "java", "A third-party artifact.",
			"group! artifact! version! packages force_version url jar resolve exclusions jdk main"},
		{"jvm_artifacts", Requirement, "java", "A `jvm_artifact` for each dependency of a pom.xml.",
			"source package_mapping resolve"},
		{"deploy_jar", Binary, "java", "A JAR that runs, with all that it needs.",
			"restartable output_path dependencies main! jdk resolve duplicate_policy shading_rules " +
				"exclude_files"},
		{"jvm_war", NoRole, "java", "A WAR for a servlet container.",
			"resolve content dependencies descriptor shading_rules output_path"},
	}
}

// pants2JavaScriptRows returns the kinds of JavaScript and TypeScript.
func pants2JavaScriptRows() []row {
	return []row{
		{"javascript_source", Library, "js", "One JavaScript file.", "dependencies source skip_prettier"},
		{"javascript_sources", Library, "js", "A `javascript_source` for each file.",
			"sources overrides dependencies skip_prettier"},
		{"javascript_test", Test, "js", "One file of JavaScript tests.",
			"dependencies source timeout extra_env_vars batch_compatibility_tag"},
		{"javascript_tests", Test, "js", "A `javascript_test` for each file.",
			"sources overrides dependencies timeout extra_env_vars batch_compatibility_tag"},
		{"jsx_source", Library, "js", "One JSX file.", "dependencies source"},
		{"jsx_sources", Library, "js", "A `jsx_source` for each file.", "sources overrides dependencies"},
		{"jsx_test", Test, "js", "One file of JSX tests.",
			"dependencies source timeout extra_env_vars batch_compatibility_tag"},
		{"jsx_tests", Test, "js", "A `jsx_test` for each file.",
			"sources overrides dependencies timeout extra_env_vars batch_compatibility_tag"},
		{"typescript_source", Library, "js", "One TypeScript file.", "dependencies source"},
		{"typescript_sources", Library, "js", "A `typescript_source` for each file.",
			"dependencies sources overrides"},
		{"typescript_test", Test, "js", "One file of TypeScript tests.",
			"dependencies source timeout extra_env_vars batch_compatibility_tag"},
		{"typescript_tests", Test, "js", "A `typescript_test` for each file.",
			"sources overrides dependencies timeout extra_env_vars batch_compatibility_tag"},
		{"tsx_source", Library, "js", "One TSX file.", "dependencies source"},
		{"tsx_sources", Library, "js", "A `tsx_source` for each file.", "sources overrides dependencies"},
		{"tsx_test", Test, "js", "One file of TSX tests.",
			"dependencies source timeout extra_env_vars batch_compatibility_tag"},
		{"tsx_tests", Test, "js", "A `tsx_test` for each file.",
			"sources overrides dependencies timeout extra_env_vars batch_compatibility_tag"},
		{"package_json", Requirement, "js", "A package.json, with a target for each third-party package and script of it.",
			"source scripts extra_env_vars dependencies"},
		{"npm_distribution", Distribution, "js", "A distribution for npm.", "source output_path"},
		{"node_package", NoRole, "js", "The package that a package.json describes.",
			"source package! version dependencies _node_test_script extra_env_vars"},
		{"node_third_party_package", Requirement, "js", "A third-party package of a package.json.",
			"package! version! dependencies"},
		{"_node_build_script", Generated, "js", "A script of a package.json that builds.",
			"entry_point! output_directories output_files _sources extra_caches extra_env_vars " +
				"dependencies output_path"},
		{"_node_run_script", Binary, "js", "A script of a package.json that runs.",
			"entry_point! extra_env_vars dependencies"},
	}
}

// pants2OtherRows returns the kinds of other languages.
func pants2OtherRows() []row { //nolint:funlen // it is a table
	return []row{
		{"protobuf_source", Generated, "protobuf", "One file of protocol buffers.",
			"dependencies source grpc go_mod_address jvm_jdk jvm_resolve python_interpreter_constraints " +
				"python_resolve python_source_root skip_buf_format skip_buf_lint"},
		{"protobuf_sources", Generated, "protobuf", "A `protobuf_source` for each file.",
			"sources overrides grpc dependencies go_mod_address jvm_jdk jvm_resolve " +
				"python_interpreter_constraints python_resolve python_source_root skip_buf_format " +
				"skip_buf_lint"},
		{"thrift_source", Generated, "thrift", "One Thrift file.",
			"dependencies source jvm_jdk jvm_resolve python_resolve finagle"},
		{"thrift_sources", Generated, "thrift", "A `thrift_source` for each file.",
			"sources overrides dependencies jvm_jdk jvm_resolve python_resolve finagle"},
		{"avro_source", Generated, "avro", "One Avro file.", "dependencies source jvm_jdk jvm_resolve"},
		{"avro_sources", Generated, "avro", "An `avro_source` for each file.",
			"sources overrides dependencies jvm_jdk jvm_resolve"},
		{"openapi_document", Generated, "openapi", "One OpenAPI document.",
			"dependencies source skip_spectral skip_java java_model_package java_api_package jvm_jdk " +
				"jvm_resolve"},
		{"openapi_documents", Generated, "openapi", "An `openapi_document` for each file.",
			"sources dependencies skip_spectral skip_java java_model_package java_api_package jvm_jdk " +
				"jvm_resolve"},
		{"openapi_source", Library, "openapi", "One file that OpenAPI documents refer to.",
			"dependencies source skip_openapi_format"},
		{"openapi_sources", Library, "openapi", "An `openapi_source` for each file.",
			"sources dependencies skip_openapi_format"},
		{"openapi_bundle", NoRole, "openapi", "An OpenAPI document in one file.",
			"_source dependencies bundle_source_root"},
		{"go_mod", Requirement, "go", "A Go module, with a target for each third-party package of its go.mod.",
			"_dependencies _sources cgo_enabled race msan asan assembler_flags compiler_flags " +
				"linker_flags"},
		{"go_package", Library, "go", "The Go files of a directory.",
			"dependencies sources test_extra_env_vars test_timeout test_race test_msan test_asan " +
				"assembler_flags compiler_flags skip_tests skip_go_vet skip_gofmt skip_golangci_lint"},
		{"go_binary", Binary, "go", "A Go binary.",
			"output_path main main_import_path _dependencies cgo_enabled race msan asan assembler_flags " +
				"compiler_flags linker_flags restartable environment"},
		{"go_third_party_module", Requirement, "go", "A third-party Go module.", "dependencies import_path!"},
		{"go_third_party_package", Requirement, "go", "A package of a third-party Go module.",
			"dependencies import_path!"},
		{"cc_source", Library, "cpp", "One C or C++ file.", "dependencies source skip_clang_format"},
		{"cc_sources", Library, "cpp", "A `cc_source` for each file.", "sources dependencies skip_clang_format"},
		{"rust_package", Library, "rust", "A Rust package.", "sources skip_rustfmt"},
		{"swift_source", Library, "swift", "One Swift file.", "dependencies source"},
		{"swift_sources", Library, "swift", "A `swift_source` for each file.", "sources dependencies"},
		{"sql_source", Library, "sql", "One SQL file.", "source dependencies skip_sqlfluff"},
		{"sql_sources", Library, "sql", "A `sql_source` for each file.",
			"sources overrides dependencies skip_sqlfluff"},
		{"cue_package", NoRole, "cue", "A CUE package.", "sources"},
		{"helm_chart", NoRole, "helm", "A Helm chart.",
			"chart sources dependencies output_path lint_strict lint_quiet repository version " +
				"registries skip_push skip_lint skip_trivy"},
		{"helm_artifact", Requirement, "helm", "A third-party Helm chart.", "registry repository artifact! version!"},
		{"helm_deployment", NoRole, "helm", "A deployment of a Helm chart.",
			"chart! release_name dependencies sources namespace skip_crds values no_hooks timeout " +
				"post_renderers enable_dns skip_trivy"},
		{"helm_unittest_test", Test, "helm", "One file of tests of a Helm chart.",
			"source dependencies strict timeout"},
		{"helm_unittest_tests", Test, "helm", "A `helm_unittest_test` for each file.",
			"sources dependencies overrides strict timeout"},
		{"k8s_source", Library, "k8s", "One file for Kubernetes.", "source dependencies"},
		{"k8s_sources", Library, "k8s", "A `k8s_source` for each file.", "sources dependencies"},
		{"k8s_bundle", NoRole, "k8s", "Files to apply to a Kubernetes cluster.", "sources context! dependencies"},
		{"terraform_module", Library, "terraform", "A Terraform module.",
			"dependencies sources skip_terraform_validate skip_trivy skip_tfsec"},
		{"terraform_deployment", NoRole, "terraform", "A deployment of a Terraform module.",
			"dependencies root_module! skip_terraform_validate skip_trivy"},
		{"terraform_backend", NoRole, "terraform", "The configuration of a Terraform backend.", "source"},
		{"terraform_var_files", Resource, "terraform", "Files of Terraform variables.", "sources"},
		{"_terraform_lockfile", NoRole, "terraform", "The lockfile of a Terraform module.", "source dependencies"},
	}
}
