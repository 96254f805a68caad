import type { CallContext } from '../../../runtime/call/call-context.js';
import { type ClauseSurface, SUBJECT_CLAUSES } from '../../kinds/surface/subject-clauses.js';
import { badInput } from '../filter/bad-input.js';
import { textList } from '../filter/filter-leaves.js';
import { isGiven } from '../filter/is-given.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import { type Clause, readClause } from './read-clause.js';
import { type FacetClause, readFacets } from './read-facet.js';
import { readTraits, TRAIT_INPUTS } from './read-traits.js';
import { combine, combineTraits, isOfRegister, type SubjectCondition } from './subject-condition.js';

type Input = Readonly<Record<string, unknown>>;

/** @throws BAD_USER_INPUT */
export async function readSubjectCondition(
  hub: Hub,
  where: Input | null | undefined,
  path: string,
  context: CallContext,
): Promise<SubjectCondition> {
  const { and, or, not, ...fields } = where ?? {};
  const readMember = (one: Input, place: string): Promise<SubjectCondition> =>
    readSubjectCondition(hub, one, place, context);
  const conjuncts = membersOf(and, `${path}.and`);
  const alternatives = membersOf(or, `${path}.or`);
  // Together, so that none can fail before somebody listens.
  const [own, all, any, opposite] = await Promise.all([
    readFields(hub, fields, path, context),
    Promise.all(conjuncts.map(([one, place]) => readMember(one, place))),
    Promise.all(alternatives.map(([one, place]) => readMember(one, place))),
    isGiven(not) ? readMember(not as Input, `${path}.not`) : null,
  ]);
  const whole = all.reduce(combine, own);
  const chosen = any.length === 0 ? whole : addAlternatives(whole, any);
  return opposite === null ? chosen : addOpposite(chosen, opposite);
}

function addAlternatives(
  condition: SubjectCondition,
  members: readonly SubjectCondition[],
): SubjectCondition {
  if (!members.every(isOfRegister)) return { ...condition, anyOf: [...condition.anyOf, members] };
  const any = members.map(({ register }) => register);
  return { ...condition, register: combineTraits(condition.register, { any }) };
}

function addOpposite(condition: SubjectCondition, opposite: SubjectCondition): SubjectCondition {
  if (!isOfRegister(opposite)) return { ...condition, noneOf: [...condition.noneOf, opposite] };
  return { ...condition, register: combineTraits(condition.register, { not: opposite.register }) };
}

/** The members of a list with their places. */
function membersOf(list: unknown, path: string): readonly (readonly [Input, string])[] {
  if (!isGiven(list)) return [];
  const members = (Array.isArray(list) ? list : [list]) as readonly Input[];
  if (members.length === 0) throw badInput(path, '不能为空列表。', 'must not be an empty list.');
  return members.map((one, index) => [one, `${path}[${index}]`]);
}

/** Inputs of the filter that are no department's. */
const OWN_INPUTS: ReadonlySet<string> = new Set([
  'id',
  'owner',
  ...TRAIT_INPUTS,
  ...SUBJECT_CLAUSES.map(({ name }) => name),
]);

async function readFields(
  hub: Hub,
  where: Input,
  path: string,
  context: CallContext,
): Promise<SubjectCondition> {
  const ids = isGiven(where.id) ? textList(where.id, `${path}.id`) : null;
  const clauses = SUBJECT_CLAUSES.filter(({ name }) => isGiven(where[name]));
  const readOne = (clause: ClauseSurface): Promise<Clause> =>
    readClause(hub, clause, where[clause.name] as Input, `${path}.${clause.name}`, context);
  const register = readTraits(where, path);
  const holders = Object.keys(where).filter((name) => !OWN_INPUTS.has(name) && isGiven(where[name]));
  const readHolder = (holder: string): Promise<readonly FacetClause[]> =>
    readFacets(hub, holder, where[holder] as Input, `${path}.${holder}`, context);
  const [known, read, facets, owner] = await Promise.all([
    ids === null ? null : readIds(hub, ids, `${path}.id`, context),
    Promise.all(clauses.map(readOne)),
    Promise.all(holders.map(readHolder)),
    isGiven(where.owner) ? readSubjectCondition(hub, where.owner as Input, `${path}.owner`, context) : null,
  ]);
  return {
    ids: known,
    register,
    clauses: read,
    facets: facets.flat(),
    owners: owner === null ? [] : [owner],
    anyOf: [],
    noneOf: [],
    path,
  };
}

async function readIds(
  hub: Hub,
  refs: readonly string[],
  path: string,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const { byRef, failure } = await hub.identities.named(refs, context);
  if (failure !== null) throw registryFailed();
  return new Set(
    refs.flatMap((ref, index) => {
      const meant = byRef.get(ref);
      // A name that several bear is itself none of them.
      if (meant !== undefined) return meant.slice(meant.length > 1 ? 1 : 0).map(({ id }) => id);
      throw badInput(
        `${path}[${index}]`,
        `“${ref}”不是可识别的主体标识。`,
        `must be readable as an identifier, but is ${JSON.stringify(ref)}.`,
      );
    }),
  );
}
