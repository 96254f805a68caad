import type { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';

/** Why nobody can be asked by a department's fields. @param path where it is asked, as the caller wrote it. */
export function nobodyShows(path: string): GraphQLError {
  return publicError(
    'INTERFACE_MISSING',
    `${path}：提供这些字段的数据接口目前不在服务。${path}: the interface that has these fields does not serve at present.`,
  );
}
