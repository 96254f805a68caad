import type { Database } from 'better-sqlite3';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';

/** An interface that the index was built from. */
export interface IndexedSource {
  readonly interface: string;
  /** Null for an interface that feeds no kind. */
  readonly kind: string | null;
  readonly outcome: InterfaceOutcome;
  /** Fields whose numbers were kept. */
  readonly numbers: readonly string[];
  /** Up to where it was read; null: it was not read whole, or cannot tell what is newer. */
  readonly mark: string | null;
}

/** A row of the table `source`. */
interface StoredSource {
  readonly interface: string;
  readonly kind: string | null;
  readonly outcome: string;
  readonly numbers: string;
  readonly mark: string | null;
}

/** In the order of names. */
export function readSources(db: Database): readonly IndexedSource[] {
  return db
    .prepare<[], StoredSource>(
      'SELECT interface, kind, outcome, numbers, mark FROM source ORDER BY interface',
    )
    .all()
    .map((stored) => ({
      ...stored,
      outcome: JSON.parse(stored.outcome) as InterfaceOutcome,
      numbers: JSON.parse(stored.numbers) as readonly string[],
    }));
}

export function saveSource(db: Database, source: IndexedSource): void {
  db.prepare<[string, string | null, string, string, string | null]>(
    'INSERT OR REPLACE INTO source (interface, kind, outcome, numbers, mark) VALUES (?, ?, ?, ?, ?)',
  ).run(
    source.interface,
    source.kind,
    JSON.stringify(source.outcome),
    JSON.stringify(source.numbers),
    source.mark,
  );
}

/** The same sources with one as it is by now; in the order of names. */
export function withSource(
  sources: readonly IndexedSource[],
  source: IndexedSource,
): readonly IndexedSource[] {
  const others = sources.filter((other) => other.interface !== source.interface);
  const at = others.findIndex((other) => other.interface > source.interface);
  return at < 0 ? [...others, source] : others.toSpliced(at, 0, source);
}
