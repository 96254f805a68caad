import { rejectionOf } from '../web/answer/rejection-of.js';
import type { Origin } from '../web/exchange.js';
import { decodeRestAnswer } from './answer/decode-rest-answer.js';
import { buildRequest, spellRequest } from './build-request.js';
import { type RestDialect, sendRest } from './rest-dialect.js';

/**
 * REST as everybody's, with some headers at most.
 *
 * @param headers names in lower case.
 */
export function createPlainDialect(origin: Origin, headers: ReadonlyMap<string, string>): RestDialect {
  return {
    kind: 'rest',
    call: async ({ definition, shape }, parameters, deadline) => {
      const answer = await sendRest(origin, buildRequest(definition, parameters), headers, deadline);
      const outcome = decodeRestAnswer(answer, shape);
      if (outcome.kind === 'rows') return outcome.answer;
      const Rejection = rejectionOf(outcome.code, outcome.message);
      throw new Rejection(
        `Cannot ${shape.action}: the source refuses with code ${outcome.code}: ${outcome.message}`,
      );
    },
    explain: (definition, parameters) => spellRequest(buildRequest(definition, parameters), origin.basePath),
  };
}
