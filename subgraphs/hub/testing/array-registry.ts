import type { RegistryPort, SubjectFilter, SubjectIdentity } from '../../feed/registry-port.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

export interface ArraySubject extends SubjectIdentity {
  readonly owners: readonly string[];
}

/** A registry over an array; `down` makes every call fail. */
export interface ArrayRegistry extends RegistryPort {
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
      const compare = (a: Place, b: Place): number => flip * comparePlaces(orderBy, direction, a, b);
      return matching(where)
        .filter((one) => after === undefined || compare(one, after) > 0)
        .sort(compare)
        .slice(0, limit);
    },
    count: async (where) => {
      refuseWhenDown(registry);
      return matching(where).length;
    },
    candidates: async () => [],
    coverage: async () => {
      refuseWhenDown(registry);
      return [];
    },
  };
  return registry;
}

type Place = Pick<SubjectIdentity, 'id' | 'name'>;

function refuseWhenDown({ down }: ArrayRegistry): void {
  if (down) throw new Error('The registry is down.');
}

function strangerOf(ref: string): SubjectIdentity {
  return { id: ref, keys: [ref], kind: 'UNKNOWN', name: null, township: null, industry: null, state: null };
}

function fits(one: ArraySubject, where: SubjectFilter): boolean {
  const within = (list: readonly string[] | undefined, value: string | null): boolean =>
    list === undefined || (value !== null && list.includes(value));
  return (
    within(where.ids, one.id) &&
    within(where.kinds, one.kind) &&
    within(where.states, one.state) &&
    within(where.townships, one.township) &&
    within(where.industries, one.industry) &&
    (where.nameContains ?? []).every((words) => one.name?.includes(words) === true)
  );
}

/** Subjects without a name stand last in both directions. */
function comparePlaces(orderBy: 'name' | 'id', direction: 'asc' | 'desc', a: Place, b: Place): number {
  const sign = direction === 'asc' ? 1 : -1;
  if (orderBy === 'name' && a.name !== b.name) {
    if (a.name === null) return 1;
    if (b.name === null) return -1;
    return sign * compareCodePoints(a.name, b.name);
  }
  return sign * compareCodePoints(a.id, b.id);
}
