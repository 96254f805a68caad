import type { CallContext } from '../../../runtime/call/call-context.js';
import { waitAs } from '../../../runtime/call/waiter.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { FoundNumbers, ReadInterface, WantedNumber } from '../../feed/registry-port.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import type { Hub } from '../hub.js';

/** The index answers within a few milliseconds, or its help comes too late. */
const PATIENCE_MS = 500;

type NumberLeaf = Extract<RowCondition, { readonly sameNumber: string }>;

/**
 * What becomes of a number that the index knows nowhere: `searched` by its usual spellings everywhere, as if there were
 * no index; `trusted`: only among rows that are newer than what was read.
 */
type Unknown = 'searched' | 'trusted';

/**
 * Adds to the document numbers of a filter where rows with them can be: those that the index of numbers names, those
 * that may be newer than the index, and all of interfaces that were not read whole. The filter keeps its meaning, for
 * the numbers themselves are still compared. Without an answer from the index it stays as it is.
 */
export async function narrowNumbers(
  { fan, registry }: Pick<Hub, 'fan' | 'registry'>,
  kind: RowKind,
  where: RowCondition,
  unknown: Unknown,
  context: CallContext,
): Promise<RowCondition> {
  const wanted = wantedOf(where);
  if (wanted.size === 0) return where;
  try {
    const found = await waitAs(
      { deadline: Math.min(context.deadline, Date.now() + PATIENCE_MS) },
      registry.numbers(kind, [...wanted.values()], context),
    );
    if (found.read.length === 0) return where;
    return narrow(where, {
      rows: rowsByKey(wanted, found),
      found,
      interfaces: fan.interfacesOf(kind),
      unknown,
    });
  } catch {
    // The index makes look-ups quick, not possible.
    return where;
  }
}

interface Known {
  /** Null of a number that too many rows hold. */
  readonly rows: ReadonlyMap<string, readonly string[] | null>;
  readonly found: FoundNumbers;
  readonly interfaces: readonly InterfaceInfo[];
  readonly unknown: Unknown;
}

/** Numbers that a filter names, but for those of which it wants the opposite. */
function wantedOf(where: RowCondition): ReadonlyMap<string, WantedNumber> {
  const wanted = new Map<string, WantedNumber>();
  const collect = (part: RowCondition): void => {
    if ('all' in part) part.all.forEach(collect);
    else if ('any' in part) part.any.forEach(collect);
    else if (isNumber(part)) {
      const number = normaliseDocumentNumber(part.sameNumber);
      if (number !== '') wanted.set(keyOf(part), { field: part.field, number });
    }
  };
  collect(where);
  return wanted;
}

function rowsByKey(wanted: ReadonlyMap<string, WantedNumber>, { rows }: FoundNumbers): Known['rows'] {
  return new Map([...wanted.keys()].map((key, index) => [key, rows[index] ?? null]));
}

function isNumber(part: RowCondition): part is NumberLeaf {
  return 'field' in part && 'sameNumber' in part;
}

function keyOf({ field, sameNumber }: NumberLeaf): string {
  return `${field} ${normaliseDocumentNumber(sameNumber)}`;
}

function narrow(where: RowCondition, known: Known): RowCondition {
  if ('all' in where) return { all: where.all.map((part) => narrow(part, known)) };
  if (isNumber(where)) return isNarrowed(where, known) ? narrowed([where], known) : where;
  if (!('any' in where)) return where;
  // Numbers of one list are looked up at the sources together.
  const numbers = where.any.filter(isNumber).filter((leaf) => isNarrowed(leaf, known));
  const others = where.any
    .filter((part) => !(isNumber(part) && isNarrowed(part, known)))
    .map((part) => narrow(part, known));
  if (numbers.length === 0) return { any: others };
  const all = narrowed(numbers, known);
  return others.length === 0 ? all : { any: [all, ...others] };
}

function isNarrowed(leaf: NumberLeaf, { rows, unknown }: Known): boolean {
  const ids = rows.get(keyOf(leaf)) ?? null;
  return ids !== null && (ids.length > 0 || unknown === 'trusted');
}

/** The narrowest part stands first: sources compare in that order. */
function narrowed(numbers: readonly NumberLeaf[], { rows, found, interfaces }: Known): RowCondition {
  const ids = [...new Set(numbers.flatMap((leaf) => rows.get(keyOf(leaf)) ?? []))];
  const fields = [...new Set(numbers.map(({ field }) => field))];
  const read = new Map(found.read.map((one) => [one.interface, one]));
  const marks: ReadInterface[] = [];
  const unread: string[] = [];
  for (const { name, fields: mapped } of interfaces) {
    const known = read.get(name);
    const isRead = fields.every((field) => !mapped.includes(field) || known?.fields.includes(field) === true);
    if (known === undefined || !isRead) unread.push(name);
    else marks.push(known);
  }
  const candidates: RowCondition = {
    any: [
      { ids },
      { newerThan: marks.map(({ interface: name, mark }) => ({ interface: name, mark })) },
      { interface: unread },
    ],
  };
  return {
    all: [candidates, numbers.length === 1 && numbers[0] !== undefined ? numbers[0] : { any: numbers }],
  };
}
