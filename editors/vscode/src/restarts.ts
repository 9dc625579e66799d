/** Bounds how often something may be restarted: at most `limit` times within `period` milliseconds. */
export class Restarts {
  private times: number[] = [];
  private readonly limit: number;
  private readonly period: number;

  constructor(limit: number, period: number) {
    this.limit = limit;
    this.period = period;
  }

  /** Reports whether there may be one more restart now, and counts it if so. */
  allow(now: number): boolean {
    this.times = this.times.filter((t) => now - t < this.period);
    if (this.times.length >= this.limit) {
      return false;
    }
    this.times.push(now);
    return true;
  }
}
