import type { Database } from 'better-sqlite3';
import type { SubjectFilter, SubjectKind, SubjectState } from '../../feed/registry-port.js';

/** Subjects of one kind, township, industry and state, counted when the index was built. */
export interface Crowd {
  readonly n: number;
  readonly kind: SubjectKind;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
  readonly size: number;
}

export function readCrowds(db: Database): readonly Crowd[] {
  return db.prepare<[], Crowd>('SELECT n, kind, township, industry, state, size FROM crowd ORDER BY n').all();
}

type Trait = Pick<Crowd, 'kind' | 'township' | 'industry' | 'state'>;

/** The part of a filter that a crowd satisfies as a whole. */
export function compileTraits(where: SubjectFilter): (subject: Trait) => boolean {
  const kinds = where.kinds && new Set<string>(where.kinds);
  const townships = where.townships && new Set(where.townships);
  const states = where.states && new Set<string>(where.states);
  const industries = where.industries && new Set(where.industries);
  return ({ kind, township, industry, state }) =>
    (kinds === undefined || kinds.has(kind)) &&
    (states === undefined || (state !== null && states.has(state))) &&
    (townships === undefined || (township !== null && townships.has(township))) &&
    (industries === undefined || (industry !== null && industries.has(industry)));
}
