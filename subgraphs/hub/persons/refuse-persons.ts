import type { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';

/** Why a question about natural persons is not answered to a caller who must not see small counts. */
const REASONS = {
  picked:
    '涉及自然人的计数不得用 or、not、编号或主体挑选行。Counts of persons are not told of rows that are picked by or, not, numbers or subjects.',
  listed:
    '涉及自然人的条件只可用于计数，不可列出行。By what tells of persons rows may be counted, but not listed.',
  joined: '此处不得按涉及自然人的条件筛选。Nothing may be filtered here by what tells of persons.',
} as const;

const WAY_OUT =
  '有精确计数权限的角色须以请求头 x-purpose 写明事项。A role that may see exact counts names a legal matter in the header x-purpose.';

/** @param path where it is asked, as the caller wrote it. */
export function refusePersons(why: keyof typeof REASONS, path: string): GraphQLError {
  return publicError('FORBIDDEN', `${path}：${REASONS[why]} ${WAY_OUT}`, {
    extensions: { argument: path, reason: 'small-cells' },
  });
}
