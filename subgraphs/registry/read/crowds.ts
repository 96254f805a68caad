import type { Database } from 'better-sqlite3';
import type { SubjectKind, SubjectState } from '../../feed/registry-port.js';

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
