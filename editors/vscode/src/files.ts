import * as path from 'node:path';

/** The language of BUILD files that no other extension claims. */
export const languageId = 'buildfile';

/**
 * The glob of BUILD files. The server is asked about these whatever their language is: the Bazel extension calls them
 * `starlark`, a user may call them `python`.
 */
export const buildFileGlob = '**/{BUILD,BUILD.*,BUCK,TARGETS}';

/** The glob of files that pip reads: what is required, and within which bounds. Their findings are fixed there, too. */
export const requirementsGlob = '**/*{requirements,constraints}*.txt';

/** Reports whether a file is one of the family of BUILD, which Pants reads as parts of one: BUILD.tools, BUILD.test. */
export function isBuildFamily(file: string): boolean {
  return /^BUILD\..+$/.test(path.basename(file));
}
