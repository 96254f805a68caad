import type { RowKind } from '../../kinds/kinds.js';
import { isOfPerson } from '../../kinds/of-persons.js';
import { filterInputsOf } from '../../kinds/surface/filter-inputs.js';

/** What a filter does that matters where small counts of persons are not told. */
export interface FilterTraits {
  /** It compares something that tells of a natural person. */
  readonly ofPersons: boolean;
  /**
   * It can put any rows together that the caller likes: by alternatives, opposites, numbers or subjects. Rows that he
   * knows could then be added to a small group one by one, until the count that is told changes.
   */
  readonly picksRows: boolean;
}

type FilterValue = Readonly<Record<string, unknown>>;

const NOTHING: FilterTraits = { ofPersons: false, picksRows: false };

/** @param where as the caller wrote it, valid against the schema. */
export function filterTraits(kind: RowKind, where: FilterValue | null | undefined): FilterTraits {
  return Object.entries(where ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => traitsOf(kind, name, value))
    .reduce(either, NOTHING);
}

function traitsOf(kind: RowKind, name: string, value: unknown): FilterTraits {
  if (name === 'and' || name === 'or' || name === 'not') {
    const members = (Array.isArray(value) ? value : [value]) as readonly FilterValue[];
    const inner = members.map((one) => filterTraits(kind, one)).reduce(either, NOTHING);
    return name === 'and' ? inner : { ...inner, picksRows: true };
  }
  if (name === 'subject') return { ofPersons: false, picksRows: true };
  const input = filterInputsOf(kind).get(name);
  // By what a department knows of its rows, any of them can be picked.
  if (input === undefined) return { ofPersons: false, picksRows: name !== 'interface' };
  return {
    ofPersons: isOfPerson(kind, input.field),
    picksRows: input.operator === 'number' || input.operator === 'numbers',
  };
}

function either(left: FilterTraits, right: FilterTraits): FilterTraits {
  return {
    ofPersons: left.ofPersons || right.ofPersons,
    picksRows: left.picksRows || right.picksRows,
  };
}
