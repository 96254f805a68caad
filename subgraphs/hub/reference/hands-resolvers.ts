import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { Hands, Held } from '../../port/hands.js';
import { LOG_LEVELS, type LogPart, type PartLevel } from '../../port/log-levels.js';
import { badInput } from '../filter/bad-input.js';
import { readReason, requireHands } from './acting.js';
import { isForCaller } from './is-for-caller.js';
import { momentOf, readMoment } from './moments.js';

interface HandArguments {
  readonly interface: string;
  readonly why: string;
}

interface LevelArguments {
  readonly level: string;
  readonly part?: LogPart | null;
  readonly seconds: number;
}

interface HandsParts {
  /** Those of this county. */
  readonly interfaces: () => readonly InterfaceInfo[];
  readonly show: (info: InterfaceInfo) => unknown;
  /** Null: nothing can be changed through this process. */
  readonly hands: Hands | null;
}

const LONGEST_LEVEL_SECONDS = 86_400;
const LONGEST_PAUSE_MS = 31 * 24 * 3_600_000;

/** `Mutation` of the graph. */
export function handsResolvers({ interfaces, show, hands }: HandsParts) {
  const act = (context: CallContext, { interface: name, why }: HandArguments) => {
    const acting = requireHands(hands, context);
    const info = interfaces().find((one) => one.name === name);
    // Whom it is none of learns nothing of it.
    if (info === undefined || !isForCaller(info, context.caller)) {
      throw badInput('interface', '没有这个数据接口。', 'must name an interface.');
    }
    return { info, reason: readReason('why', why), hands: acting };
  };
  const hold =
    (held: Held) =>
    async (
      _parent: unknown,
      asked: HandArguments & { readonly until?: string | null },
      context: CallContext,
    ) => {
      const { info, reason, hands } = act(context, asked);
      await hands.hold(info.name, held, { why: reason, until: untilOf(asked.until, hands.now()) }, context);
      return show(info);
    };
  const release = (held: Held) => async (_parent: unknown, asked: HandArguments, context: CallContext) => {
    const { info, reason, hands } = act(context, asked);
    await hands.release(info.name, held, reason, context);
    return show(info);
  };
  return {
    pauseInterface: hold('interface'),
    resumeInterface: release('interface'),
    openBreaker: hold('source'),
    closeBreaker: release('source'),
    setLogLevel: async (_parent: unknown, asked: LevelArguments, context: CallContext) => {
      const acting = requireHands(hands, context);
      const until = acting.now() + secondsOf(asked.seconds) * 1000;
      const level = LOG_LEVELS.find((one) => one.toUpperCase() === asked.level) ?? 'info';
      await acting.setLogLevel({ part: asked.part ?? null, level, until }, context);
      return acting.logLevels().map(showLevel);
    },
  };
}

/** `Query.logLevels`; null where nobody can change them, or not the caller. */
export function logLevelsField(hands: Hands | null) {
  return (_parent: unknown, _args: unknown, { caller }: CallContext) =>
    hands === null || !hands.may(caller) ? null : hands.logLevels().map(showLevel);
}

function showLevel({ part, level, usual, change }: PartLevel) {
  return {
    part,
    level: level.toUpperCase(),
    usual: usual.toUpperCase(),
    until: change === null ? null : momentOf(change.until),
    by: change?.by ?? null,
  };
}

function secondsOf(seconds: number): number {
  if (seconds >= 1 && seconds <= LONGEST_LEVEL_SECONDS) return seconds;
  throw badInput('seconds', '须在 1 秒至 24 小时之间。', 'must be from 1 second to 24 hours.');
}

function untilOf(until: string | null | undefined, now: number): number {
  if (until == null) return now + LONGEST_PAUSE_MS;
  const moment = readMoment('until', until);
  if (moment > now && moment <= now + LONGEST_PAUSE_MS) return moment;
  throw badInput('until', '须在现在之后的 31 天之内。', 'must be within the next 31 days.');
}

/** `DataInterface.paused` and `breakerOpened`: who, why and until when, for those who may know how it is. */
export function heldField(info: InterfaceInfo, hands: Hands | null, held: Held) {
  return (_args: unknown, { caller }: CallContext) => {
    const pause = isForCaller(info, caller) ? (hands?.of(info.name, held) ?? null) : null;
    return pause === null ? null : { ...pause, since: momentOf(pause.since), until: momentOf(pause.until) };
  };
}
