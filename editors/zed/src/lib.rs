//! Starts the language server `buildls` in Zed.

use zed_extension_api::{
    self as zed, serde_json, settings::LspSettings, Command, LanguageServerId, Result, Worktree,
};

struct Buildlint;

impl zed::Extension for Buildlint {
    fn new() -> Self {
        Self
    }

    /// Starts what the settings name, else the `buildls` on the `PATH` of the project's shell.
    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let (path, arguments, env) = match binary {
            Some(b) => (b.path, b.arguments, b.env),
            None => (None, None, None),
        };
        let command = path.or_else(|| worktree.which("buildls")).ok_or(
            "buildls is not on PATH. Install it with `go install \
             github.com/buildlint/buildlint/cmd/buildls@latest`, or set lsp.buildls.binary.path",
        )?;
        let mut environment = worktree.shell_env();
        environment.extend(env.unwrap_or_default());
        Ok(Command {
            command,
            args: arguments.unwrap_or_default(),
            env: environment,
        })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }

    /// The server asks for the section `buildlint`, and gets what the settings have below `lsp.buildls.settings`.
    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.settings)
    }
}

zed::register_extension!(Buildlint);
