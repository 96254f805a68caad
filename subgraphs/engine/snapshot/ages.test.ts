import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openEmbeddedStore } from '../../../adapters/snapshot/embedded-store.js';
import { atDepth } from '../../../test/deep.js';
import type { FeedAge } from '../../feed/feed.js';
import { HandClock } from '../testing/hand-clock.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';
import { WrittenSource } from './keys/testing/written-source.js';

const STEPS = 20;
const EVERY_SECONDS = 600;
const STALE_FOR_SECONDS = 7200;
/** Moments are told in whole seconds. */
const SECOND = 1;

const mappingOf = (name: string): string => `interface: test.${name}
title: t
owner: { department: test }
feeds: Case
source: { connection: written, http: { path: /w, rows: list } }
key: [no]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  name: { column: name }
snapshot: { every: 10m, staleFor: 2h }
limits: { retries: 0, breaker: false }
`;

const age = fc.record({
  maxSeconds: fc.constantFrom(0, 30, 300, 900, 3600, 7200, 20_000),
  otherwise: fc.constantFrom<FeedAge['otherwise']>('SOURCE', 'STALE', 'MISSING'),
});
const step = fc.record({
  seconds: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 2400 })),
  isWritten: fc.boolean(),
  becomes: fc.constantFrom('the same', 'the same', 'the same', 'broken', 'mended'),
  isKept: fc.boolean(),
  age: fc.option(age),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

let folder: string;
let store: ReturnType<typeof openEmbeddedStore>;
let scenes = 0;
const met = new Map<string, number>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-ages-'));
  store = openEmbeddedStore(folder);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A source of one row that says when it was written, and what is kept of it. */
class Scene {
  readonly #clock = new HandClock();
  readonly #source = new WrittenSource(this.#clock);
  /** When the row was written, in milliseconds: each of them holds until the next. */
  readonly #written: number[] = [];
  readonly #feed;
  readonly #snapshot;
  #isBroken = false;

  constructor() {
    scenes += 1;
    const { feed, served } = openSmallDepartment(
      [mappingOf(`w${scenes}`)],
      new Map([['written', this.#source.connection()]]),
      { clock: this.#clock, snapshots: store },
    );
    this.#feed = feed;
    this.#snapshot = served[0]?.kept?.snapshot;
    this.#write();
  }

  async take({ seconds, isWritten, becomes, isKept, age: wanted }: Step): Promise<void> {
    this.#clock.pass(seconds);
    if (isWritten) this.#write();
    if (becomes === 'broken') this.#source.break();
    if (becomes === 'mended') this.#source.mend();
    if (becomes !== 'the same') this.#isBroken = becomes === 'broken';
    if (isKept) await this.#snapshot?.keep();
    const [part] = await this.#feed.page(
      {
        kind: 'Case',
        where: { all: [] },
        orderBy: [],
        reversed: false,
        limit: 10,
        fields: ['name'],
        ...(wanted !== null && { age: wanted }),
      },
      testContext(),
    );
    const state = part?.state ?? 'none';
    met.set(`${state} ${wanted?.otherwise}`, (met.get(`${state} ${wanted?.otherwise}`) ?? 0) + 1);
    expect({ state, hasReason: part?.reason !== null }).toEqual({ state, hasReason: state !== 'LIVE' });
    if (part?.data === undefined) {
      expect(state).toBe('MISSING');
      // Who says how old it may be gets it read anew; others wait for the next reading.
      if (wanted !== null) expect(this.#isBroken).toBe(true);
      return;
    }
    const now = this.#clock.ms;
    const asOf = part.asOf === null ? now : Date.parse(part.asOf);
    const ageSeconds = (now - asOf) / 1000;
    const shown = part.data.rows.map(({ values }) => Number(values[0]));
    expect(shown).toEqual([expect.any(Number)]);
    expect({ shown, asOf, isOlder: this.#isOlder(shown[0] ?? 0, asOf) }).toEqual({
      shown,
      asOf,
      isOlder: false,
    });
    if (wanted === null) {
      const most = state === 'LIVE' ? 2 * EVERY_SECONDS : STALE_FOR_SECONDS;
      expect(ageSeconds).toBeLessThanOrEqual(most + SECOND);
    } else if (ageSeconds > wanted.maxSeconds + SECOND) {
      expect({ state, otherwise: wanted.otherwise }).toEqual({ state: 'STALE', otherwise: 'STALE' });
    }
  }

  #write(): void {
    this.#written.push(this.#clock.ms);
    this.#source.rows = [{ no: '1', uscc: '91330922MA28K00156', name: String(this.#clock.ms) }];
  }

  /** Whether another row stood in its place at that moment already. */
  #isOlder(written: number, asOf: number): boolean {
    const next = this.#written[this.#written.indexOf(written) + 1];
    return next !== undefined && next <= asOf;
  }
}

const seed = Number(process.env.SNAPSHOT_SEED ?? Date.now() % 1_000_000);

it(`is never older than it says, nor than was asked for unless it says so (SNAPSHOT_SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const scene = new Scene();
      for (const one of steps) await scene.take(one);
    }),
    { seed, numRuns: atDepth(25, 500) },
  );
  for (const seen of ['LIVE undefined', 'STALE undefined', 'LIVE SOURCE', 'STALE STALE', 'MISSING MISSING'])
    expect({ seen, times: met.get(seen) }).toEqual({ seen, times: expect.any(Number) });
}, 300_000);
