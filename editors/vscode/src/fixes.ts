/** The command of the server that applies all safe fixes. */
export const fixAllCommand = 'buildlint.fixAll';

/** What the command did. */
export interface Fixed {
  /** The files that it changed. */
  files: number;
  /** The findings that it mended. */
  fixes: number;
}

/** Says what was fixed. */
export function whatWasFixed({ files, fixes }: Fixed): string {
  if (fixes === 0) {
    return 'there is nothing to fix safely.';
  }
  return `mended ${count(fixes, 'finding')} in ${count(files, 'file')}.`;
}

function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n.toLocaleString('en')} ${noun}s`;
}
