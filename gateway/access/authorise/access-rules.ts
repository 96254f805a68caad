import type { GraphQLSchema } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { z } from 'zod';
import type { Level } from '../../../runtime/level.js';
import type { Permission, Policy } from '../policy/policy.js';
import { both, OPEN, type Requirement, type ScopeSets } from '../requirements/requirement.js';
import type { UnmaskRefusal } from '../unmask-reason.js';

/** Why something of the graph is kept from a caller. */
export interface Denial {
  /** `Type.field`, `Input.field`, `Enum.VALUE` or `Type.field(argument:)`. */
  readonly coordinate: string;
  readonly reason: 'level' | 'purpose' | 'identity' | 'scopes' | 'policies' | 'role';
  readonly level: Level;
}

/** What a caller may touch. */
export interface AccessRules {
  /** Equal for rules that are equal: what is compiled for one operation is kept under it. */
  readonly key: string;
  /** Why a field of an object type is kept from the caller; null: it is not. */
  denyField(type: string, field: string): Denial | null;
  /** Whether a field that is not denied is shown masked. */
  masks(type: string, field: string): boolean;
  /** Whether a field would be shown masked, had the caller not given a reason to see it whole. */
  unmasks(type: string, field: string): boolean;
  /** Why an argument, an input field or an enum value must not be used; null: it may. */
  denyInput(coordinate: string, type: string): Denial | null;
  may(permission: Permission): boolean;
  /** The highest level that fields of these coordinates have, for the audit. */
  levelOf(type: string, field: string): Level;
  /** Why nothing at all is answered; null: that is not so. */
  readonly refused: UnmaskRefusal | null;
}

/** For graphs that ask nobody who he is. */
export const EVERYTHING_ALLOWED: AccessRules = {
  key: '',
  denyField: () => null,
  masks: () => false,
  unmasks: () => false,
  denyInput: () => null,
  may: () => true,
  levelOf: () => OPEN.level,
  refused: null,
};

/** Who asks, as far as rules depend on it. */
export interface RuleSubject {
  readonly role: string;
  readonly scopes: ReadonlySet<string>;
  /** Whether it is known who asks at all. */
  readonly isKnown: boolean;
  /** Whether a legal matter is named that the caller may look at personal data for. */
  readonly hasPurpose: boolean;
  /** Whether he gives a reason to see whole what he is shown masked; without the permission it is refused. */
  readonly unmasks?: boolean;
}

type KeyParts = readonly [
  role: string,
  isKnown: boolean,
  hasPurpose: boolean,
  unmasks: boolean,
  scopes: string[],
];

const keyParts = z.tuple([z.string(), z.boolean(), z.boolean(), z.boolean(), z.array(z.string())]);

