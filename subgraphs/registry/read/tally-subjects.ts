import type { CallContext } from '../../../runtime/call/call-context.js';
import { looksAtNames } from '../../feed/looks-at-names.js';
import type { SubjectFilter, SubjectTally } from '../../feed/registry-port.js';
import type { SubjectTrait } from '../../kinds/surface/subject-traits.js';
import type { PersonKey } from '../../values/identifiers/person-key.js';
import { compileTraits } from './compile-traits.js';
import { compileFilter, narrowDown } from './narrow.js';
import type { OpenIndex } from './open-index.js';
import type { Standing } from './standing.js';
import { walkOrder } from './walk-order.js';

/** How many subjects satisfy a filter. */
export async function countSubjects(
  index: OpenIndex,
  where: SubjectFilter,
  personKey: PersonKey,
  context: CallContext,
): Promise<number> {
  const [total] = await tallySubjects(index, where, [], personKey, context);
  return total?.count ?? 0;
}

/** How many subjects satisfy a filter, by their traits. */
export async function tallySubjects(
  index: OpenIndex,
  where: SubjectFilter,
  by: readonly SubjectTrait[],
  personKey: PersonKey,
  context: CallContext,
): Promise<readonly SubjectTally[]> {
  const tallies = new Map<string, { key: readonly (string | null)[]; count: number }>();
  const add = (subject: Pick<Standing, SubjectTrait>, count: number): void => {
    const key = by.map((trait) => subject[trait]);
    const text = JSON.stringify(key);
    const known = tallies.get(text);
    if (known === undefined) tallies.set(text, { key, count });
    else known.count += count;
  };
  if (where.ids === undefined && where.relatedTo === undefined && !looksAtNames(where)) {
    const holds = compileTraits(where);
    for (const crowd of index.crowds) if (holds(crowd) === true) add(crowd, crowd.size);
    return [...tallies.values()];
  }
  const accepts = await compileFilter(index, where, context);
  const few = await narrowDown(index, where, personKey, context);
  for (const subject of few?.filter(accepts) ?? []) add(subject, 1);
  if (few !== null) return [...tallies.values()];
  for await (const part of walkOrder(index, { where, orderBy: 'id', direction: 'asc' }, context)) {
    for (const subject of part) if (accepts(subject)) add(subject, 1);
  }
  return [...tallies.values()];
}
