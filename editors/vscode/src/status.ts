import type { Indexing } from './indexing.ts';

/** What the language server is doing. */
export type Phase = 'missing' | 'starting' | 'running' | 'crashed' | 'stopped';

/** What the status bar shows. */
export interface StatusView {
  text: string;
  tooltip: string;
  severity: 'none' | 'warning' | 'error';
}

const views: Record<Exclude<Phase, 'running'>, StatusView> = {
  missing: { text: '$(warning) buildlint', tooltip: 'There is no language server', severity: 'warning' },
  starting: { text: '$(sync~spin) buildlint', tooltip: 'The language server starts', severity: 'none' },
  crashed: { text: '$(error) buildlint', tooltip: 'The language server crashed', severity: 'error' },
  stopped: { text: '$(circle-slash) buildlint', tooltip: 'The language server is stopped', severity: 'none' },
};

/** Returns what the status bar shows of a server: its phase, and while it runs the state of its index. */
export function viewOf(phase: Phase, server: string, indexing: Indexing): StatusView {
  if (phase !== 'running') {
    return views[phase];
  }
  const percent = indexing.percentage === undefined ? '' : ` ${indexing.percentage}%`;
  const lines = [server, indexing.text].filter((line) => line !== '');
  return {
    text: indexing.busy ? `$(sync~spin) buildlint${percent}` : '$(check) buildlint',
    tooltip: lines.join('\n'),
    severity: 'none',
  };
}
