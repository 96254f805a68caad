import { type Condition, not } from '../../../../adapters/condition.js';
import { SourceTooLarge } from '../../../../adapters/source-error.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { foldCondition, type RowCondition } from '../../../kinds/row-condition.js';
import { normaliseDocumentNumber } from '../../../values/texts/document-number.js';
import type { CompiledField } from '../../compile/compiled-interface.js';
import type { InterfaceRows } from '../served-interface.js';
import { namesRows } from './names-rows.js';

type Cell = Exclude<SourceValue, null>;

/**
 * How a source spells the document numbers of a filter: by field, the cells that hold a number in any spelling, by
 * the number's normal form. Null for a field whose numbers are to be compared here, row by row.
 */
export type SpeltNumbers = ReadonlyMap<string, ReadonlyMap<string, readonly Cell[]> | null>;

export const NONE_SPELT: SpeltNumbers = new Map();

/** Up to so many numbers of one field, a pattern for each costs less than looking at all numbers first. */
const FEW = 2;

/**
 * Looks up how a source spells many numbers at once: every number that it holds is read once and normalised here,
 * where a filter would compare each of its rows with a pattern for each number.
 */
export async function spellNumbers(
  { compiled, rows }: InterfaceRows,
  where: RowCondition,
  context: CallContext,
): Promise<SpeltNumbers> {
  const asked = [...numbersOf(where)].filter(([, numbers]) => numbers.size > FEW);
  if (asked.length === 0) return NONE_SPELT;
  // Few rows are fetched anyway, and all of the column's numbers are more.
  if (namesRows(compiled, where)) return new Map(asked.map(([name]) => [name, null]));
  const spelt = await Promise.all(
    asked.flatMap(([name, numbers]) => {
      const field = compiled.fields.get(name);
      if (field?.kind !== 'column') return [];
      return [
        spellField({ compiled, rows }, field, numbers, context).then((cells) => [name, cells] as const),
      ];
    }),
  );
  return new Map(spelt);
}

async function spellField(
  { compiled, rows }: InterfaceRows,
  { column, codec }: Extract<CompiledField, { kind: 'column' }>,
  numbers: ReadonlySet<string>,
  context: CallContext,
): Promise<ReadonlyMap<string, readonly Cell[]> | null> {
  if (!compiled.adapter.capabilities.tallies || !compiled.isListed) return null;
  const isThere: Condition = not({ kind: 'isNull', column });
  const spelt = new Map<string, Cell[]>([...numbers].map((number) => [number, []]));
  try {
    const groups = await rows.tally(
      {
        of: 'versions',
        where: isThere,
        groupBy: [{ column }],
        maxGroups: compiled.mapping.limits.maxRowsScanned,
      },
      context,
    );
    for (const { key } of groups) {
      const [cell = null] = key;
      const { value } = codec.decode(cell);
      if (cell !== null && typeof value === 'string') spelt.get(normaliseDocumentNumber(value))?.push(cell);
    }
    return spelt;
  } catch (error) {
    if (error instanceof SourceTooLarge) return null;
    throw error;
  }
}

/** Normal forms of the numbers that a filter names, by field. */
function numbersOf(where: RowCondition): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const nothing = (): void => {};
  foldCondition<void>(where, {
    all: nothing,
    any: nothing,
    not: nothing,
    field: (leaf) => {
      if (!('sameNumber' in leaf)) return;
      const numbers = found.get(leaf.field) ?? new Set();
      found.set(leaf.field, numbers.add(normaliseDocumentNumber(leaf.sameNumber)));
    },
    subject: nothing,
    ids: nothing,
    interface: nothing,
    newerThan: nothing,
  });
  return found;
}
