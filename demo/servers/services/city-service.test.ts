import { z } from 'zod';
import { cityStore } from '../../stores/city/city.js';
import { namedRows } from '../../stores/testing/surviving-rows.js';
import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import { writeServedStore } from '../testing/served-store.js';
import { startCityService, TASKS_PATH } from './city-service.js';

const answer = z.object({
  resultCode: z.literal('0000'),
  result: z.object({ count: z.int(), tasks: z.array(z.looseObject({ ID: z.int() })) }),
});

it('the service of the smart city gives every task once, from one place to the next, and says what it does not understand', async () => {
  const store = await writeServedStore(cityStore);
  const server = await startCityService({ file: store.file });
  const ask = async (query: string): Promise<unknown> => {
    const headers = { [TICKET_HEADER]: TICKET_TOKEN };
    return (await fetch(`${server.url}${TASKS_PATH}?${query}`, { headers })).json();
  };
  try {
    const held = namedRows(cityStore(store.world), 'EUMS_TASK').map((cells) => Object.fromEntries(cells));
    expect(held.length).toBeGreaterThan(20);
    const seen: unknown[] = [];
    while (seen.length < held.length) {
      const { result } = answer.parse(await ask(`start=${seen.length}&limit=10`));
      expect(result.count).toBe(held.length);
      seen.push(...result.tasks);
    }
    expect(seen).toEqual(held);
    expect(answer.parse(await ask('start=1000')).result.tasks).toEqual([]);
    expect(await ask('start=x')).toEqual({ resultCode: '4001', resultDesc: 'start或limit格式错误' });
  } finally {
    await server.close();
    store.remove();
  }
});
