import type { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';

/**
 * What is wrong with one argument.
 *
 * @param path where it stands, as the caller wrote it: `where.date.from`.
 */
export function badInput(path: string, chinese: string, english: string): GraphQLError {
  return publicError('BAD_USER_INPUT', `${path}：${chinese} ${path}: ${english}`, {
    extensions: { argument: path },
  });
}

/** @returns `value`, which is from 0 to `max`, else throws. */
export function checkUpTo(max: number, path: string, value: number): number {
  if (value >= 0 && value <= max) return value;
  throw badInput(
    path,
    `应在 0 与 ${max} 之间，实为 ${value}。`,
    `must be between 0 and ${max}, but is ${value}.`,
  );
}
