/** What decides how a read is guarded at one server, or at the pooler before it. */
export interface MysqlServer {
  readonly flavour: 'mariadb' | 'mysql';
  /** The session's number by the server's own word. */
  readonly connectionId: number;
  /** Whether a read must stand in a transaction of its own to be read-only, and to see what is there now. */
  readonly needsTransaction: boolean;
  /** Whether hints can set variables for one statement: MySQL from 8.0.17 on. */
  readonly hasHints: boolean;
}

export const SERVER_FACTS =
  'SELECT VERSION() AS version, CONNECTION_ID() AS connection, @@autocommit AS autocommit';

/** @param rows of `SERVER_FACTS`. */
export function readServer(rows: unknown): MysqlServer {
  const [row] = Array.isArray(rows) ? (rows as readonly Readonly<Record<string, unknown>>[]) : [];
  const version = String(row?.version);
  const isMariadb = /mariadb/i.test(version);
  return {
    flavour: isMariadb ? 'mariadb' : 'mysql',
    connectionId: Number(row?.connection),
    // Without autocommit a read begins a transaction that nobody ends, and sees the same rows for ever.
    needsTransaction: !isMariadb || Number(row?.autocommit) === 0,
    hasHints: !isMariadb && isFrom(version, [8, 0, 17]),
  };
}

/** An empty sql_mode lets zero dates through; +08:00 is the offset in which mappings read a moment that carries none. */
const SETTINGS = [
  ['sql_mode', `'NO_ENGINE_SUBSTITUTION'`],
  ['time_zone', `'+08:00'`],
] as const;

/** What an older MySQL must be told for the whole session; poolers for MySQL keep both apart by client. */
export function settingsOf({ flavour, hasHints }: MysqlServer): readonly string[] {
  return flavour === 'mariadb' || hasHints
    ? []
    : SETTINGS.map(([name, value]) => `SET SESSION ${name} = ${value}`);
}

/**
 * A read that is read-only, bounded in time and of the right zone by its own text, so that it leaves nothing on a
 * session which a pooler gives to somebody else afterwards.
 *
 * @param text begins with `SELECT`.
 */
export function guardStatement(text: string, limitMs: number, { flavour, hasHints }: MysqlServer): string {
  const limit = roundUp(limitMs);
  if (flavour === 'mariadb') {
    const settings = SETTINGS.map(([name, value]) => `${name} = ${value}`);
    return `SET STATEMENT tx_read_only = 1, max_statement_time = ${limit / 1000}, ${settings.join(', ')} FOR ${text}`;
  }
  const hints = hasHints ? SETTINGS.map(([name, value]) => ` SET_VAR(${name} = ${value})`) : [];
  return text.replace(/^\s*SELECT\b/, `SELECT /*+ MAX_EXECUTION_TIME(${limit})${hints.join('')} */`);
}

/** Whole powers of two of a second: the text of a statement names a prepared one, and there should be few of each. */
function roundUp(ms: number): number {
  return Math.min(1000 * 2 ** Math.ceil(Math.log2(Math.max(1, ms / 1000))), 2 ** 30);
}

function isFrom(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[^0-9]+/).map(Number);
  for (const [place, number] of least.entries()) {
    const part = parts[place] ?? 0;
    if (part !== number) return part > number;
  }
  return true;
}
