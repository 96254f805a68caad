import type { FeedAge } from '../../feed/feed.js';
import { badInput } from './bad-input.js';

/** The GraphQL arguments of every list and statistic that say how old an answer may be. */
export interface AgeArguments {
  /** Seconds. */
  readonly maxAge?: number | null;
  readonly else?: FeedAge['otherwise'] | null;
}

/** Absent: as old as mappings allow. @throws BAD_USER_INPUT */
export function readAge({ maxAge, else: otherwise }: AgeArguments): FeedAge | undefined {
  const given = otherwise ?? null;
  if (maxAge === null || maxAge === undefined) {
    if (given === null) return undefined;
    throw badInput('else', '须与 maxAge 一同使用。', 'must be given together with maxAge.');
  }
  if (maxAge < 0) throw badInput('maxAge', '不能为负数（秒）。', 'must not be negative; it is in seconds.');
  return { maxSeconds: maxAge, otherwise: given ?? 'STALE' };
}
