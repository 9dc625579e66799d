import * as path from 'node:path';

/** Where the language server may be, in the order in which it is looked for. */
export interface Places {
  /** The setting `buildlint.server.path`; empty if the user set none. */
  setting: string;
  /** The directory that a relative setting is relative to, if a folder is open. */
  folder: string | undefined;
  home: string;
  /** The environment variable PATH. */
  path: string;
  /** The `bin` directory of the extension. */
  shipped: string;
  platform: NodeJS.Platform;
}

/** A program that was found, and how. */
export interface Program {
  path: string;
  origin: 'setting' | 'PATH' | 'extension';
}

/** No program was found in any of these places. */
export interface Missing {
  tried: string[];
}

/**
 * Looks for the language server: in the setting, on PATH, in the extension. What the setting names is never replaced
 * by another program: who sets it wants that one.
 */
export function locate(places: Places, isProgram: (file: string) => boolean): Program | Missing {
  if (places.setting !== '') {
    const file = expand(places);
    return isProgram(file) ? { path: file, origin: 'setting' } : { tried: [`buildlint.server.path: ${file}`] };
  }
  const name = places.platform === 'win32' ? 'buildls.exe' : 'buildls';
  const paths = places.platform === 'win32' ? path.win32 : path.posix;
  for (const dir of places.path.split(paths.delimiter)) {
    // A relative directory in PATH would run whatever lies in the open folder.
    if (paths.isAbsolute(dir) && isProgram(paths.join(dir, name))) {
      return { path: paths.join(dir, name), origin: 'PATH' };
    }
  }
  const shipped = paths.join(places.shipped, name);
  if (isProgram(shipped)) {
    return { path: shipped, origin: 'extension' };
  }
  return { tried: [`${name} on PATH`, shipped] };
}

/** Expands what users write at the start of a path. */
function expand({ setting, folder, home, platform }: Places): string {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  if (/^~[/\\]/.test(setting)) {
    return paths.join(home, setting.slice(2));
  }
  const relative = setting.replace(/^\$\{workspaceFolder\}[/\\]/, '');
  if (paths.isAbsolute(relative) || folder === undefined) {
    return relative;
  }
  return paths.join(folder, relative);
}
