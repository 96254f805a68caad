import { z } from 'zod';
import { hotlineStore } from '../../stores/hotline/hotline.js';
import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { openStoreFile } from '../store-file.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { startTicketService, TICKETS_PATH } from './ticket-service.js';

let store: ServedStore;
let server: DemoServer;

beforeAll(async () => {
  store = await writeServedStore(hotlineStore);
  server = await startTicketService({ file: store.file });
});
afterAll(async () => {
  await server.close();
  store.remove();
});

type Parameters = Readonly<Record<string, string>>;

async function ask(parameters: Parameters, token = TICKET_TOKEN): Promise<unknown> {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`${server.url}${TICKETS_PATH}?${query}`, {
    headers: { [TICKET_HEADER]: token },
  });
  return response.json();
}

const ticket = z.looseObject({
  xh: z.int(),
  gdbh: z.string(),
  lysj: z.string(),
  bfydxdm: z.string().nullable(),
});
const page = z.object({
  code: z.literal(200),
  result: z.object({ total: z.int(), pageNum: z.int(), pageSize: z.int(), list: z.array(ticket) }),
});

const list = async (parameters: Parameters) => page.parse(await ask(parameters)).result;

describe('the ticket service', () => {
  it('gives every ticket once, newest entry first, page by page', async () => {
    const file = openStoreFile(store.file);
    const total = file.count('SELECT count(*) FROM gd');
    file.close();
    const seen: z.infer<typeof ticket>[] = [];
    for (let pageNum = 1; seen.length < total; pageNum += 1) {
      const result = await list({ pageNum: String(pageNum), pageSize: '20' });
      expect(result).toMatchObject({ total, pageNum, pageSize: 20 });
      expect(result.list).toHaveLength(Math.min(20, total - seen.length));
      seen.push(...result.list);
    }
    expect(new Set(seen.map(({ xh }) => xh)).size).toBe(total);
    const times = seen.map(({ lysj }) => lysj);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('narrows to times, both included', async () => {
    const all = await list({ pageSize: '500' });
    const [endTime = '', beginTime = ''] = [all.list[2]?.lysj, all.list[8]?.lysj];
    const between = await list({ beginTime, endTime, pageSize: '500' });
    expect(between.list.length).toBeGreaterThan(6);
    expect(between.list).toEqual(all.list.filter(({ lysj }) => lysj >= beginTime && lysj <= endTime));
  });

  it('narrows to numbers and to targets', async () => {
    const all = await list({ pageSize: '500' });
    const numbers = [all.list[2]?.gdbh, all.list[20]?.gdbh];
    const two = await list({ gdbh: numbers.join(',') });
    expect(new Set(two.list.map(({ gdbh }) => gdbh))).toEqual(new Set(numbers));
    const code = all.list.find(({ bfydxdm }) => bfydxdm?.length === 18)?.bfydxdm ?? '';
    const about = await list({ bfydxdm: code });
    expect(new Set(about.list.map(({ bfydxdm }) => bfydxdm))).toEqual(new Set([code]));
  });

  it.each<[number, string, Parameters]>([
    [400, 'page 0', { pageNum: '0' }],
    [400, 'too large a page', { pageSize: '501' }],
    [400, 'a time that is none', { beginTime: '2026-01-01' }],
    [400, 'too many numbers', { gdbh: 'x,'.repeat(101) }],
  ])('answers with code %i to %s', async (code, _what, parameters) => {
    expect(await ask(parameters)).toMatchObject({ code, result: null });
  });

  it('wants its token', async () => {
    expect(await ask({}, 'other')).toMatchObject({ code: 401 });
    await server.inject({ expiredSecret: true });
    expect(await ask({})).toMatchObject({ code: 401 });
    await server.inject(null);
    expect(await ask({})).toMatchObject({ code: 200 });
  });
});
