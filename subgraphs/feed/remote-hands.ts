import type { GraphQLError } from 'graphql';
import { type ErrorCode, publicError, refusal } from '../../runtime/errors.js';
import type { SubgraphPort } from '../port/subgraph-port.js';
import type { FeedHands } from './feed-hands.js';
import { readFeedAnswer } from './feed-messages.js';
import { type FeedAnswer, sendFeedMessage } from './send-feed-message.js';

type Failed = Pick<Extract<FeedAnswer, { readonly kind: 'failed' }>, 'code' | 'said'>;

/** How a process that owns interfaces is spoken of when something could not be done. */
interface Owner {
  /** Its name as the beginning of a sentence: 「market。」. */
  readonly name: string;
  /** What to do where it refuses, Chinese first. */
  readonly refused: string;
  /** As what its failures are told. */
  codeOf(code: ErrorCode): ErrorCode;
}

/** The hands of interfaces that another process serves, over its hidden root field `_feed`. */
export function remoteHands(subgraph: SubgraphPort, owner: Owner): FeedHands {
  return {
    held: async (context) => {
      const answer = await sendFeedMessage(subgraph, { operation: 'held' }, context);
      if (answer.kind === 'failed') throw publicError(owner.codeOf(answer.code), owner.name);
      return readFeedAnswer.held(answer.data);
    },
    act: async (request, context) => {
      const answer = await sendFeedMessage(subgraph, { operation: 'hand', request }, context);
      if (answer.kind === 'failed') throw failedHand(answer, owner);
      try {
        return readFeedAnswer.done(answer.data);
      } catch {
        throw failedHand({ code: 'SUBGRAPH_MALFORMED', said: null }, owner);
      }
    },
  };
}

/** The hands of a department that another process of this county serves. */
export function departmentHands(subgraph: SubgraphPort): FeedHands {
  return remoteHands(subgraph, {
    name: `${subgraph.name}。`,
    refused:
      '其进程不接受：各进程须与网关使用同一 callerKey。Its process does not take it: all must have the callerKey of the gateway.',
    codeOf: (code) => code,
  });
}

const MAY_BE_DONE =
  '不能确定是否已执行，请用 status 查看。Whether it was done is not known: look at its status.';

function failedHand({ code: found, said }: Failed, { name, refused, codeOf }: Owner): GraphQLError {
  if (said === 'AUDIT_UNAVAILABLE') return refusal('AUDIT_UNAVAILABLE', name);
  const code = codeOf(found);
  if (code === 'FORBIDDEN') return publicError(code, `${name} ${refused}`);
  // It has read the message, and knows none like it, or has no such interface.
  const isRead = said === 'BAD_USER_INPUT';
  return publicError(code, isRead ? name : `${name} ${MAY_BE_DONE}`);
}
