import type { CallContext } from '../call-context.js';
import type { SubjectFilter, SubjectKind } from '../registry-port.js';
import { registryFailed } from './ask-registry.js';
import { badInput } from './bad-input.js';
import { textList } from './filter-leaves.js';
import type { Hub } from './hub.js';
import { CLAUSE_NAMES, type Clause, readClause } from './subject-clauses.js';

type Input = Readonly<Record<string, unknown>>;

/** A `SubjectFilter` of the schema, read. */
export interface SubjectCondition {
  /** Canonical ids; null: anybody. */
  readonly ids: ReadonlySet<string> | null;
  /** What the registry filters by; without `ids`. */
  readonly register: Omit<SubjectFilter, 'ids' | 'relatedTo'>;
  readonly clauses: readonly Clause[];
  readonly owner: SubjectCondition | null;
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
  const given = (name: string): boolean => where?.[name] !== null && where?.[name] !== undefined;
  const list = (name: string): readonly string[] => textList(where?.[name], `${path}.${name}`);
  const clauses = CLAUSE_NAMES.filter(given).map((name) =>
    readClause(hub, name, where?.[name] as Input, `${path}.${name}`, context),
  );
  return {
    ids: given('id') ? await readIds(hub, list('id'), `${path}.id`, context) : null,
    register: {
      ...(given('kind') && { kinds: list('kind') as readonly SubjectKind[] }),
      ...(given('township') && { townships: list('township') }),
      ...(given('industry') && { industries: list('industry') }),
      ...(given('nameContains') && { nameContains: readName(where?.nameContains, `${path}.nameContains`) }),
    },
    clauses: await Promise.all(clauses),
    owner: given('owner')
      ? await readSubjectCondition(hub, where?.owner as Input, `${path}.owner`, context)
      : null,
    path,
  };
}

/** Whether the condition looks at rows at all. */
export function joins({ clauses, owner }: SubjectCondition): boolean {
  return clauses.length > 0 || owner !== null;
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
