package dialect

import "strings"

// pants2Glossary returns what the fields of the given kinds are for.
func pants2Glossary(rows []row) glossary { //nolint:funlen // it is a table
	g := glossary{
		"name":         {Role: NameField, Type: StringType, Doc: "The target's name; the directory's if left out."},
		"tags":         {Type: StringListType, Doc: "Strings that `--tag` selects targets by."},
		"description":  {Type: StringType, Doc: "What the target is, for people."},
		"dependencies": addresses("The addresses of what this target needs, beyond what Pants finds in its sources."),
		"sources":      {Role: SourcesField, Type: SourcesType, Doc: "The files of the target; `!` takes some out."},
		"source":       {Role: SourceField, Type: StringType, Doc: "The file of the target."},
		"overrides":    {Role: OverridesField, Type: DictType, Doc: "Other values of fields, by file or by generated name."},
		"resolve":      {Role: ResolveField, Type: StringType, Doc: "The lockfile that the target is resolved with."},
		"environment":  {Type: StringType, Doc: "The environment that its processes run in."},
		"timeout":      {Type: NumberType, Doc: "The time limit in seconds."},
		"output_path":  {Type: StringType, Doc: "Where the package is put below dist/."},

		"entry_point": {Role: EntryPointField, Type: StringType,
			Doc: "What the target runs: `module`, `module:function` or `file.py:function`."},
		"entry_points": {Type: AnyType, Doc: "What is run: a list for `pex_binaries`, groups for a distribution."},
		"script":       {Type: StringType, Doc: "The console script of a dependency that is run."},
		"executable":   {Type: StringType, Doc: "The file that is run."},
		"handler":      {Type: StringType, Doc: "The function that is called: `module:function` or `file.py:function`."},
		"interpreter_constraints": {Role: InterpretersField, Type: StringListType,
			Doc: "The interpreters that the target runs on, such as `CPython>=3.9`."},
		"provides":        {Role: ProvidesField, Type: CallType, Doc: "The distribution: a `python_artifact(…)`."},
		"requirements":    {Role: RequirementsField, Type: StringListType, Doc: "Requirements as pip reads them."},
		"modules":         {Type: StringListType, Doc: "The modules that the requirement provides."},
		"module_mapping":  {Type: DictType, Doc: "The modules that requirements provide, by requirement."},
		"extra_env_vars":  {Type: StringListType, Doc: "Variables of the environment: `NAME` or `NAME=value`."},
		"skip_tests":      {Type: BoolType, Doc: "Whether the tests do not run."},
		"command":         {Type: StringType, Doc: "The shell command."},
		"tools":           {Type: StringListType, Doc: "The programs that the command calls."},
		"output_files":    {Type: StringListType, Doc: "The files that are made."},
		"runtime":         {Type: StringType, Doc: "The runtime of the cloud, such as `python3.11`."},
		"image_tags":      {Type: StringListType, Doc: "The tags of the image."},
		"instructions":    {Type: StringListType, Doc: "The lines of the Dockerfile, in place of a file."},
		"deleted_sources": {Type: StringListType, Doc: "The files that were deleted."},

		"runnable":                     reference("The address of what is run."),
		"root_module":                  reference("The address of the module."),
		"go_mod_address":               reference("The address of the `go_mod`."),
		"runnable_dependencies":        references("What the command runs."),
		"execution_dependencies":       references("What is there when the command runs."),
		"output_dependencies":          addresses("What the outputs need."),
		"runtime_package_dependencies": references("Packages that are built and there when the tests run."),
		"fingerprint_dependencies":     references("What is there when the binary is asked for its version."),
		"files_targets":                references("The targets whose files are moved."),
		"packages":                     {Type: StringListType, Doc: "The addresses, or the names, of packages."},
		"post_renderers":               references("What changes the rendered chart."),
		"content":                      references("What the archive holds."),
		"complete_platforms":           references("The files that describe the platforms."),
	}
	for _, name := range strings.Fields(pants2Lists) {
		g.defaultType(name, StringListType)
	}
	for _, name := range strings.Fields(pants2Bools) {
		g.defaultType(name, BoolType)
	}
	for _, r := range rows {
		for _, name := range strings.Fields(r.fields) {
			name = strings.TrimSuffix(name, "!")
			switch {
			case strings.HasPrefix(name, "skip_"):
				g.defaultType(name, BoolType)
			case name == "file_mode" || strings.HasPrefix(name, "version_") || name == "xdist_concurrency":
				g.defaultType(name, NumberType)
			}
		}
	}
	return g
}

// defaultType gives a field a type that has none.
func (g glossary) defaultType(name string, t FieldType) {
	f := g[name]
	if f.Type == AnyType && f.Doc == "" {
		f.Type = t
	}
	g[name] = f
}

func addresses(doc string) Field {
	return Field{Role: DependenciesField, Type: AddressListType, Doc: doc}
}

func references(doc string) Field {
	return Field{Role: ReferencesField, Type: AddressListType, Doc: doc}
}

func reference(doc string) Field {
	return Field{Role: ReferencesField, Type: StringType, Doc: doc}
}

// The fields that take lists of strings, and those that take a truth value, beside skip_*.
const (
	pants2Lists = "args assembler_flags build_platform compatible_platforms compiler_flags env_vars exclude_files " +
		"experimental_provides_types extra_build_args extra_build_options extra_caches extra_platform_properties " +
		"extra_run_args extra_search_paths file_glob_exclude file_glob_include filesystem_resources fingerprint_args " +
		"kotlinc_plugins linker_flags output_directories pex3_venv_create_extra_args pex_build_extra_args plugin_args " +
		"python_interpreter_constraints registries repositories scalac_plugins scie_args scie_bind_resource_path " +
		"scie_env scie_platform ssh startup_script test_extra_env_vars type_stub_modules uv_platforms " +
		"workspace_invalidation_sources"
	pants2Bools = "asan cache_binary_discovery cgo_enabled compress emit_warnings enable_dns finagle force_version " +
		"generate_setup grpc ignore_errors include_requirements include_sources include_tools lint_quiet lint_strict " +
		"log_fingerprinting_errors log_output msan no_hooks pull race restartable run_goal_use_sandbox " +
		"scie_load_dotenv scie_pbs_debug scie_pbs_free_threaded scie_pbs_stripped " +
		"scie_pex_entrypoint_env_passthrough sdist sh_boot squash strict strip_pex_env test_asan test_msan test_race " +
		"testutil uses_mypyc validate_entry_point venv_hermetic_scripts venv_site_packages_copies wheel"
)
