import { all, type Condition } from '../../condition.js';
import { describeKeys } from '../../describe-keys.js';
import { evaluateCondition } from '../../evaluate-condition.js';
import type { ReadRequest } from '../../source-adapter.js';
import type { SourceRow } from '../../source-value.js';

/** Looks at the keys of rows as they come: a list can neither show a row without one nor tell two of one key apart. */
export interface KeyWatch {
  /** Begins a page: what comes twice within one is two rows, what comes again on another one is the same row. */
  turnPage(): void;
  take(row: SourceRow): void;
  /** A sentence for callers, Chinese first; null when every row has a key of its own. */
  notice(): string | null;
}

/**
 * @param names the cells of the rows that are taken, in their order; every cell is text or null.
 * @param key the columns that name a row.
 */
export function watchKeys(request: ReadRequest, names: readonly string[], key: readonly string[]): KeyWatch {
  const columns = names.map((name) => ({ name, type: 'text' as const }));
  const holds = evaluateCondition(withoutKeys(request.where, new Set(key)), columns);
  const places = key.map((name) => names.indexOf(name));
  const keyless = new Set<string>();
  const byKey = new Map<string, Set<string>>();
  const onPage = new Map<string, number>();
  return {
    turnPage: () => onPage.clear(),
    take: (row) => {
      if (!holds(row)) return;
      const cells = places.map((place) => row[place] ?? null);
      const written = JSON.stringify(row);
      const occurrence = (onPage.get(written) ?? 0) + 1;
      onPage.set(written, occurrence);
      const text = `${occurrence} ${written}`;
      if (cells.includes(null)) {
        keyless.add(text);
        return;
      }
      const name = JSON.stringify(cells);
      byKey.set(name, (byKey.get(name) ?? new Set()).add(text));
    },
    notice: () => {
      // One key has many versions, whether all of them are read or the newest is chosen.
      const { latest, versions = false } = request.from;
      const shared =
        latest === undefined && !versions ? [...byKey.values()].filter(({ size }) => size > 1) : [];
      return describeKeys(
        keyless.size,
        shared.reduce((sum, { size }) => sum + size, 0),
        shared.length,
      );
    },
  };
}

/** The condition without its demand that the key be there. */
function withoutKeys(condition: Condition, key: ReadonlySet<string>): Condition {
  const parts = condition.kind === 'all' ? condition.of : [condition];
  return all(
    parts.filter((part) => !(part.kind === 'not' && part.of.kind === 'isNull' && key.has(part.of.column))),
  );
}
