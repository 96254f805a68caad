import { badInput, checkUpTo } from './bad-input.js';
import type { AgeArguments } from './read-age.js';

const DEFAULT_SIZE = 20;
const MAX_SIZE = 500;

/** The GraphQL arguments of every list. */
export interface ListArguments extends AgeArguments {
  readonly where?: Readonly<Record<string, unknown>> | null;
  readonly orderBy?: readonly Readonly<Record<string, unknown>>[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** Which part of a list is wanted. */
export interface PageWindow {
  readonly size: number;
  /** Towards the beginning of the list: `last`, `before`. */
  readonly backward: boolean;
  /** Exclusive; null: from the end that `backward` tells. */
  readonly cursor: string | null;
}

/** @throws BAD_USER_INPUT when the four arguments contradict each other or exceed the bounds. */
export function readPageWindow({ first, after, last, before }: ListArguments): PageWindow {
  const given = (value: unknown): boolean => value !== null && value !== undefined;
  if (given(first) && given(last)) {
    throw badInput('last', '不能与 first 同时使用。', 'must not be given together with first.');
  }
  const backward = given(last) || given(before);
  if (backward && (given(first) || given(after))) {
    throw given(after)
      ? badInput(
          'after',
          '不能与 last 或 before 同时使用。',
          'must not be given together with last or before.',
        )
      : badInput(
          'first',
          '不能与 before 同时使用，请用 last。',
          'must not be given together with before: use last.',
        );
  }
  const [name, size] = backward ? (['last', last] as const) : (['first', first] as const);
  return {
    size: checkUpTo(MAX_SIZE, name, size ?? DEFAULT_SIZE),
    backward,
    cursor: (backward ? before : after) ?? null,
  };
}
