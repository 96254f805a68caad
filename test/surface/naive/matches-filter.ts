import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import type { RowKind } from '../../../subgraphs/kinds/kinds.js';
import { type FilterInput, filterInputsOf } from '../../../subgraphs/kinds/surface/filter-inputs.js';
import type { CanonicalRow } from '../canonical-rows.js';
import { readExact } from './exact-number.js';
import { isSameNumber } from './same-number.js';

/** A filter as its GraphQL variable. */
export type Filter = Readonly<Record<string, unknown>>;

type Ends = Readonly<Record<string, string | number | null | undefined>>;

/** Whether a row is wanted: all that the filter names must hold, and null names nothing. */
export function matchesFilter(kind: RowKind, where: Filter | null, row: CanonicalRow): boolean {
  return Object.entries(where ?? {}).every(
    ([name, value]) => value === null || value === undefined || holds(kind, name, value, row),
  );
}

function holds(kind: RowKind, name: string, value: unknown, row: CanonicalRow): boolean {
  switch (name) {
    case 'and':
      return (value as readonly Filter[]).every((part) => matchesFilter(kind, part, row));
    case 'or':
      return (value as readonly Filter[]).some((part) => matchesFilter(kind, part, row));
    case 'not':
      return !matchesFilter(kind, value as Filter, row);
    case 'interface':
      return (value as readonly string[]).includes(row.interface);
    case 'subject':
      return isAbout(row, value as Readonly<Record<string, readonly string[] | null>>);
  }
  const input = filterInputsOf(kind).get(name);
  if (input === undefined) throw new RangeError(`Cannot judge ${name}: it must be an input of the filter`);
  return satisfies(row.values.get(input.field) ?? null, input, value);
}

const REF_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['id', ''],
  ['uscc', 'uscc:'],
  ['vesselCode', 'vessel:'],
]);

function isAbout(
  { subject }: CanonicalRow,
  named: Readonly<Record<string, readonly string[] | null>>,
): boolean {
  return Object.entries(named).some(([scheme, list]) =>
    (list ?? []).some((each) => `${REF_PREFIXES.get(scheme)}${each}` === subject?.id),
  );
}

function satisfies(held: FieldValue, input: FilterInput, wanted: unknown): boolean {
  if (input.operator === 'is') return (held === true) === wanted;
  const elements: readonly FieldValue[] = Array.isArray(held) ? held : held === null ? [] : [held];
  if (input.operator === 'present') return elements.length > 0 === wanted;
  return elements.some((element) => element !== null && compares(element, input, wanted));
}

/** One value that is there. */
function compares(
  held: Exclude<FieldValue, null>,
  { operator, limit }: FilterInput,
  wanted: unknown,
): boolean {
  const text = String(held);
  const ends = wanted as Ends;
  switch (operator) {
    case 'in':
    case 'townships':
      return (wanted as readonly string[]).includes(text);
    case 'contains':
      return text.includes(String(wanted));
    case 'startsWith':
      return text.startsWith(String(wanted));
    case 'number':
      return isSameNumber(text, String(wanted));
    case 'numbers':
      return (wanted as readonly string[]).some((number) => isSameNumber(text, number));
    case 'flag':
      return held === wanted;
    case 'dates':
      return isBetween(text, ends.from, ends.to, (end) => String(end));
    case 'moments':
      return (
        isBetween(epochOf(text, 'first'), ends.from, null, (end) => epochOf(String(end), 'first')) &&
        isBetween(epochOf(text, 'first'), null, ends.to, (end) => epochOf(String(end), 'last'))
      );
    case 'decimals':
      return isBetween(readExact(text), ends.from, ends.to, readExact);
    case 'integers':
      return isBetween(readExact(text), ends.gte, ends.lte, readExact);
    case 'limit':
      return readExact(text) > readExact(String(ends[limit?.parameter ?? ''] ?? limit?.default));
    default:
      throw new RangeError(`Cannot judge ${operator}: it must compare a value`);
  }
}

function isBetween<T extends string | number | bigint>(
  value: T,
  from: string | number | null | undefined,
  to: string | number | null | undefined,
  read: (end: string | number) => T,
): boolean {
  const above = from === null || from === undefined || value >= read(from);
  return above && (to === null || to === undefined || value <= read(to));
}

/** Milliseconds since 1970; a day stands for its first or last moment at +08:00. */
function epochOf(text: string, edge: 'first' | 'last'): number {
  if (text.length > 10) return Date.parse(text);
  return Date.parse(`${text}T${edge === 'first' ? '00:00:00.000' : '23:59:59.999'}+08:00`);
}
