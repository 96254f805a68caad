import { type CodeEntry, type CodeList, isLater, isPeriodic, isValidOn, spellingsOf } from './code-list.js';

/** A code list made ready for looking texts up and for finding the texts of a value. */
export interface CodeIndex {
  /** Value of a folded text on a day (null: the meaning that is valid last); null when it is not in the list then. */
  valueOf(folded: string, asOf: string | null): string | null;
  /** Every folded text that is in the list at some time. */
  readonly spellings: ReadonlySet<string>;
  /** Texts that mean one of these values on some day. */
  spellingsOfValues(values: ReadonlySet<string>): readonly string[];
  /** Texts whose meaning changes or ends. */
  readonly periodic: ReadonlySet<string>;
  /** 0 is the gravest; UNKNOWN comes after everything else. */
  rankOf(value: string): number;
}

export function indexCodes({ codes, order }: CodeList): CodeIndex {
  const entries = new Map<string, CodeEntry[]>();
  for (const entry of codes) {
    for (const spelling of spellingsOf(entry)) {
      const known = entries.get(spelling);
      if (known === undefined) entries.set(spelling, [entry]);
      else known.push(entry);
    }
  }
  const last = new Map<string, string>();
  for (const [spelling, candidates] of entries) {
    const latest = candidates.reduce((best, candidate) => (isLater(candidate, best) ? candidate : best));
    last.set(spelling, latest.value);
  }
  const ranks = new Map(order.map((value, index): [string, number] => [value, index]));
  return {
    valueOf: (folded, asOf) => {
      if (asOf === null) return last.get(folded) ?? null;
      return entries.get(folded)?.find((entry) => isValidOn(entry, asOf))?.value ?? null;
    },
    spellings: new Set(entries.keys()),
    spellingsOfValues: (values) =>
      [...entries]
        .filter(([, own]) => own.some((entry) => values.has(entry.value)))
        .map(([spelling]) => spelling),
    periodic: new Set([...entries].filter(([, own]) => own.some(isPeriodic)).map(([spelling]) => spelling)),
    rankOf: (value) => (value === 'UNKNOWN' ? Number.MAX_SAFE_INTEGER : (ranks.get(value) ?? order.length)),
  };
}
