import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import { stringifyExact } from '../../runtime/json/exact-json.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import type { ExactPort, ExactRequest } from '../execute/exact-port.js';
import { readAnswerHead } from '../transport/answer-head.js';
import { decodeAnswer } from '../transport/decode-answer.js';
import { PostAnswer } from '../transport/exchange.js';

const HEAD = readAnswerHead(200, { 'content-type': 'application/json' });

/** What a subgraph is asked. */
interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A subgraph whose replies are bytes, as those of one behind HTTP, without a socket. */
export function bytesPort(
  name: string,
  answer: (asked: Asked, context: CallContext) => Promise<Buffer>,
): SubgraphPort & ExactPort {
  return {
    name,
    keepsDigits: true,
    execute: async (request: ExactRequest, context) => {
      const { query, variables = {}, variablesJson } = request;
      const text = variablesJson === undefined ? stringifyExact(variables) : String(variablesJson);
      const bytes = await answer({ query, variables: JSON.parse(text ?? '{}') }, context);
      try {
        return decodeAnswer(new PostAnswer(HEAD, [bytes]), request);
      } catch {
        return { errors: [publicError('SUBGRAPH_MALFORMED')] };
      }
    },
    close: () => Promise.resolve(),
  };
}
