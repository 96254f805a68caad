import type { Look, LookAnswer } from './look.js';
import { type HealthPort, openHealthPort } from './open-health-port.js';

const HERE = { host: '127.0.0.1', port: 0 };
let opened: HealthPort;
const asked: Look[] = [];
/** Absent: the thread that serves is busy. */
let answer: ((look: Look) => LookAnswer) | null = null;
beforeAll(async () => {
  opened = await openHealthPort(HERE, (look) => {
    asked.push(look);
    if (answer === null) return new Promise(() => undefined);
    const own = answer;
    return Promise.resolve().then(() => own(look));
  });
});
afterAll(() => opened.close());
beforeEach(() => {
  asked.length = 0;
  answer = ({ path, headers }) => ({
    status: headers.authorization === 'Bearer good' ? 200 : 401,
    headers: { 'content-type': 'text/plain', 'x-request-id': 'mine', connection: 'close' },
    body: `${path} for ${headers.authorization}`,
  });
});

async function get(path: string, authorization?: string, init: RequestInit = {}) {
  const response = await fetch(`${opened.origin}${path}`, {
    ...init,
    headers: { cookie: 'a=b', ...(authorization !== undefined && { authorization }) },
  });
  return {
    status: response.status,
    age: response.headers.get('age'),
    headers: response.headers,
    text: await response.text(),
  };
}

describe('the port for health and metrics', () => {
  it('tells anybody that the process is alive, and nothing else', async () => {
    answer = null;
    expect(await get('/health/live')).toMatchObject({
      status: 200,
      text: expect.stringMatching(/"status":"ok"/),
    });
    expect(await get('/graphql')).toMatchObject({ status: 404 });
    expect(await get('/health/live', undefined, { method: 'POST' })).toMatchObject({ status: 405 });
    expect(asked).toEqual([]);
  });

  it.each(['/health/ready', '/metrics'])(
    'asks the gateway for %s, with what tells who asks',
    async (path) => {
      const found = await get(`${path}?x=1`, 'Bearer good');
      expect(found).toMatchObject({ status: 200, age: null, text: `${path} for Bearer good` });
      expect(found.headers.get('x-request-id')).toBe('mine');
      expect(asked).toEqual([
        { path, headers: { authorization: 'Bearer good', accept: '*/*' }, address: '127.0.0.1' },
      ]);
    },
  );

  it('gives the same caller the last answer, with its age, while the gateway is busy', async () => {
    await get('/metrics', 'Bearer good');
    answer = null;
    const again = await get('/metrics', 'Bearer good');
    expect(again).toMatchObject({ status: 200, text: '/metrics for Bearer good' });
    expect(Number(again.age)).toBeGreaterThan(0);
    expect(await get('/health/ready', 'Bearer other')).toMatchObject({
      status: 503,
      text: '{"status":"busy"}',
    });
  });

  it('keeps no refusal, and asks again what was let in', async () => {
    expect(await get('/metrics', 'Bearer bad')).toMatchObject({ status: 401 });
    answer = null;
    expect(await get('/metrics', 'Bearer bad')).toMatchObject({ status: 503 });
    answer = () => ({ status: 401, headers: {}, body: 'no more' });
    expect(await get('/metrics', 'Bearer good')).toMatchObject({ status: 401, text: 'no more' });
    answer = null;
    expect(await get('/metrics', 'Bearer good')).toMatchObject({ status: 503 });
  });

  it('says that nobody serves where the gateway fails', async () => {
    answer = () => {
      throw new Error('secret');
    };
    expect(await get('/health/ready', 'Bearer new')).toMatchObject({
      status: 503,
      text: '{"status":"busy"}',
    });
  });

  it('needs an address that is free', async () => {
    const port = Number(new URL(opened.origin).port);
    await expect(openHealthPort({ ...HERE, port }, () => new Promise(() => undefined))).rejects.toMatchObject(
      {
        code: 'EADDRINUSE',
      },
    );
  });
});
