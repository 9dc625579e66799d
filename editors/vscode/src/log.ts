/** How grave a line of the server's log is. */
export type Level = 'debug' | 'info' | 'warn' | 'error';

/** A line of the server's log. */
export interface Entry {
  level: Level;
  message: string;
}

const levels: Partial<Record<string, Level>> = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' };

/** Reads a line that the server wrote to standard error. Its time is left out: the output channel has its own. */
export function parseLog(line: string): Entry {
  const [, level, ...rest] = line.split('\t');
  const known = level === undefined ? undefined : levels[level];
  if (known === undefined || rest.length === 0) {
    return { level: 'error', message: line }; // a panic, or what the server says about its flags
  }
  return { level: known, message: rest.join(' ') };
}
