import type { CallContext } from '../../../runtime/call/call-context.js';
import type { SubjectFilter, SubjectKind, SubjectState } from '../../feed/registry-port.js';
import { badInput } from '../filter/bad-input.js';
import { textList } from '../filter/filter-leaves.js';
import type { Hub } from '../hub.js';
import { registryFailed } from './ask-registry.js';
import { CLAUSE_NAMES, type Clause, readClause } from './subject-clauses.js';

type Input = Readonly<Record<string, unknown>>;

/** A `SubjectFilter` of the schema, read; what stands below `and` is part of it. */
export interface SubjectCondition {
  /** Canonical ids; null: anybody. */
  readonly ids: ReadonlySet<string> | null;
  /** What the registry filters by; without `ids`. */
  readonly register: Omit<SubjectFilter, 'ids' | 'relatedTo'>;
  readonly clauses: readonly Clause[];
  /** Each is satisfied by an owner, not necessarily the same one. */
  readonly owners: readonly SubjectCondition[];
  /** Where it stands, for messages. */
  readonly path: string;
}

/** @throws BAD_USER_INPUT */
export async function readSubjectCondition(
  hub: Hub,
  where: Input | null | undefined,
  path: string,
  context: CallContext,
): Promise<SubjectCondition> {
  const { and, ...fields } = where ?? {};
  const members = and === null || and === undefined ? [] : readMembers(and, `${path}.and`);
  const [own, ...others] = await Promise.all([
    readFields(hub, fields, path, context),
    ...members.map((one, index) => readSubjectCondition(hub, one, `${path}.and[${index}]`, context)),
  ]);
  return others.reduce(combine, own);
}

function readMembers(and: unknown, path: string): readonly Input[] {
  const members = (Array.isArray(and) ? and : [and]) as readonly Input[];
  if (members.length === 0) throw badInput(path, '不能为空列表。', 'must not be an empty list.');
  return members;
}

async function readFields(
  hub: Hub,
  where: Input,
  path: string,
  context: CallContext,
): Promise<SubjectCondition> {
  const given = (name: string): boolean => where[name] !== null && where[name] !== undefined;
  const list = (name: string): readonly string[] => textList(where[name], `${path}.${name}`);
  // Together, so that none can fail before somebody listens.
  const [ids, clauses, owner] = await Promise.all([
    given('id') ? readIds(hub, list('id'), `${path}.id`, context) : null,
    Promise.all(
      CLAUSE_NAMES.filter(given).map((name) =>
        readClause(hub, name, where[name] as Input, `${path}.${name}`, context),
      ),
    ),
    given('owner') ? readSubjectCondition(hub, where.owner as Input, `${path}.owner`, context) : null,
  ]);
  return {
    ids,
    register: {
      ...(given('kind') && { kinds: list('kind') as readonly SubjectKind[] }),
      ...(given('state') && { states: list('state') as readonly SubjectState[] }),
      ...(given('township') && { townships: list('township') }),
      ...(given('industry') && { industries: list('industry') }),
      ...(given('nameContains') && { nameContains: [readName(where.nameContains, `${path}.nameContains`)] }),
    },
    clauses,
    owners: owner === null ? [] : [owner],
    path,
  };
}

/** Both must hold. */
function combine(left: SubjectCondition, right: SubjectCondition): SubjectCondition {
  return {
    ids: intersectIds(left.ids, right.ids),
    register: combineRegister(left.register, right.register),
    clauses: [...left.clauses, ...right.clauses],
    owners: [...left.owners, ...right.owners],
    path: left.path,
  };
}

function combineRegister(
  left: SubjectCondition['register'],
  right: SubjectCondition['register'],
): SubjectCondition['register'] {
  const within = <T>(mine: readonly T[], theirs: readonly T[] | undefined): readonly T[] =>
    theirs === undefined ? mine : mine.filter((one) => theirs.includes(one));
  const { kinds, states, townships, industries, nameContains } = left;
  return {
    ...right,
    ...(kinds !== undefined && { kinds: within(kinds, right.kinds) }),
    ...(states !== undefined && { states: within(states, right.states) }),
    ...(townships !== undefined && { townships: within(townships, right.townships) }),
    ...(industries !== undefined && { industries: within(industries, right.industries) }),
    ...(nameContains !== undefined && { nameContains: [...nameContains, ...(right.nameContains ?? [])] }),
  };
}

/** @param left, right null: anybody. */
export function intersectIds(
  left: ReadonlySet<string> | null,
  right: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  if (left === null || right === null) return left ?? right;
  return new Set([...left].filter((id) => right.has(id)));
}

/** Whether the condition looks at rows at all. */
export function joins({ clauses, owners }: SubjectCondition): boolean {
  return clauses.length > 0 || owners.length > 0;
}

async function readIds(
  hub: Hub,
  refs: readonly string[],
  path: string,
  context: CallContext,
): Promise<ReadonlySet<string>> {
  const { byRef, failure } = await hub.identities.resolve(refs, context);
  if (failure !== null) throw registryFailed();
  return new Set(
    refs.map((ref, index) => {
      const identity = byRef.get(ref);
      if (identity !== undefined) return identity.id;
      throw badInput(
        `${path}[${index}]`,
        `“${ref}”不是可识别的主体标识。`,
        `must be readable as an identifier, but is ${JSON.stringify(ref)}.`,
      );
    }),
  );
}

function readName(value: unknown, path: string): string {
  const text = String(value).trim();
  if (text === '') throw badInput(path, '不能为空。', 'must not be empty.');
  return text;
}
