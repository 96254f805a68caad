import type { CallContext } from '../../runtime/call/call-context.js';
import { type ErrorCode, publicError, publicReason } from '../../runtime/errors.js';
import { type InterfaceOutcome, missingOutcome } from '../port/interface-outcome.js';
import type { SubgraphPort } from '../port/subgraph-port.js';
import type { FeedPart, FeedPort, InterfaceInfo } from './feed.js';
import { type FeedRequestMessage, readFeedAnswer } from './feed-messages.js';
import type { FeedWatch } from './feed-watch.js';
import { departmentHands } from './remote-hands.js';
import { sendFeedMessage } from './send-feed-message.js';

/**
 * The feed of a department on another machine, over its hidden root field `_feed`.
 *
 * Never rejects: whatever goes wrong on the way is the outcome of the interfaces that were asked for.
 *
 * @param interfaces what the department offers, see `readRemoteInterfaces`.
 * @param reasonOf what is said of interfaces that are missing because an exchange failed with a code.
 */
export function createRemoteFeed(
  subgraph: SubgraphPort,
  interfaces: readonly InterfaceInfo[],
  reasonOf: ReasonOf = publicReason,
): FeedPort {
  const to = { subgraph, reasonOf };
  /** Those that would have taken part. */
  const askedFor = ({ kind, interfaces: names }: Asked): readonly InterfaceInfo[] =>
    interfaces.filter((info) => info.kind === kind && (names === undefined || names.includes(info.name)));
  return {
    department: subgraph.name,
    interfaces: () => interfaces,
    page: (request, context) =>
      ask(
        { operation: 'page', request, today: context.today },
        readFeedAnswer.page,
        askedFor(request),
        to,
        context,
      ),
    tally: (request, context) =>
      ask(
        { operation: 'tally', request, today: context.today },
        readFeedAnswer.tally,
        askedFor(request),
        to,
        context,
      ),
    freshness: (context) =>
      ask({ operation: 'freshness' }, readFeedAnswer.freshness, interfaces, to, context),
    standing: async (context) =>
      readFeedAnswer.standing(await answerOf(subgraph, { operation: 'standing' }, context)),
    snapshots: async (context) =>
      readFeedAnswer.snapshots(await answerOf(subgraph, { operation: 'snapshots' }, context)),
    watch: remoteWatch(subgraph),
    hands: departmentHands(subgraph),
  };
}

/** What a department on another machine knows by watching its interfaces. @throws what `publicError` makes of failures. */
function remoteWatch(subgraph: SubgraphPort): FeedWatch {
  const ask = (message: FeedRequestMessage, context: CallContext) => answerOf(subgraph, message, context);
  return {
    health: async (context) => readFeedAnswer.health(await ask({ operation: 'health' }, context)),
    serviceLevel: async (name, context) =>
      readFeedAnswer.serviceLevel(await ask({ operation: 'service-level', interface: name }, context)),
    history: async (question, context) =>
      readFeedAnswer.history(await ask({ operation: 'history', question }, context)),
    incidents: async (question, context) =>
      readFeedAnswer.incidents(await ask({ operation: 'incidents', question }, context)),
  };
}

/** @throws what `publicError` makes of it when the department does not answer. */
async function answerOf(
  subgraph: SubgraphPort,
  message: FeedRequestMessage,
  context: CallContext,
): Promise<unknown> {
  const answer = await sendFeedMessage(subgraph, message, context);
  if (answer.kind === 'failed') throw publicError(answer.code);
  return answer.data;
}

/**
 * Asks a department what it offers.
 *
 * @throws {Error} when it does not answer, or answers with something else.
 */
export async function readRemoteInterfaces(
  subgraph: SubgraphPort,
  context: CallContext,
): Promise<readonly InterfaceInfo[]> {
  const answer = await sendFeedMessage(subgraph, { operation: 'interfaces' }, context);
  if (answer.kind === 'failed') {
    throw new Error(
      `Cannot learn the interfaces of ${subgraph.name}: it must answer _feed, but failed with ${answer.code}`,
    );
  }
  return readFeedAnswer.interfaces(answer.data);
}

type Asked = Pick<Extract<FeedRequestMessage, { operation: 'page' }>['request'], 'kind' | 'interfaces'>;

type ReasonOf = (code: ErrorCode) => string;

interface Addressee {
  readonly subgraph: SubgraphPort;
  readonly reasonOf: ReasonOf;
}

async function ask<Part extends InterfaceOutcome>(
  message: FeedRequestMessage,
  read: (answer: unknown) => readonly Part[],
  asked: readonly InterfaceInfo[],
  { subgraph, reasonOf }: Addressee,
  context: CallContext,
): Promise<readonly (Part | FeedPart<never>)[]> {
  const started = performance.now();
  const missing = (code: ErrorCode): readonly FeedPart<never>[] =>
    asked.map((info) => ({
      ...missingOutcome(info, code, performance.now() - started),
      reason: reasonOf(code),
    }));
  const answer = await sendFeedMessage(subgraph, message, context);
  if (answer.kind === 'failed') return missing(answer.code);
  try {
    return read(answer.data);
  } catch {
    return missing('SUBGRAPH_MALFORMED');
  }
}
