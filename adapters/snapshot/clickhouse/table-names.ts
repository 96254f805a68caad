import { createHash, randomBytes } from 'node:crypto';

/** A table that nobody published is swept after so long; no writing takes that long. */
const LEFTOVER_MS = 60 * 60_000;

/** Names of the tables of one interface: they sort by the moment at which they were begun. */
export class TableNames {
  readonly prefix: string;
  #last = 0;

  constructor(name: string) {
    // What is readable of it for people, and what tells it from all others.
    const readable = name.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 60);
    const digest = createHash('sha256').update(name).digest('hex').slice(0, 10);
    this.prefix = `snapshot_${readable}_${digest}_`;
  }

  /** Of a table that nobody has, later than all before it even if the clock goes back. */
  next(): string {
    this.#last = Math.max(Date.now(), this.#last + 1);
    return `${this.prefix}${momentOf(this.#last)}_${randomBytes(4).toString('hex')}`;
  }

  /**
   * Which of the tables are needed no longer: versions before the one right before the current one, and what was begun
   * long ago and never published.
   */
  superfluous(tables: readonly string[], current: string | null): readonly string[] {
    const before = tables.filter((table) => current !== null && table < current).sort();
    const after = tables.filter((table) => current === null || table > current);
    const longAgo = this.prefix + momentOf(Date.now() - LEFTOVER_MS);
    return [...before.slice(0, -1), ...after.filter((table) => table < longAgo)];
  }
}

/** `yyyyMMddTHHmmssSSS` in UTC. */
function momentOf(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:.Z]/g, '');
}
