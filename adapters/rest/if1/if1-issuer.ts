import { DateTime } from 'luxon';
import { COUNTY_ZONE } from '../../../runtime/clock.js';
import type { Deadline } from '../../call-deadline.js';
import { SourceMalformed } from '../../source-error.js';
import type { JsonTree } from '../../web/answer/json-tree.js';
import type { Origin } from '../../web/exchange.js';
import { decodeBody, refuseStatus } from '../answer/decode-rest-answer.js';
import { leafAt } from '../answer/json-answer.js';
import { buildRequest } from '../build-request.js';
import type { If1Config } from '../rest-config.js';
import { sendRest } from '../rest-dialect.js';
import type { SourceClock } from '../source-clock.js';
import { IF1_OK, refuseIf1 } from './if1-failure.js';
import type { IssuedSecrets, SecretIssuer } from './if1-secrets.js';
import { signedParameters } from './sign-if1.js';

const DEFAULT_FOLDER = '/gateway/app';
/** As observed (domain §1.1); they hold where the gateway does not say, or says what cannot be. */
const REFRESH_LIFE_MS = 48 * 3_600_000;
const REQUEST_LIFE_MS = 15 * 60_000;
const ACTION = 'renew the secret of the first-generation gateway';

/** The two operations of the first generation that give out secrets. */
export function createIf1Issuer(origin: Origin, config: If1Config, clock: SourceClock): SecretIssuer {
  const { appKey, appSecret, lowerCase = false, refreshPath = DEFAULT_FOLDER } = config;
  const ask = async (operation: string, secret: string, deadline: Deadline): Promise<IssuedSecrets> => {
    const request = buildRequest(
      { ...NO_ROWS, path: `${refreshPath}/${operation}.htm` },
      signedParameters(appKey, secret, Math.round(clock.sourceNow()), lowerCase),
    );
    const sentAt = Date.now();
    const answer = await sendRest(origin, request, new Map(), deadline);
    clock.observe(answer.headers.get('date'), sentAt, Date.now());
    if (answer.status !== 200) throw refuseStatus(answer, ACTION);
    return decodeIssued(decodeBody(answer, ACTION), clock.sourceNow());
  };
  return {
    byKey: (deadline) => ask('refreshTokenByKey', appSecret, deadline),
    bySecret: (refreshSecret, deadline) => ask('refreshTokenBySec', refreshSecret, deadline),
  };
}

const NO_ROWS = {
  kind: 'http',
  method: 'GET',
  send: 'query',
  fixed: new Map<string, string>(),
  ask: [],
  needs: [],
  probe: new Map<string, string>(),
  rows: [],
} as const;

/** @param now by the gateway's clock, epoch milliseconds. */
function decodeIssued(tree: JsonTree, now: number): IssuedSecrets {
  const code = leafAt(tree, 'code', ACTION);
  if (code !== IF1_OK) throw refuseIf1(code ?? 'none', leafAt(tree, 'msg', ACTION) ?? '', ACTION);
  const read = (name: string): string | null =>
    leafAt(tree, `datas.${name}`, ACTION) ?? leafAt(tree, `data.${name}`, ACTION);
  const requestSecret = read('requestSecret') ?? '';
  if (requestSecret === '') {
    throw new SourceMalformed(`Cannot ${ACTION}: the answer must hold a requestSecret, but does not`);
  }
  const refreshSecret = read('refreshSecret') ?? '';
  return {
    requestSecret,
    requestLifeMs: lifeOf(read('requestSecretEndTime'), now, REQUEST_LIFE_MS),
    refresh:
      refreshSecret === ''
        ? null
        : {
            secret: refreshSecret,
            lifeMs: lifeOf(read('refreshSecretEndTime'), now, REFRESH_LIFE_MS),
          },
  };
}

/** From now to a moment that is written as epoch milliseconds or as `yyyy-MM-dd HH:mm:ss` of the county's zone. */
function lifeOf(end: string | null, now: number, usualMs: number): number {
  if (end === null) return usualMs;
  const moment = /^\d{13}$/.test(end) ? Number(end) : DateTime.fromSQL(end, { zone: COUNTY_ZONE }).toMillis();
  const life = moment - now;
  return life > 0 && life <= usualMs * 2 ? life : usualMs;
}
