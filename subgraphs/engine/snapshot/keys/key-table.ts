import { ALWAYS } from '../../../../adapters/condition.js';
import type { SnapshotTable } from '../../../../adapters/snapshot/snapshot-store.js';
import type { OrderTerm } from '../../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../../adapters/source-value.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { InterfaceMapping } from '../../mapping/mapping.js';
import type { CellSeal } from '../sealed-adapter.js';
import { createSnapshotCalls } from '../snapshot-calls.js';

/** When the row's key was asked for, ISO 8601. */
export const ASKED_AT = '_askedAt';
/** `1`, or `0` in the one row of a key for which the source has nothing. */
export const IS_THERE = '_isThere';
/** What stands behind the kept columns of every row. */
export const KEY_COLUMNS: readonly string[] = [ASKED_AT, IS_THERE];

/** What is known of a key. */
export interface KnownKey {
  /** When it was asked for, ISO 8601: what is known of it is at least as new. */
  readonly askedAt: string;
  readonly isThere: boolean;
}

/** Keys by their text, as the source has them. */
export type KnownKeys = Map<string, KnownKey>;

interface AskedRows {
  readonly columns: readonly string[];
  /** The one of them that keys stand in. */
  readonly column: string;
  readonly askedAt: string;
}

/** The rows by which keys are remembered: those that the source has, and one for each key that has none. */
export function rowsOfKeys(
  keys: readonly string[],
  rows: readonly SourceRow[],
  { columns, column, askedAt }: AskedRows,
): { readonly rows: readonly SourceRow[]; readonly there: ReadonlySet<string> } {
  const place = columns.indexOf(column);
  const there = new Set(rows.map((row) => String(row[place])));
  const absent = keys.filter((key) => !there.has(key));
  return {
    rows: [
      ...rows.map((row) => [...row, askedAt, '1']),
      ...absent.map((key) => [...columns.map((name) => (name === column ? key : null)), askedAt, '0']),
    ],
    there,
  };
}

/** Rows that are read at once. */
const PAGE_ROWS = 5000;

/** Every key that the version which serves knows. @throws {SourceError} when it cannot be read. */
export async function readKnownKeys(
  table: SnapshotTable,
  column: string,
  { seal, mapping }: { readonly seal: CellSeal; readonly mapping: InterfaceMapping },
  context: CallContext,
): Promise<KnownKeys> {
  const known: KnownKeys = new Map();
  if ((await table.serving()) === null) return known;
  const calls = createSnapshotCalls({ adapter: table.adapter, mapping });
  const orderBy: readonly OrderTerm[] = [{ column, direction: 'asc', nulls: 'first' }];
  let after: SourceRow | undefined;
  for (;;) {
    const page = await calls.read(
      {
        from: { name: mapping.interface },
        columns: [column, ...KEY_COLUMNS],
        where: ALWAYS,
        orderBy,
        limit: PAGE_ROWS,
        ...(after !== undefined && { after }),
      },
      context,
    );
    for (const [key = null, askedAt, isThere] of page) {
      known.set(String(seal.open(key)), { askedAt: String(askedAt), isThere: isThere === '1' });
    }
    const last = page.at(-1);
    if (page.length < PAGE_ROWS || last === undefined) return known;
    // A key's rows all say the same of it.
    after = last.slice(0, 1);
  }
}
