import type { Clock } from '../../../runtime/clock.js';

/** The county's clock, set by hand. */
export class HandClock implements Clock {
  ms = Date.parse('2026-06-30T12:00:00+08:00');
  now(): Date {
    return new Date(this.ms);
  }
  today(): string {
    return new Date(this.ms + 8 * 3_600_000).toISOString().slice(0, 10);
  }
  pass(seconds: number): void {
    this.ms += seconds * 1000;
  }
}
