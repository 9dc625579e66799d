/** What a server reports of something that takes its time: LSP's work done progress. */
export type Progress =
  | { kind: 'begin'; title: string; message?: string; percentage?: number }
  | { kind: 'report'; message?: string; percentage?: number }
  | { kind: 'end'; message?: string };

interface Work {
  title: string;
  message: string | undefined;
  percentage: number | undefined;
}

/** Follows the work that a server reports. */
export class Indexing {
  private readonly running = new Map<string | number, Work>();
  private ended: string | undefined;

  /** Takes what the server reports of the work with a token. */
  take(token: string | number, p: Progress): void {
    if (p.kind === 'end') {
      const work = this.running.get(token);
      this.running.delete(token);
      if (work !== undefined) {
        this.ended = sentence(work.title, p.message);
      }
      return;
    }
    const before = this.running.get(token);
    this.running.set(token, {
      title: p.kind === 'begin' ? p.title : (before?.title ?? ''),
      message: p.message ?? before?.message,
      percentage: p.percentage ?? before?.percentage,
    });
  }

  /** Whether there is work that has not ended. */
  get busy(): boolean {
    return this.running.size > 0;
  }

  /** The work that goes on, or else what the last one ended with; empty if there was none. */
  get text(): string {
    const lines = [...this.running.values()].map((w) => sentence(w.title, w.message));
    return lines.length > 0 ? lines.join('\n') : (this.ended ?? '');
  }

  /** How much of the work is done, in percent, where the server tells. A server that has just begun does not know. */
  get percentage(): number | undefined {
    const known = [...this.running.values()].flatMap((w) => w.percentage || []);
    return known.length > 0 ? Math.min(...known) : undefined;
  }
}

function sentence(title: string, message: string | undefined): string {
  return message ? `${title}: ${message}` : title;
}
