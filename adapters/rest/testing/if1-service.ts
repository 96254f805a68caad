import { createHash, randomBytes } from 'node:crypto';
import { sendJson, startTestServer, type TestServer } from '../../web/testing/test-server.js';

export const APP_KEY = 'demoAppKey';
export const APP_SECRET = 'demoAppSecret';

/** The first-generation gateway as the domain reference describes it: a new secret ends the one before. */
export interface If1Service extends TestServer {
  /** Operations so far: `key`, `secret` or `data`. */
  readonly calls: string[];
  /** What a data call answers once its signature is right. */
  answer: (parameters: URLSearchParams) => string;
  lives: { refreshMs: number; requestMs: number };
  /** How far the gateway's clock is ahead. */
  offsetMs: number;
  endsAs: 'millis' | 'text' | 'none';
  expire(which: 'request' | 'both'): void;
}

interface Issued {
  readonly text: string;
  readonly endsAt: number;
}

export async function startIf1Service(): Promise<If1Service> {
  let [refresh, request]: (Issued | null)[] = [null, null];
  const now = () => Date.now() + service.offsetMs;
  const issue = (lifeMs: number): Issued => ({
    text: randomBytes(8).toString('hex'),
    endsAt: now() + lifeMs,
  });
  const isValid = (parameters: URLSearchParams, secret: Issued | string | null | undefined): boolean => {
    if (secret == null || (typeof secret !== 'string' && secret.endsAt <= now())) return false;
    const text = `${APP_KEY}${typeof secret === 'string' ? secret : secret.text}${parameters.get('requestTime')}`;
    return parameters.get('sign') === createHash('md5').update(text).digest('hex');
  };
  const spell = ({ endsAt }: Issued) =>
    service.endsAs === 'millis'
      ? { EndTime: String(endsAt) }
      : service.endsAs === 'text'
        ? { EndTime: new Date(endsAt + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ') }
        : {};
  const give = (): string => {
    request = issue(service.lives.requestMs);
    const datas = {
      requestSecret: request.text,
      requestSecretEndTime: spell(request).EndTime,
      refreshSecret: refresh?.text,
      refreshSecretEndTime: refresh == null ? undefined : spell(refresh).EndTime,
    };
    return JSON.stringify({ code: '00', msg: '成功', datas });
  };
  const refused = JSON.stringify({ code: '99', msg: '签名错误', dataCount: 0, data: '', datas: '' });
  const respond = (path: string, parameters: URLSearchParams): string => {
    if (path.endsWith('/refreshTokenByKey.htm')) {
      service.calls.push('key');
      if (!isValid(parameters, APP_SECRET)) return refused;
      refresh = issue(service.lives.refreshMs);
      return give();
    }
    if (path.endsWith('/refreshTokenBySec.htm')) {
      service.calls.push('secret');
      return isValid(parameters, refresh) ? give() : refused;
    }
    service.calls.push('data');
    return isValid(parameters, request) ? service.answer(parameters) : refused;
  };
  const server = await startTestServer((message, response, body) => {
    const url = new URL(message.url ?? '/', 'http://gateway');
    const parameters = message.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
    response.setHeader('date', new Date(now()).toUTCString());
    // A little later, so that calls which come together overlap.
    setTimeout(() => sendJson(response, respond(url.pathname, parameters)), 10);
  });
  const service: If1Service = {
    ...server,
    calls: [],
    answer: () => '{"code":"00","msg":"成功","dataCount":0,"data":"","datas":""}',
    lives: { refreshMs: 48 * 3_600_000, requestMs: 15 * 60_000 },
    offsetMs: 0,
    endsAs: 'millis',
    expire: (which) => {
      request = null;
      if (which === 'both') refresh = null;
    },
  };
  return service;
}
