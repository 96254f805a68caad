import type { GraphQLError } from 'graphql';
import { publicError } from '../errors.js';

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
