import { randomFor } from '../../demo/random.js';
import { FAULTS, SYSTEMS, type SystemName } from './fault-catalogue.js';
import { FaultCounty } from './fault-county.js';

const BUDGET_MS = 2000;
const SEED = 20_260_630;

let faulty: FaultCounty;

beforeAll(async () => {
  faulty = await FaultCounty.open();
}, 120_000);

afterAll(async () => {
  await faulty?.close();
});

/** The systems do not know each other, so that each has its own faults at its own pace. */
async function onEachSystem(
  check: (system: SystemName) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  return (await Promise.all(SYSTEMS.map(check))).flat();
}

describe('a county with a fault in one system', () => {
  it('says what the matter is, in time and without a wrong value, and is well again soon after', async () => {
    const complaints = await onEachSystem(async (system) => {
      const found: string[] = [];
      for (const fault of FAULTS) {
        found.push(...(await faulty.suffer(system, fault, BUDGET_MS)), ...(await faulty.recover(system)));
      }
      return found;
    });
    expect(complaints).toEqual([]);
  }, 600_000);

  it('holds to that when one fault follows the other', async () => {
    const random = randomFor(SEED, 'faults');
    const orders = new Map(SYSTEMS.map((system) => [system, random.shuffle(FAULTS)]));
    const complaints = await onEachSystem(async (system) => {
      const found: string[] = [];
      for (const { fault } of orders.get(system) ?? []) {
        await faulty.inject(system, fault);
        const outcome = await faulty.ask(system, BUDGET_MS);
        found.push(...faulty.complainOfValues(system, outcome, BUDGET_MS));
      }
      return [...found, ...(await faulty.recover(system))];
    });
    expect(complaints).toEqual([]);
  }, 600_000);

  it('stops calling a system that stays away, says until when, and is well again soon after', async () => {
    const complaints = await onEachSystem(async (system) => {
      await faulty.inject(system, { transport: 'refused' });
      const said: string[] = [];
      for (let turn = 0; turn < 8; turn++) said.push(...(await faulty.ask(system, BUDGET_MS)).messages);
      const recovery = await faulty.recover(system);
      // Where eight turns take longer than the pause, the last of them may be the call that tries again.
      const isPaused = said.some((message) => /暂停调用至 \d\d:\d\d:\d\d/.test(message));
      return isPaused ? recovery : [...recovery, `${system}: ${said.at(-1)}`];
    });
    expect(complaints).toEqual([]);
  }, 600_000);
});
