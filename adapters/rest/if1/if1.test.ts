import { wideBounds } from '../../testing/contract-bounds.js';
import { APP_KEY, APP_SECRET, type If1Service, startIf1Service } from '../testing/if1-service.js';
import { openEndpoint, type TestEndpoint } from '../testing/open-endpoint.js';

const ADDITIONAL = '{"powerMatters":"许可-00001","subPowerMatters":"","accesscardId":"330922199001010017"}';
const PERSON = { tyshxydm: '91330922MA28K00156', frmc: '嵊泗县枸杞海洋贻贝有限公司', zczb: 100.5 };

let service: If1Service;
let endpoint: TestEndpoint;
const opened: TestEndpoint[] = [];

function open(
  fixed: Readonly<Record<string, string>> = { additional: ADDITIONAL },
  appSecret = APP_SECRET,
): TestEndpoint {
  const one = openEndpoint(
    { dialect: 'if1', url: service.url, appKey: APP_KEY, appSecret },
    {
      method: 'POST',
      send: 'form',
      path: '/gateway/api/001/dataSharing/bf2Tq0d7ceo3RZ51.htm',
      fixed: new Map(Object.entries(fixed)),
      ask: [{ param: 'tyshxydm', column: 'tyshxydm', by: 'key' }],
      needs: ['tyshxydm'],
      probe: new Map([['tyshxydm', PERSON.tyshxydm]]),
      rows: ['datas', 'data'],
    },
    ['tyshxydm', 'frmc', 'zczb'],
  );
  opened.push(one);
  return one;
}

beforeEach(async () => {
  service = await startIf1Service();
  service.answer = (parameters) =>
    JSON.stringify({
      code: '00',
      msg: '成功',
      data: '',
      datas: [{ ...PERSON, tyshxydm: parameters.get('tyshxydm') }],
    });
  endpoint = open();
});
afterEach(async () => {
  for (const { connection } of opened.splice(0)) await connection.close();
  await service.close();
});

const whereKeys = (...values: string[]) => ({ kind: 'in', column: 'tyshxydm', values }) as const;
const ONE = whereKeys(PERSON.tyshxydm);
const ROW = [[PERSON.tyshxydm, PERSON.frmc, '100.5']];

describe('the legal matter of an IF-1 call', () => {
  const statedBy = async (one: TestEndpoint, ...purposes: readonly (string | undefined)[]) => {
    const stated: unknown[] = [];
    const { answer } = service;
    service.answer = (parameters) => {
      stated.push(JSON.parse(parameters.get('additional') ?? 'null'));
      return answer(parameters);
    };
    for (const purpose of purposes) await one.read(ONE, purpose === undefined ? {} : { purpose });
    return stated;
  };

  it('is the one that the caller names; all else that the mapping states stays', async () => {
    const own = JSON.parse(ADDITIONAL) as Readonly<Record<string, string>>;
    expect(await statedBy(endpoint, '处罚-00100-000', undefined, '许可-00002-001')).toEqual([
      { ...own, powerMatters: '处罚-00100-000' },
      own,
      { ...own, powerMatters: '许可-00002-001' },
    ]);
  });

  it('takes the part of a matter that the mapping names along with it, and stands alone where it names none', async () => {
    const parted = open({ additional: '{"powerMatters":"许可-1","subPowerMatters":"许可-1-2"}' });
    expect(await statedBy(parted, '许可-2')).toEqual([{ powerMatters: '许可-2', subPowerMatters: '' }]);
    expect(await statedBy(open({}), '许可-3')).toEqual([{ powerMatters: '许可-3' }]);
  });

  it('is never another than the caller’s: a mapping that leaves no room for it is refused', async () => {
    await expect(open({ additional: '许可-00001' }).read(ONE, { purpose: '许可-2' })).rejects.toThrow(
      /additional must be a JSON object/,
    );
  });

  it('is none of whoever looks whether the source answers', async () => {
    const probed: string[] = [];
    service.answer = (parameters) => {
      probed.push(parameters.get('additional') ?? '');
      return '{"code":"00","msg":"成功","dataCount":0,"data":"","datas":""}';
    };
    await endpoint.adapter.probe({ ...wideBounds(), purpose: '处罚-00100-000' });
    expect(probed).toEqual([ADDITIONAL]);
  });
});

