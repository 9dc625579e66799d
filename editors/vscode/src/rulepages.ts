/** A finding of buildlint, as far as the page of its rule is concerned. */
export interface Finding {
  rule: string;
  page: string;
  /** The first and the last line, from 0. */
  lines: [number, number];
}

/** Where all rules are described. */
export const allRules = 'https://github.com/buildlint/buildlint/blob/main/docs/rules/README.md';

/**
 * Returns the pages that a user at a line may want, by rule: those of the findings there, else those of all findings
 * of the file.
 */
export function pagesAt(findings: Finding[], line: number): Map<string, string> {
  const here = findings.filter(({ lines: [first, last] }) => first <= line && line <= last);
  return new Map((here.length > 0 ? here : findings).map((f) => [f.rule, f.page]));
}
