import type {
  RegistryPort,
  SubjectFilter,
  SubjectIdentity,
  SubjectPosition,
  SubjectTraits,
} from '../../feed/registry-port.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

export interface ArraySubject extends SubjectIdentity {
  readonly owners: readonly string[];
}

/** A registry over an array; `down` makes every call fail. */
interface ArrayRegistry extends RegistryPort {
  down: boolean;
  /** Refs of each call of `resolve`. */
  readonly resolved: (readonly string[])[];
}

export function createArrayRegistry(subjects: readonly ArraySubject[]): ArrayRegistry {
  const byRef = new Map<string, SubjectIdentity>();
  for (const subject of subjects) for (const key of subject.keys) byRef.set(key, subject);
  const byId = new Map(subjects.map((subject) => [subject.id, subject]));
  const matching = (where: SubjectFilter): ArraySubject[] => subjects.filter((one) => fits(one, where));
  const registry: ArrayRegistry = {
    down: false,
    resolved: [],
    resolve: async (refs) => {
      refuseWhenDown(registry);
      registry.resolved.push(refs);
      return new Map(
        refs.filter((ref) => /^[a-z]+:./.test(ref)).map((ref) => [ref, byRef.get(ref) ?? strangerOf(ref)]),
      );
    },
    bearers: async () => {
      refuseWhenDown(registry);
      return new Map();
    },
    related: async (ids, role, reverse) => {
      refuseWhenDown(registry);
      if (role !== 'OWNER') return new Map();
      return new Map(
        ids.map((id) => [
          id,
          reverse
            ? subjects.filter(({ owners }) => owners.includes(id)).map((one) => one.id)
            : (byId.get(id)?.owners ?? []),
        ]),
      );
    },
    page: async ({ where, orderBy, direction, reversed, after, limit }) => {
      refuseWhenDown(registry);
      const flip = reversed === true ? -1 : 1;
      const compare = (a: SubjectPosition, b: SubjectPosition): number =>
        flip * comparePlaces(direction, a, b);
      const placeOf = (one: ArraySubject): SubjectPosition => ({
        value: orderBy === 'id' ? null : one[orderBy],
        id: one.id,
      });
      return matching(where)
        .filter((one) => after === undefined || compare(placeOf(one), after) > 0)
        .sort((a, b) => compare(placeOf(a), placeOf(b)))
        .slice(0, limit);
    },
    count: async (where) => {
      refuseWhenDown(registry);
      return matching(where).length;
    },
    tally: async (where, by) => {
      refuseWhenDown(registry);
      const keys = matching(where).map((one) => JSON.stringify(by.map((trait) => one[trait])));
      return [...new Set(keys)].map((key) => ({
        key: JSON.parse(key) as readonly (string | null)[],
        count: keys.filter((other) => other === key).length,
      }));
    },
    candidates: async () => [],
    numbers: async (_kind, wanted) => {
      refuseWhenDown(registry);
      return { rows: wanted.map(() => []), read: [] };
    },
    coverage: async () => {
      refuseWhenDown(registry);
      return [];
    },
  };
  return registry;
}

function refuseWhenDown({ down }: ArrayRegistry): void {
  if (down) throw new Error('The registry is down.');
}

function strangerOf(ref: string): SubjectIdentity {
  return { id: ref, keys: [ref], kind: 'UNKNOWN', name: null, township: null, industry: null, state: null };
}

function fits(one: ArraySubject, where: SubjectFilter): boolean {
  return within(where.ids, one.id) && hasTraits(one, where);
}

function within(list: readonly string[] | undefined, value: string | null): boolean {
  return list === undefined || (value !== null && list.includes(value));
}

function hasTraits(one: ArraySubject, where: SubjectTraits): boolean {
  const { present = {}, industryStartsWith: code, nameStartsWith: start } = where;
  return (
    within(where.kinds, one.kind) &&
    within(where.states, one.state) &&
    within(where.townships, one.township) &&
    within(where.industries, one.industry) &&
    (code === undefined || one.industry?.startsWith(code) === true) &&
    Object.entries(present).every(([trait, wanted]) => (Reflect.get(one, trait) !== null) === wanted) &&
    within(where.names, one.name) &&
    (where.nameContains ?? []).every((words) => one.name?.includes(words) === true) &&
    (start === undefined || one.name?.startsWith(start) === true) &&
    (where.all ?? []).every((part) => hasTraits(one, part)) &&
    (where.any === undefined || where.any.some((part) => hasTraits(one, part))) &&
    (where.not === undefined || !hasTraits(one, where.not))
  );
}

/** Subjects without the value stand last in both directions. */
function comparePlaces(direction: 'asc' | 'desc', a: SubjectPosition, b: SubjectPosition): number {
  const sign = direction === 'asc' ? 1 : -1;
  if (a.value !== b.value) {
    if (a.value === null) return 1;
    if (b.value === null) return -1;
    return sign * compareCodePoints(a.value, b.value);
  }
  return sign * compareCodePoints(a.id, b.id);
}
