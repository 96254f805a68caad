import type { Deadline } from '../../call-deadline.js';
import { rejectionOf } from '../../web/answer/rejection-of.js';
import type { HttpAnswer, Origin } from '../../web/exchange.js';
import { decodeRestAnswer, messageOf } from '../answer/decode-rest-answer.js';
import { buildRequest, type RestRequest, spellRequest } from '../build-request.js';
import type { If2Config } from '../rest-config.js';
import { type RestDialect, sendRest } from '../rest-dialect.js';
import { createSourceClock } from '../source-clock.js';
import { signIf2 } from './sign-if2.js';

/** The gateway's word for a date more than 90 s from its own. */
const CLOCK_SKEW = /^clock skew exceeded/i;

/**
 * The provincial gateway's second generation (IF-2). Requests are signed with our own date until the gateway complains
 * about it; from then on with the gateway's, as its answers show it.
 */
export function createIf2Dialect(origin: Origin, { accessKey, secretKey }: If2Config): RestDialect {
  const clock = createSourceClock();
  let isCorrecting = false;

  const send = async (request: RestRequest, deadline: Deadline): Promise<HttpAnswer> => {
    const date = new Date(isCorrecting ? clock.sourceNow() : Date.now()).toUTCString();
    const { method, query } = request;
    const path = origin.basePath + request.path;
    const headers = new Map([
      ['X-BG-HMAC-ACCESS-KEY', accessKey],
      ['X-BG-HMAC-ALGORITHM', 'hmac-sha256'],
      ['X-BG-HMAC-SIGNATURE', signIf2({ method, path, query, accessKey, date }, secretKey)],
      ['X-BG-DATE-TIME', date],
    ]);
    const sentAt = Date.now();
    const answer = await sendRest(origin, request, headers, deadline);
    clock.observe(answer.headers.get('date'), sentAt, Date.now());
    return answer;
  };

  return {
    kind: 'if2',
    call: async ({ definition, shape }, parameters, deadline) => {
      const request = buildRequest(definition, parameters);
      let answer = await send(request, deadline);
      if (isSkewed(answer, shape.action) && clock.skewMs() !== null) {
        isCorrecting = true;
        answer = await send(request, deadline);
      }
      const outcome = decodeRestAnswer(answer, shape);
      if (outcome.kind === 'rows') return outcome.answer;
      const Rejection = rejectionOf(outcome.code, outcome.message);
      throw new Rejection(
        `Cannot ${shape.action}: the source refuses with code ${outcome.code}: ${outcome.message}`,
      );
    },
    explain: (definition, parameters) =>
      `${spellRequest(buildRequest(definition, parameters), origin.basePath)}\n-- 签名标头 / signed by headers: X-BG-HMAC-ACCESS-KEY, X-BG-HMAC-ALGORITHM, X-BG-HMAC-SIGNATURE, X-BG-DATE-TIME`,
    stats: () => {
      const skew = clock.skewMs();
      return skew === null ? {} : { clockSkewMs: Math.round(skew) };
    },
  };
}

function isSkewed(answer: HttpAnswer, action: string): boolean {
  return answer.status === 401 && CLOCK_SKEW.test(messageOf(answer, action));
}
