import { SourceError, SourceUnavailable } from '../../adapters/source-error.js';
import { type CallContext, identityOf, onCallOver } from '../../runtime/call/call-context.js';
import type { Talk } from '../../runtime/talk/talk.js';
import type { ToldInterface } from '../../subgraphs/engine/follow/county-keeper.js';
import { readFailure } from '../../subgraphs/engine/follow/written-failure.js';
import type { FollowedKeeper } from '../open-county.js';
import type { AskedSource, CountyAnswers, CountyFacts, SourceAnswer } from './county-talk.js';

/** The process that keeps a county, as one edition of it sees it that follows. */
export interface FollowedEdition extends FollowedKeeper {
  /** Takes what it was told. */
  take(changed: readonly ToldInterface[]): void;
}

let lastCall = 0;

/** @param talk with the process that keeps the county. */
export function followEdition(
  { edition, told: first }: Pick<CountyFacts, 'edition' | 'told'>,
  talk: Talk<CountyAnswers>,
): FollowedEdition {
  const told = new Map<string, ToldInterface>();
  const take = (changed: readonly ToldInterface[]): void => {
    for (const one of changed) told.set(one.interface, one);
  };
  take(first);
  const ask = async <T>(name: string, asked: AskedSource, context: CallContext): Promise<T> => {
    lastCall += 1;
    const id = lastCall;
    const call = { id, ...identityOf(context), deadline: context.deadline };
    const stop = onCallOver(context, () => void talk.ask('leaveSource', id).catch(() => undefined));
    try {
      return answerIn<T>(await talk.ask('askSource', edition, name, asked, call).catch(keeperFailed));
    } finally {
      stop();
    }
  };
  return {
    take,
    told: (name) => told.get(name) ?? null,
    read: (name, request, context) => ask(name, { kind: 'read', request }, context),
    tally: (name, request, context) => ask(name, { kind: 'tally', request }, context),
    describe: (name, object, context) => ask(name, { kind: 'describe', object }, context),
    readSnapshot: async (name, kind) => {
      const now = await talk.ask('readSnapshot', edition, name, kind).catch(() => null);
      if (now !== null) take([now]);
    },
    settle: async (name) => {
      const failure = await talk.ask('settleDrops', edition, name);
      const error = failure === null ? null : readFailure(failure);
      return error instanceof SourceError ? error : null;
    },
    drops: () => talk.ask('drops', edition),
    buildIndex: () => talk.ask('buildIndex', edition),
  };
}

/** @throws {SourceUnavailable} */
function keeperFailed(cause: unknown): never {
  throw new SourceUnavailable(
    'Cannot ask the source: the process that keeps the county must ask it, but could not',
    { cause },
  );
}

/** @throws {SourceError} the source's own. */
function answerIn<T>(said: SourceAnswer): T {
  if ('failure' in said) throw readFailure(said.failure);
  return said.answer as T;
}
