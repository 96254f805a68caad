import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { Hands } from '../../port/hands.js';
import { badInput } from '../filter/bad-input.js';
import { isForCaller } from './is-for-caller.js';
import { momentOf, readMoment } from './moments.js';

interface HandArguments {
  readonly interface: string;
  readonly why: string;
}

interface HandsParts {
  /** Those of this county. */
  readonly interfaces: () => readonly InterfaceInfo[];
  readonly show: (info: InterfaceInfo) => unknown;
  /** Null: nothing can be changed through this process. */
  readonly hands: Hands | null;
}

const LONGEST_WHY = 200;
const LONGEST_PAUSE_MS = 31 * 24 * 3_600_000;

/** `Mutation` of the graph. */
export function handsResolvers({ interfaces, show, hands }: HandsParts) {
  const act = (context: CallContext, { interface: name, why }: HandArguments) => {
    if (hands === null || !hands.may(context.caller)) throw publicError('FORBIDDEN');
    const info = interfaces().find((one) => one.name === name);
    // Whom it is none of learns nothing of it.
    if (info === undefined || !isForCaller(info, context.caller)) {
      throw badInput('interface', '没有这个数据接口。', 'must name an interface.');
    }
    const reason = why.trim();
    if (reason === '' || reason.length > LONGEST_WHY) {
      throw badInput(
        'why',
        `须写明原因，至多 ${LONGEST_WHY} 字。`,
        `must say why, in at most ${LONGEST_WHY} characters.`,
      );
    }
    return { info, reason, hands };
  };
  return {
    pauseInterface: async (
      _parent: unknown,
      asked: HandArguments & { readonly until: string },
      context: CallContext,
    ) => {
      const { info, reason, hands } = act(context, asked);
      const until = readMoment('until', asked.until);
      const ahead = until - hands.now();
      if (ahead <= 0 || ahead > LONGEST_PAUSE_MS) {
        throw badInput('until', '须在现在之后的 31 天之内。', 'must be within the next 31 days.');
      }
      await hands.pause(info.name, { why: reason, until }, context);
      return show(info);
    },
    resumeInterface: async (_parent: unknown, asked: HandArguments, context: CallContext) => {
      const { info, reason, hands } = act(context, asked);
      await hands.resume(info.name, reason, context);
      return show(info);
    },
  };
}

/** `DataInterface.paused`: who, why and until when, for those who may know how it is. */
export function pausedField(info: InterfaceInfo, hands: Hands | null) {
  return (_args: unknown, { caller }: CallContext) => {
    const pause = isForCaller(info, caller) ? (hands?.of(info.name) ?? null) : null;
    return pause === null ? null : { ...pause, since: momentOf(pause.since), until: momentOf(pause.until) };
  };
}