/** Whom the rules of a key are for; null: it is no such key. */
export function subjectOfKey(key: string): RuleSubject | null {
  try {
    const [role, isKnown, hasPurpose, unmasks, scopes] = keyParts.parse(JSON.parse(key)) satisfies KeyParts;
    return { role, isKnown, hasPurpose, unmasks, scopes: new Set(scopes) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** Rules for whoever asks, made once for each sort of caller. */
export function createRuleBook(
  schema: GraphQLSchema,
  requirements: ReadonlyMap<string, Requirement>,
  policy: Policy,
): (subject: RuleSubject) => AccessRules {
  const known = new Map<string, AccessRules>();
  const scopesAsked = new Set([...requirements.values()].flatMap(({ scopes }) => scopes.flat(2)));
  return (subject) => {
    // Scopes that nothing asks for make no difference, and there may be as many as there are tokens.
    const scopes = [...subject.scopes].filter((scope) => scopesAsked.has(scope)).sort();
    const { role, isKnown, hasPurpose, unmasks = false } = subject;
    const key = JSON.stringify([role, isKnown, hasPurpose, unmasks, scopes] satisfies KeyParts);
    const made =
      known.get(key) ??
      makeRules(
        key,
        { ...subject, scopes: new Set(scopes) },
        {
          schema,
          requirements,
          policy,
        },
      );
    known.set(key, made);
    return made;
  };
}

interface RuleSources {
  readonly schema: GraphQLSchema;
  readonly requirements: ReadonlyMap<string, Requirement>;
  readonly policy: Policy;
}

function makeRules(
  key: string,
  { role, scopes, isKnown, hasPurpose, unmasks = false }: RuleSubject,
  { schema, requirements, policy }: RuleSources,
): AccessRules {
  const own = policy.roles.get(role);
  const denials = new Map<string, Denial | null>();
  const judge = (coordinate: string, type: string, requirement: Requirement): Denial | null => {
    const { level } = requirement;
    const deny = (reason: Denial['reason']): Denial => ({ coordinate, reason, level });
    if (own === undefined) return deny('role');
    if (own.grantOf(type, level) === 'deny') return deny('level');
    if (own.purposeFrom !== null && level >= own.purposeFrom && !hasPurpose) return deny('purpose');
    if (requirement.authenticated && !isKnown) return deny('identity');
    if (!requirement.scopes.every((sets) => satisfies(sets, scopes))) return deny('scopes');
    if (!requirement.policies.every((sets) => satisfies(sets, own.policies))) return deny('policies');
    return null;
  };
  const remember = (coordinate: string, find: () => Denial | null): Denial | null => {
    const before = denials.get(coordinate);
    if (before !== undefined) return before;
    const found = find();
    denials.set(coordinate, found);
    return found;
  };
  const demandOf = (type: string, field: string): Requirement => {
    const own = requirements.get(`${type}.${field}`) ?? OPEN;
    return [requirements.get(type), requirements.get(returned(schema, type, field))].reduce<Requirement>(
      (sum, more) => both(sum, more ?? OPEN),
      inherited(schema, requirements, type, field, own),
    );
  };
  const isMasked = (type: string, field: string): boolean =>
    own?.grantOf(type, demandOf(type, field).level) === 'mask';
  return {
    key,
    denyField: (type, field) =>
      remember(`${type}.${field}`, () => judge(`${type}.${field}`, type, demandOf(type, field))),
    masks: (type, field) => !unmasks && isMasked(type, field),
    unmasks: (type, field) => unmasks && isMasked(type, field),
    refused: unmasks && own?.may.has('unmask') !== true ? 'permission' : null,
    denyInput: (coordinate, type) =>
      remember(coordinate, () => {
        const demanded = both(requirements.get(type) ?? OPEN, requirements.get(coordinate) ?? OPEN);
        const denied = judge(coordinate, type, demanded);
        // By what is shown masked nobody may search, or he would find it out.
        if (denied !== null || own?.grantOf(type, demanded.level) !== 'mask') return denied;
        return { coordinate, reason: 'level', level: demanded.level };
      }),
    may: (permission) =>
      own?.may.has(permission) === true &&
      // Exact counts of few persons are personal data: whoever must name a matter for these names it for those.
      (permission !== 'exact' || own.purposeFrom === null || hasPurpose),
    levelOf: (type, field) => demandOf(type, field).level,
  };
}

/** An object's field demands what the interfaces that have it demand as well. */
function inherited(
  schema: GraphQLSchema,
  requirements: ReadonlyMap<string, Requirement>,
  typeName: string,
  field: string,
  own: Requirement,
): Requirement {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return own;
  return type
    .getInterfaces()
    .filter((one) => one.getFields()[field] !== undefined)
    .reduce(
      (sum, { name }) =>
        both(both(sum, requirements.get(`${name}.${field}`) ?? OPEN), requirements.get(name) ?? OPEN),
      own,
    );
}

/** The name of the type that a field returns. */
function returned(schema: GraphQLSchema, typeName: string, field: string): string {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const definition = type.getFields()[field];
  if (definition === undefined) return '';
  return getNamedType(definition.type).name;
}

function satisfies(sets: ScopeSets, held: ReadonlySet<string>): boolean {
  return sets.some((set) => set.every((one) => held.has(one)));
}
