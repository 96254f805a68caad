import { z } from 'zod';
import { caseDetailStore } from '../../stores/cases/case-detail.js';
import { positionsStore } from '../../stores/marine/positions.js';
import { IF2_ACCESS_KEY, IF2_SECRET_KEY } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { CASE_DETAIL_PATH, openCaseDetailService } from '../services/case-detail-service.js';
import { openPositionService, POSITION_PATH } from '../services/position-service.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { startIf2Gateway } from './if2-gateway.js';
import { signIf2 } from './if2-signature.js';

const NOW = Date.UTC(2026, 5, 30, 4);
let positions: ServedStore;
let cases: ServedStore;
let server: DemoServer;

beforeAll(async () => {
  positions = await writeServedStore(positionsStore);
  cases = await writeServedStore(caseDetailStore);
  const routes = new Map([
    [POSITION_PATH, openPositionService(positions.file)],
    [CASE_DETAIL_PATH, openCaseDetailService(cases.file)],
  ]);
  server = await startIf2Gateway({ routes, now: () => NOW });
});
afterAll(async () => {
  await server.close();
  positions.remove();
  cases.remove();
});

const fixesSent = z.object({
  data: z.array(z.looseObject({ shipCode: z.string(), lon: z.int(), lat: z.int() })),
});

interface Call {
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly at?: number;
  readonly query?: string;
}

async function call(path: string, options: Call = {}): Promise<{ status: number; body: unknown }> {
  const { accessKey = IF2_ACCESS_KEY, secretKey = IF2_SECRET_KEY, at = NOW, query = '' } = options;
  const date = new Date(at).toUTCString();
  const headers = {
    'X-BG-HMAC-ACCESS-KEY': accessKey,
    'X-BG-HMAC-ALGORITHM': 'hmac-sha256',
    'X-BG-HMAC-SIGNATURE': signIf2(secretKey, { method: 'GET', path, query, accessKey, date }),
    'X-BG-DATE-TIME': date,
  };
  const response = await fetch(`${server.url}${path}?${query}`, { headers });
  return { status: response.status, body: await response.json() };
}

describe('signIf2()', () => {
  it('is the test vector of domain §1.1', () => {
    const path = '/restapi/prod/IC33000020220228000002/demo';
    const date = 'Tue, 09 Nov 2021 08:49:20 GMT';
    const signed = { method: 'POST', path, query: 'b=2&a=1', accessKey: 'AK-DEMO', date };
    expect(signIf2('SK-DEMO', signed)).toBe('kkbFvgn7XrfZqjgJ9BCNZTWGqvP8MUcbC3So5tRVS7o=');
  });
});

describe('the second gateway', () => {
  it.each<[string, Call, string]>([
    ['Invalid access key', { accessKey: 'AK-OTHER' }, POSITION_PATH],
    ['Clock skew exceeded', { at: NOW - 91_000 }, POSITION_PATH],
    ['Clock skew exceeded', { at: NOW + 8 * 3_600_000 }, POSITION_PATH],
    ['Invalid signature', { secretKey: 'SK-OTHER' }, POSITION_PATH],
    ['The route_id is forbidden.', {}, '/restapi/prod/IC33000020990101000001/x'],
  ])('refuses with "%s"', async (message, options, path) => {
    expect(await call(path, options)).toEqual({ status: 401, body: { message } });
  });

  it('lets a clock be 90 s off, and goes by its own when that is wrong', async () => {
    expect((await call(CASE_DETAIL_PATH, { at: NOW + 90_000, query: 'caseCode=x' })).status).toBe(200);
    await server.inject({ clockOffsetMs: 300_000 });
    expect((await call(CASE_DETAIL_PATH, { query: 'caseCode=x' })).status).toBe(401);
    expect((await call(CASE_DETAIL_PATH, { at: NOW + 300_000, query: 'caseCode=x' })).status).toBe(200);
    await server.inject(null);
  });

  it('passes on what stands behind it as it is: the last fixes of up to 50 vessels', async () => {
    const { vessels, positions: fixes } = positions.world;
    const codes = vessels.map(({ vesselCode }) => vesselCode);
    const { body } = await call(POSITION_PATH, { query: `v=1&shipCodes=${codes.join(',')}` });
    expect(body).toMatchObject({ success: true, code: '200' });
    const newest = new Map(fixesSent.parse(body).data.map((row) => [row.shipCode, row]));
    expect(newest.size).toBe(fixes.length);
    for (const { vessel, at, lon, lat, speedKn } of fixes) {
      const row = newest.get(codes[vessel] ?? '');
      const degrees = [row?.lon, row?.lat].map((part) => Number(part) / 600_000).sort((a, b) => b - a);
      expect(row).toMatchObject({ utc: at, sog: Math.round(Number(speedKn) * 10) });
      expect(degrees[0]).toBeCloseTo(lon, 5);
      expect(degrees[1]).toBeCloseTo(lat, 5);
    }
    const many = await call(POSITION_PATH, { query: `shipCodes=${'1,'.repeat(51)}` });
    expect(many).toMatchObject({ status: 200, body: { success: false, code: '400' } });
  });

  it('gives one case with its documents, nested, and says when there is none', async () => {
    const [wanted] = [...cases.world.cases].filter(
      ({ heldBy, closedAt }) => heldBy === 'cases' && closedAt !== null,
    );
    const caseCode = wanted?.caseCode ?? '';
    const { body } = await call(CASE_DETAIL_PATH, { query: `caseCode=${encodeURIComponent(caseCode)}` });
    expect(body).toMatchObject({
      code: 0,
      data: {
        caseCode,
        hearing: { applied: expect.any(String) },
        review: expect.any(Object),
        execution: { result: expect.any(String) },
        documentCount: 5,
        documents: expect.arrayContaining([{ name: '结案报告', number: null, date: wanted?.closedAt }]),
      },
    });
    expect((await call(CASE_DETAIL_PATH, { query: 'caseCode=none' })).body).toMatchObject({
      code: 404,
      data: null,
    });
  });
});
