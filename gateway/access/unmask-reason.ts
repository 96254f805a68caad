import type { GraphQLError } from 'graphql';
import { publicError } from '../../runtime/errors.js';

/** The header in which a caller says why he wants to see whole what he is shown masked. */
export const UNMASK_HEADER = 'x-unmask-reason';

/** Characters. It is for people who read the audit. */
export const LONGEST_REASON = 200;

/** Why nothing is shown to somebody who asks to see masked values whole. */
export type UnmaskRefusal = 'permission' | 'empty' | 'too-long' | 'unrecorded';

/** What a caller says; null: he asks for nothing of the sort. */
export type UnmaskAsked = { readonly reason: string } | { readonly refused: UnmaskRefusal } | null;

/** @param said text of the header, decoded; null: there is none. */
export function readUnmaskReason(said: string | null): UnmaskAsked {
  if (said === null) return null;
  const reason = said.trim();
  if (reason === '') return { refused: 'empty' };
  return [...reason].length > LONGEST_REASON ? { refused: 'too-long' } : { reason };
}

const SENTENCES: { readonly [why in UnmaskRefusal]: string } = {
  permission:
    '该角色不可查看脱敏字段的原值，请去掉请求头。The role may not see masked fields whole: leave the header out.',
  empty: '须写明理由，不得为空。It must give a reason, but is empty.',
  'too-long': `理由至多 ${LONGEST_REASON} 个字符。The reason must have at most ${LONGEST_REASON} characters.`,
  unrecorded: '没有审计，原值不予显示。Nothing is shown whole where nothing is recorded.',
};

/** Nothing is shown, so that nobody takes what is masked for what he asked for. */
export function refuseUnmask(why: UnmaskRefusal): GraphQLError {
  const isInput = why === 'empty' || why === 'too-long';
  return publicError(isInput ? 'BAD_USER_INPUT' : 'FORBIDDEN', `${UNMASK_HEADER}：${SENTENCES[why]}`);
}
