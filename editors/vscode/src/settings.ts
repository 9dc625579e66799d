/** The settings that the server takes, below `buildlint`; it refuses any other. */
const serverKeys = ['config', 'select', 'extendSelect', 'ignore', 'diagnostics'] as const;

/** Returns those of a user's settings below `buildlint` that are the server's. */
export function serverSettings(all: Record<string, unknown>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const key of serverKeys) {
    if (all[key] !== undefined && all[key] !== null) {
      settings[key] = all[key];
    }
  }
  return settings;
}

/** The settings that the server gets on its command line: a change takes effect with the next start. */
export const startSettings = ['buildlint.server'];

/** How the server is to log. */
export interface Logging {
  level: string;
  file: string;
}

/** Returns the arguments that the server is started with. */
export function serverArguments(log: Logging): string[] {
  const args = ['--log-level', log.level];
  if (log.file !== '') {
    args.push('--log-file', log.file);
  }
  return args;
}
