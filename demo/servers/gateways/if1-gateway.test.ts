import { z } from 'zod';
import { legalPersonStore } from '../../stores/registry/legal-person.js';
import { IF1_APP_KEY, IF1_APP_SECRET } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { LEGAL_PERSON_PATH, OLD_LEGAL_PERSON_PATH, startIf1Gateway } from './if1-gateway.js';
import { signIf1 } from './if1-secrets.js';

let store: ServedStore;
let server: DemoServer;
let now = Date.UTC(2026, 5, 30);

beforeAll(async () => {
  store = await writeServedStore(legalPersonStore);
});
afterAll(() => store.remove());
beforeEach(async () => {
  server = await startIf1Gateway({ file: store.file, now: () => now });
});
afterEach(() => server.close());

type Parameters = Readonly<Record<string, string>>;

const answered = z.looseObject({
  code: z.string(),
  msg: z.string(),
  data: z.unknown().optional(),
  datas: z.unknown().optional(),
});
const secrets = z.object({
  requestSecret: z.string(),
  requestSecretEndTime: z.int(),
  refreshSecret: z.string(),
  refreshSecretEndTime: z.int(),
});

async function call(path: string, secret: string, more: Parameters = {}): Promise<z.infer<typeof answered>> {
  const requestTime = String(now);
  const parameters = {
    appKey: IF1_APP_KEY,
    requestTime,
    sign: signIf1(IF1_APP_KEY, secret, requestTime),
    ...more,
  };
  const response = await fetch(server.url + path, { method: 'POST', body: new URLSearchParams(parameters) });
  expect(response.status).toBe(200);
  return answered.parse(await response.json());
}

const logIn = async () =>
  secrets.parse((await call('/gateway/app/refreshTokenByKey.htm', IF1_APP_SECRET)).datas);
const additional = JSON.stringify({ powerMatters: '330922-XZJC-001', sponsorName: '测试' });
const known = (): string => store.world.organisations.find(({ uscc }) => uscc !== null)?.uscc ?? '';
const lookUp = (secret: string, more: Parameters = {}) =>
  call(LEGAL_PERSON_PATH, secret, { additional, tyshxydm: known(), ...more });

describe('signIf1()', () => {
  it('is the test vector of domain §1.1', () => {
    expect(signIf1('demoAppKey', 'demoRequestSecret', '1636447760000')).toBe(
      'ea6896b63ccea1500f9fb0aef884c311',
    );
  });
});

describe('the first gateway', () => {
  it('gives one legal person as JSON inside JSON, and the older interface as a list', async () => {
    const { requestSecret, requestSecretEndTime, refreshSecretEndTime } = await logIn();
    expect(requestSecretEndTime - now).toBe(15 * 60_000);
    expect(refreshSecretEndTime - now).toBe(48 * 3_600_000);
    const answer = await lookUp(requestSecret);
    expect(answer).toMatchObject({ code: '00', dataCount: 1, data: '', datas: expect.any(String) });
    expect(JSON.parse(String(answer.datas))).toEqual([expect.objectContaining({ tyshxydm: known() })]);
    const older = await call(OLD_LEGAL_PERSON_PATH, requestSecret, { additional, tyshxydm: known() });
    expect(older.data).toEqual(JSON.parse(String(answer.datas)));
  });

  it('answers a code that nobody has with success and nothing', async () => {
    const { requestSecret } = await logIn();
    const answer = await lookUp(requestSecret, { tyshxydm: '91330922MA00000000' });
    expect(answer).toMatchObject({ code: '00', dataCount: 0, datas: '' });
  });

  it.each<[string, string, Parameters]>([
    ['97', 'a missing key', { tyshxydm: '' }],
    ['97', 'no legal matter', { additional: '{"powerMatters":""}' }],
    ['97', 'a matter that is no JSON', { additional: 'x' }],
    ['98', 'a time that is no number', { requestTime: 'now' }],
    ['98', 'a key that is far too long', { tyshxydm: '9'.repeat(65) }],
    ['99', 'an application that it does not know', { appKey: 'other' }],
    ['99', 'a wrong signature', { sign: '0' }],
  ])('refuses with code %s %s', async (code, _what, more) => {
    const { requestSecret } = await logIn();
    expect(await lookUp(requestSecret, more)).toMatchObject({ code, dataCount: 0 });
  });

  it('ends a request secret after a quarter of an hour, which the refresh secret renews for two days', async () => {
    const { requestSecret, refreshSecret } = await logIn();
    now += 15 * 60_000;
    expect(await lookUp(requestSecret)).toMatchObject({ code: '99', msg: expect.stringContaining('过期') });
    const { datas } = await call('/gateway/app/refreshTokenBySec.htm', refreshSecret);
    expect((await lookUp(secrets.parse(datas).requestSecret)).code).toBe('00');
    now += 48 * 3_600_000;
    expect((await call('/gateway/app/refreshTokenBySec.htm', refreshSecret)).code).toBe('99');
  });

  it('ends the secret before with every renewal, and all of them when told to', async () => {
    const first = await logIn();
    const second = await logIn();
    expect((await lookUp(first.requestSecret)).code).toBe('99');
    expect((await lookUp(second.requestSecret)).code).toBe('00');
    await server.inject({ expiredSecret: true });
    expect((await lookUp(second.requestSecret)).code).toBe('99');
    expect((await lookUp((await logIn()).requestSecret)).code).toBe('00');
  });
});
