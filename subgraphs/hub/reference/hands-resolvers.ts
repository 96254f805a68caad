import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import { isForCaller } from '../../feed/is-for-caller.js';
import { type Hands, type Held, LONGEST_HOLD_MS } from '../../port/hands.js';
import { LOG_LEVELS, type LogPart, type PartLevel } from '../../port/log-levels.js';
import { requireHands } from '../../port/require-hands.js';
import { badInput } from '../filter/bad-input.js';
import type { AwayNotes } from './away-notes.js';
import type { HubHands } from './hub-hands.js';
import { momentOf, readMoment } from './moments.js';
import { noteReach } from './note-reach.js';
import { readReason } from './read-reason.js';

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
  /** Those of this county, and of counties below. */
  readonly interfaces: () => readonly InterfaceInfo[];
  readonly show: (info: InterfaceInfo) => unknown;
  /** Of this process. Null: nothing can be changed through it. */
  readonly hands: Hands | null;
  readonly hubHands: Pick<HubHands, 'act'>;
}

const LONGEST_LEVEL_SECONDS = 86_400;

/** `Mutation` of the graph. */
export function handsResolvers({ interfaces, show, hands, hubHands }: HandsParts) {
  const act = (context: CallContext, { interface: name, why }: HandArguments) => {
    const acting = requireHands(hands, context);
    const info = interfaces().find((one) => one.name === name);
    // Whom it is none of learns nothing of it.
    if (info === undefined || !isForCaller(info, context.caller)) {
      throw badInput('interface', '没有这个数据接口。', 'must name an interface.');
    }
    return { info, reason: readReason('why', why), now: acting.now() };
  };
  const hold =
    (held: Held) =>
    async (
      _parent: unknown,
      asked: HandArguments & { readonly until?: string | null },
      context: CallContext,
      at: GraphQLResolveInfo,
    ) => {
      const { info, reason, now } = act(context, asked);
      const until = untilOf(asked.until, now);
      const request = { kind: 'hold', interface: info.name, held, why: reason, until } as const;
      noteReach(await hubHands.act(request, context), info.name, context, at);
      return show(info);
    };
  const release =
    (held: Held) =>
    async (_parent: unknown, asked: HandArguments, context: CallContext, at: GraphQLResolveInfo) => {
      const { info, reason } = act(context, asked);
      const request = { kind: 'release', interface: info.name, held, why: reason } as const;
      noteReach(await hubHands.act(request, context), info.name, context, at);
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
      return acting.logLevels()?.map(showLevel);
    },
  };
}

/** `Query.logLevels`; null where nobody can change them, or not the caller. */
export function logLevelsField(hands: Hands | null) {
  return (_parent: unknown, _args: unknown, { caller }: CallContext) =>
    hands?.may(caller) === true ? (hands.logLevels()?.map(showLevel) ?? null) : null;
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
  if (until == null) return now + LONGEST_HOLD_MS;
  const moment = readMoment('until', until);
  if (moment > now && moment <= now + LONGEST_HOLD_MS) return moment;
  throw badInput('until', '须在现在之后的 31 天之内。', 'must be within the next 31 days.');
}

/**
 * `DataInterface.paused` and `breakerOpened`: who, why and until when, for those who may know how it is.
 *
 * @param at the field that lists it; null: it is what something was just done to, and is asked anew.
 */
export function heldField(
  info: InterfaceInfo,
  held: Held,
  { hubHands, noteAway }: { readonly hubHands: HubHands } & Pick<AwayNotes, 'noteAway'>,
  at: Pick<GraphQLResolveInfo, 'path'> | null,
) {
  return async (_args: unknown, context: CallContext) => {
    if (!isForCaller(info, context.caller)) return null;
    const pause = await hubHands[at === null ? 'now' : 'of'](info.name, held, context);
    if (at !== null) noteAway(context, at);
    return pause === null ? null : { ...pause, since: momentOf(pause.since), until: momentOf(pause.until) };
  };
}
