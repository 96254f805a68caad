import { z } from 'zod';
import { grassrootsStore } from '../../stores/grassroots/grassroots.js';
import { namedRows } from '../../stores/testing/surviving-rows.js';
import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { EVENTS_PATH, STEPS_PATH, startGrassrootsService } from './grassroots-service.js';

let store: ServedStore;
let server: DemoServer;

beforeAll(async () => {
  store = await writeServedStore(grassrootsStore);
  server = await startGrassrootsService({ file: store.file });
});
afterAll(async () => {
  await server.close();
  store.remove();
});

async function ask(path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
  const headers = { [TICKET_HEADER]: TICKET_TOKEN };
  return (await fetch(`${server.url}${path}?${new URLSearchParams(parameters)}`, { headers })).json();
}

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const answer = z.object({
  success: z.literal(true),
  content: z.object({ page: z.object({ totalRows: z.int() }), rows: z.array(row) }),
});

const list = async (path: string, parameters: Readonly<Record<string, string>>) =>
  answer.parse(await ask(path, parameters)).content;

describe('the service of the four platforms', () => {
  it.each([
    [EVENTS_PATH, 'sj', 'xh'],
    [STEPS_PATH, 'sjlc', 'lcid'],
  ])('gives every row of %s once, page by page', async (path, table, key) => {
    const held = namedRows(grassrootsStore(store.world), table);
    const seen: z.infer<typeof row>[] = [];
    for (let pageNo = 1; seen.length < held.length; pageNo += 1) {
      const { page, rows } = await list(path, { pageNo: String(pageNo), pageRows: '40' });
      expect(page.totalRows).toBe(held.length);
      seen.push(...rows);
    }
    const byKey = (a: z.infer<typeof row>, b: z.infer<typeof row>) => Number(a[key]) - Number(b[key]);
    expect(seen.sort(byKey)).toEqual(held.map((cells) => Object.fromEntries(cells)));
  });

  it('narrows to numbers and to times, both included', async () => {
    const { rows } = await list(EVENTS_PATH, { pageRows: '200' });
    const [first, second] = [String(rows[0]?.sjbh), String(rows[9]?.sjbh)];
    const steps = await list(STEPS_PATH, { sjbhs: `${first},${second}` });
    expect(new Set(steps.rows.map(({ sjbh }) => sjbh))).toEqual(new Set([first, second]));
    const [sbsjz, sbsjq] = [String(rows[3]?.sbsj), String(rows[9]?.sbsj)];
    const between = await list(EVENTS_PATH, { sbsjq, sbsjz, pageRows: '200' });
    const expected = rows.filter(({ sbsj }) => String(sbsj) >= sbsjq && String(sbsj) <= sbsjz);
    expect(between.rows).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });

  it('says in its own words what it does not understand', async () => {
    expect(await ask(EVENTS_PATH, { pageRows: '201' })).toEqual({
      success: false,
      errorCode: 'E400',
      errorMsg: 'pageRows必须在1到200之间',
      content: null,
    });
  });
});
