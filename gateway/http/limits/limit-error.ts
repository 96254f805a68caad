import type { GraphQLError } from 'graphql';
import { type RefusalCode, refusal } from '../../../runtime/errors.js';
import { LIMITS, type LimitName, UNITS } from '../request-limits.js';

/** What a refusal tells of the limit, for programs. */
export interface LimitFacts {
  readonly limit: LimitName;
  readonly allowed: number;
  /** Null where counting stopped at the limit. */
  readonly actual: number | null;
}

/** Why a request beyond a limit is refused. */
export function limitError(code: RefusalCode, facts: LimitFacts): GraphQLError {
  return refusal(code, limitSentence(facts), { ...facts });
}

/** Whether an error refuses what is beyond a limit. */
export function isLimit({
  extensions,
}: {
  readonly extensions?: Readonly<Record<string, unknown>>;
}): boolean {
  return typeof extensions?.limit === 'string';
}

export function limitSentence({ limit, allowed, actual }: LimitFacts): string {
  const { what, unit } = LIMITS[limit];
  const { zh, en } = UNITS[unit];
  const unitEn = en === '' ? '' : ` ${en}`;
  const found =
    actual === null ? { zh: '实际更多', en: 'more' } : { zh: `实际 ${actual} ${zh}`, en: String(actual) };
  return `${what.zh}超过上限：最多 ${allowed} ${zh}，${found.zh}。Beyond the limit of ${what.en}: at most ${allowed}${unitEn}, but has ${found.en}.`;
}
