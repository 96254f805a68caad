import { type Random, randomFor } from '../../demo/random.js';
import { atDepth } from '../deep.js';
import { FAULTS, type NamedFault, SYSTEMS, type SystemName } from './fault-catalogue.js';
import { FaultCounty } from './fault-county.js';

const BUDGET_MS = 2000;
const SEED = 20_260_630;

interface Trouble {
  readonly system: SystemName;
  readonly fault: NamedFault;
}

type Pair = readonly [Trouble, Trouble];

/** Two, each with pairs of its own, so that all get their turn in half the time. */
let counties: readonly FaultCounty[] = [];

beforeAll(async () => {
  counties = await Promise.all([FaultCounty.open(), FaultCounty.open()]);
}, 120_000);

afterAll(async () => {
  for (const county of counties) await county.close();
});

/** Every fault once on every system, two at a time on two systems; in a usual run the first of these pairs. */
function drawPairs(random: Random): readonly Pair[] {
  const left = [...random.shuffle(SYSTEMS.flatMap((system) => FAULTS.map((fault) => ({ system, fault }))))];
  const pairs: Pair[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const { system } = first;
    const place = left.findIndex((other) => other.system !== system);
    // What remains at the end may all be of one system: then another has its first fault once more.
    const [second] = place < 0 ? [anotherThan(system)] : left.splice(place, 1);
    if (second !== undefined) pairs.push([first, second]);
  }
  return pairs;
}

function anotherThan(system: SystemName): Trouble | undefined {
  const other = SYSTEMS.find((each) => each !== system);
  const [fault] = FAULTS;
  return other === undefined || fault === undefined ? undefined : { system: other, fault };
}

async function sufferPair(faulty: FaultCounty, pair: Pair): Promise<readonly string[]> {
  for (const { system, fault } of pair) await faulty.inject(system, fault.fault);
  const judged = await Promise.all(
    pair.map(async ({ system, fault }) =>
      faulty.complain(system, fault, await faulty.ask(system, BUDGET_MS), BUDGET_MS),
    ),
  );
  const recovered = await Promise.all(pair.map(({ system }) => faulty.recover(system)));
  return [...judged, ...recovered].flat();
}

describe('a county with faults in two systems at once', () => {
  const pairs = drawPairs(randomFor(SEED, 'faults')).slice(0, atDepth(16, Number.POSITIVE_INFINITY));

  it(`says of both what the matter is, seed ${SEED}, in time and without a wrong value`, async () => {
    const complaints = await Promise.all(
      counties.map(async (faulty, turn) => {
        const found: string[] = [];
        for (const [place, pair] of pairs.entries()) {
          if (place % counties.length === turn) found.push(...(await sufferPair(faulty, pair)));
        }
        return found;
      }),
    );
    expect(complaints.flat()).toEqual([]);
  }, 600_000);
});
