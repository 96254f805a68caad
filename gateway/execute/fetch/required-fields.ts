import type { Joins } from '../../plan/joins.js';
import type { RequiredSelection } from '../../plan/query-plan.js';

/** One field that is sent of an object. */
export interface RequiredMember {
  /** Where the answer holds it. */
  readonly source: string;
  /** What the subgraph calls it. */
  readonly name: string;
  /** Null for a leaf. */
  readonly selections: readonly RequiredSelection[] | null;
}

/** What is sent of an object of the named type: the fields of all fragments that apply to it. */
export function requiredOf(
  selections: readonly RequiredSelection[],
  typeName: string | undefined,
  joins: Pick<Joins, 'narrowerTypes'>,
): readonly RequiredMember[] {
  const members = new Map<string, RequiredMember>();
  const visit = (list: readonly RequiredSelection[]): void => {
    for (const selection of list) {
      if (selection.kind === 'InlineFragment') {
        if (applies(selection.typeCondition, typeName, joins)) visit(selection.selections);
        continue;
      }
      const name = selection.alias ?? selection.name;
      const known = members.get(name);
      const inner =
        selection.selections === undefined ? null : [...(known?.selections ?? []), ...selection.selections];
      members.set(name, { source: name, name: selection.sentAs ?? name, selections: inner });
    }
  };
  visit(selections);
  return [...members.values()];
}

/**
 * What is sent of an object of the named type, fragment by fragment: each stands for a part of the fetch that has its own
 * requirements. Fragments with the same fields are one.
 */
export function requiredAlternatives(
  selections: readonly RequiredSelection[],
  typeName: string,
  joins: Pick<Joins, 'narrowerTypes'>,
): readonly (readonly RequiredMember[])[] {
  const groups = new Map<string, readonly RequiredMember[]>();
  for (const selection of selections) {
    const members = requiredOf([selection], typeName, joins);
    if (members.length === 0) continue;
    groups.set(JSON.stringify(members), members);
  }
  return [...groups.values()];
}

function applies(
  condition: string | undefined,
  typeName: string | undefined,
  joins: Pick<Joins, 'narrowerTypes'>,
): boolean {
  if (condition === undefined) return true;
  return typeName !== undefined && joins.narrowerTypes(condition).has(typeName);
}
