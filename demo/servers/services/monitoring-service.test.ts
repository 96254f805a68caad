import { z } from 'zod';
import { monitoringStore } from '../../stores/environment/monitoring.js';
import { tableRows } from '../../stores/testing/decoded-rows.js';
import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import type { DemoServer } from '../demo-server.js';
import { type ServedStore, writeServedStore } from '../testing/served-store.js';
import { HOUR_DATA_PATH, startMonitoringService } from './monitoring-service.js';

let store: ServedStore;
let server: DemoServer;

beforeAll(async () => {
  store = await writeServedStore(monitoringStore);
  server = await startMonitoringService({ file: store.file });
});
afterAll(async () => {
  await server.close();
  store.remove();
});

async function ask(parameters: Readonly<Record<string, string>>, token = TICKET_TOKEN): Promise<unknown> {
  const response = await fetch(`${server.url}${HOUR_DATA_PATH}?${new URLSearchParams(parameters)}`, {
    headers: { [TICKET_HEADER]: token },
  });
  return response.json();
}

const row = z.looseObject({ DataId: z.int(), CreditCode: z.string() });
const answer = z.object({ errCode: z.literal(0), data: z.object({ records: z.int(), rows: z.array(row) }) });
const part = async (parameters: Readonly<Record<string, string>>) => answer.parse(await ask(parameters)).data;

describe('the monitoring service', () => {
  it('gives every row of its table once, part by part', async () => {
    const rows: unknown[] = [];
    for (;;) {
      const { records, rows: more } = await part({ start: String(rows.length), limit: '50' });
      rows.push(...more);
      if (more.length === 0) {
        expect(rows).toHaveLength(records);
        break;
      }
    }
    expect(rows).toEqual(
      tableRows(monitoringStore(store.world), 'HourData').map((each) => Object.fromEntries(each)),
    );
  });

  it('narrows to firms', async () => {
    const all = await part({ limit: '500' });
    const codes = [...new Set(all.rows.map(({ CreditCode }) => CreditCode))];
    const one = await part({ creditCode: codes[0] ?? '', limit: '500' });
    expect(one.records).toBeLessThan(all.records);
    expect(one.rows).toEqual(all.rows.filter(({ CreditCode }) => CreditCode === codes[0]));
    const every = await part({ creditCode: codes.join(','), limit: '500' });
    expect(every.records).toBe(all.records);
  });

  it.each<[number, string, Readonly<Record<string, string>>]>([
    [4002, 'too large a part', { limit: '501' }],
    [4002, 'a start that is no number', { start: '-1' }],
    [4003, 'too many codes', { creditCode: 'x,'.repeat(51) }],
  ])('answers with %i to %s', async (errCode, _what, parameters) => {
    expect(await ask(parameters)).toMatchObject({ success: false, errCode });
  });

  it('wants its token', async () => {
    expect(await ask({}, 'other')).toMatchObject({ errCode: 4001 });
  });
});