describe('an IF-1 connection and its secrets', () => {
  it('logs in once, however many calls come at once over however many connections', async () => {
    const other = open();
    const keys = Array.from({ length: 12 }, (_, index) => `91330922MA28K001${index + 10}`);
    const [rows] = await Promise.all([endpoint.read(whereKeys(...keys)), other.read(ONE), other.read(ONE)]);
    expect(rows).toHaveLength(12);
    expect(service.calls.filter((call) => call !== 'data')).toEqual(['key']);
    expect(service.calls.filter((call) => call === 'data')).toHaveLength(14);
  });

  it.each(['millis', 'text', 'none'] as const)(
    'tells when the secret ends, by ends as %s',
    async (endsAs) => {
      service.endsAs = endsAs;
      await endpoint.read(ONE);
      const endsAt = endpoint.connection.stats?.().secretEndsAt?.getTime() ?? 0;
      expect(Math.abs(endsAt - Date.now() - 15 * 60_000)).toBeLessThan(10_000);
    },
  );

  it('sends a call once more with a new secret when the gateway no longer takes the old', async () => {
    await endpoint.read(ONE);
    service.expire('request');
    const answers = await Promise.all([endpoint.read(ONE), endpoint.read(ONE), endpoint.read(ONE)]);
    expect(answers).toEqual([ROW, ROW, ROW]);
    expect(service.calls.filter((call) => call !== 'data')).toEqual(['key', 'secret']);
    service.calls.length = 0;
    service.expire('both');
    expect(await endpoint.read(ONE)).toEqual(ROW);
    expect(service.calls).toEqual(['data', 'secret', 'key', 'data']);
  });

  it('is not thrown off by a gateway whose clock is five minutes or five hours away', async () => {
    for (const offsetMs of [300_000, -300_000, 5 * 3_600_000]) {
      service.offsetMs = offsetMs;
      service.expire('both');
      expect(await endpoint.read(ONE)).toEqual(ROW);
      service.calls.length = 0;
      expect(await endpoint.read(ONE)).toEqual(ROW);
      expect(service.calls).toEqual(['data']);
    }
  });

  it('reports a wrong permanent secret as CredentialsRefused, and leaves the right one alone', async () => {
    await endpoint.read(ONE);
    await expect(open(undefined, 'wrong').read(ONE)).rejects.toMatchObject({
      code: 'SOURCE_CREDENTIALS_REFUSED',
    });
    expect(await endpoint.read(ONE)).toEqual(ROW);
  });

  it('renews for those who stay when the one leaves who came first', async () => {
    const leaver = new AbortController();
    const first = endpoint.read(ONE, { signal: leaver.signal });
    const second = endpoint.read(ONE);
    setTimeout(() => leaver.abort(), 3);
    await expect(first).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
    expect(await second).toEqual(ROW);
  });
});

describe('an IF-1 answer', () => {
  it.each([
    ['datas as a list', { code: '00', datas: [PERSON], data: '' }],
    ['datas as JSON inside JSON', { code: '00', datas: JSON.stringify([PERSON]), data: '' }],
    ['data as one object', { code: '00', data: PERSON }],
    ['data as an object inside JSON', { code: '00', data: JSON.stringify(PERSON), datas: null }],
    ['rows that are each JSON inside JSON', { code: '00', data: [JSON.stringify(PERSON)], datas: '' }],
  ])('is read with %s', async (_, answer) => {
    service.answer = () => JSON.stringify(answer);
    expect(await endpoint.read(ONE)).toEqual(ROW);
  });

  it.each([
    { datas: '' },
    { datas: null },
    { datas: [] },
    { datas: '[]' },
    { data: {} },
    { data: 'null', datas: '' },
  ])('holds no row with %j', async (answer) => {
    service.answer = () => JSON.stringify({ code: '00', ...answer });
    expect(await endpoint.read(ONE)).toEqual([]);
  });

  it.each([
    ['96', '数据错误', 'SOURCE_REJECTED'],
    ['97', '缺少参数', 'SOURCE_REJECTED'],
    ['98', '参数类型错误', 'SOURCE_REJECTED'],
    ['99', '系统异常', 'SOURCE_UNAVAILABLE'],
    ['99', '接口不存在或未授权', 'SOURCE_CREDENTIALS_REFUSED'],
    ['99', '签名错误', 'SOURCE_CREDENTIALS_REFUSED'],
  ])('with code %s and %s under HTTP 200 is %s', async (code, msg, expected) => {
    service.answer = () => JSON.stringify({ code, msg, dataCount: 0, data: '', datas: '' });
    await expect(endpoint.read(ONE)).rejects.toMatchObject({ code: expected });
  });

  it('without code or without rows is SourceMalformed', async () => {
    for (const answer of [
      { datas: [] },
      { code: '00' },
      { code: '00', dataCount: 1, data: '', rows: [PERSON] },
      { code: '00', datas: '{"broken' },
    ]) {
      service.answer = () => JSON.stringify(answer);
      await expect(endpoint.read(ONE)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
    }
  });

  it('about another subject than asked for is SourceMalformed', async () => {
    service.answer = () =>
      JSON.stringify({ code: '00', datas: [{ ...PERSON, tyshxydm: '91330922MA28K99999' }] });
    await expect(endpoint.read(ONE)).rejects.toMatchObject({ code: 'SOURCE_MALFORMED' });
  });

  it('cannot be had without a key: the refusal says what to filter by', async () => {
    await expect(endpoint.read()).rejects.toMatchObject({
      code: 'SOURCE_REJECTED',
      filterBy: ['tyshxydm'],
      detail: expect.stringContaining('filter by'),
    });
  });

  it('is looked at by the probe values', async () => {
    const { adapter } = endpoint;
    const shape = await adapter.describe('test.rows', {
      signal: new AbortController().signal,
      timeoutMs: 5000,
      maxBytes: 1e6,
    });
    expect(shape.columns.map(({ name }) => name)).toEqual(['tyshxydm', 'frmc', 'zczb']);
  });
});
