import type { ReadOutcome } from '../../web/answer/read-answer.js';
import type { Origin } from '../../web/exchange.js';
import { decodeRestAnswer } from '../answer/decode-rest-answer.js';
import { buildRequest, spellRequest } from '../build-request.js';
import type { If1Config } from '../rest-config.js';
import { type RestDialect, sendRest } from '../rest-dialect.js';
import { createSourceClock } from '../source-clock.js';
import { IF1_OK, isSecretTrouble, refuseIf1 } from './if1-failure.js';
import { createIf1Issuer } from './if1-issuer.js';
import { shareIf1Secrets } from './share-if1-secrets.js';
import { signedParameters } from './sign-if1.js';
import { stateMatter } from './state-matter.js';

/** How every interface of this generation tells success, unless its mapping says otherwise. */
const USUAL_OUTCOME = { path: 'code', ok: [IF1_OK], none: [], message: 'msg' };

/**
 * The provincial gateway's first generation (IF-1). A request that is refused because of its secret is sent once more
 * with a new one, dated by the gateway's clock.
 */
export function createIf1Dialect(origin: Origin, config: If1Config): RestDialect {
  const { appKey, appSecret, lowerCase = false } = config;
  const lease = shareIf1Secrets(config.url, appKey, appSecret);
  const clock = createSourceClock();
  const issuer = createIf1Issuer(origin, config, clock);

  return {
    kind: 'if1',
    call: async ({ definition, shape }, parameters, deadline, purpose) => {
      const usual = {
        ...shape,
        count: 'dataCount',
        definition: { ...definition, outcome: definition.outcome ?? USUAL_OUTCOME },
      };
      const stated = stateMatter(parameters, purpose, shape.action);
      const send = async (secret: string): Promise<ReadOutcome> => {
        const signed = signedParameters(appKey, secret, Math.round(clock.sourceNow()), lowerCase);
        const request = buildRequest(definition, new Map([...stated, ...signed]));
        const sentAt = Date.now();
        const answer = await sendRest(origin, request, new Map(), deadline);
        clock.observe(answer.headers.get('date'), sentAt, Date.now());
        return decodeRestAnswer(answer, usual);
      };
      const secret = await lease.secrets.current(issuer, deadline);
      let outcome = await send(secret);
      if (outcome.kind === 'refused' && isSecretTrouble(outcome.code, outcome.message)) {
        outcome = await send(await lease.secrets.current(issuer, deadline, secret));
      }
      if (outcome.kind === 'rows') return outcome.answer;
      throw refuseIf1(outcome.code, outcome.message, shape.action);
    },
    explain: (definition, parameters) =>
      `${spellRequest(buildRequest(definition, parameters), origin.basePath)}\n-- 签名参数 / signed by parameters: appKey, requestTime, sign`,
    stats: () => {
      const [skew, secretEndsAt] = [clock.skewMs(), lease.secrets.endsAt];
      return {
        ...(skew !== null && { clockSkewMs: Math.round(skew) }),
        ...(secretEndsAt !== null && { secretEndsAt }),
      };
    },
    release: () => lease.release(),
  };
}
