import { setTimeout as sleep } from 'node:timers/promises';
import {
  createCountyJudge,
  NoWholeAnswer,
  saysThatItLacks,
  wholeAnswer,
} from '../../county/county-checker.mjs';
import { readCountyQueries } from '../../county/county-queries.mjs';
import { startInProcess } from '../../county/start-counties.mjs';
import { watchMemory } from '../../process/watch-memory.mjs';
import { measureCapacity } from '../capacity.mjs';
import { countOutcomes, growth, LOAD_HEAD, loadRow } from '../count-outcomes.mjs';
import { isRefusal } from '../is-refusal.mjs';
import { FLOOD_HEAD, measureFlood } from '../measure-flood.mjs';
import { runStream } from '../open-loop.mjs';
import { knownStream } from '../streams.mjs';

const FACTORS = [0.5, 5];
/** Callers in the closed loop that finds the capacity. */
const CALLERS = 8;
/** A query takes up to a second. */
const LEAST_SECONDS = 10;

/** @type {import('./scenarios.mjs').Scenario} */
export const county = {
  name: 'county',
  shows:
    'the demo county (DEMO_SIZE, default county) at 5 × its capacity: answers are whole, told or refused; and calm callers beside a flood',
  run: async ({ options, cores }) => {
    const running = await startInProcess(cores, process.env.DEMO_SIZE ?? 'county');
    try {
      return await measureCounty(running, Math.max(options.seconds, LEAST_SECONDS));
    } finally {
      await running.stop();
    }
  },
};

/** @param {import('../../county/start-counties.mjs').RunningCounty} running @param {number} seconds */
async function measureCounty({ url, pid }, seconds) {
  const known = await countyOperations(url);
  const load = { connections: CALLERS, seconds, leastRequests: 1 };
  const capacity = await measureCapacity({ url, pid }, known, load);
  const rows = [];
  for (const factor of FACTORS) {
    const memory = watchMemory(pid);
    const beforeMb = memory.rssMb();
    const outcomes = await runStream(knownStream(known, url, capacity * factor), seconds);
    const counted = countOutcomes(outcomes, 0, seconds * 1000);
    rows.push([...loadRow(`${factor} ×`, counted, capacity), growth(memory.stop() - beforeMb)]);
    await sleep(1000);
  }
  const flood = await measureFlood('by address', capacity, seconds, (caller, perSecond) =>
    knownStream(known, url, perSecond, { localAddress: `127.0.1.${caller + 1}` }),
  );
  return [
    {
      title: `the county's ${known.bodies.length} busiest queries`,
      head: [...LOAD_HEAD, 'RSS MB'],
      rows,
      notes: ['wrong: differs from what the idle county answers, and does not say so.'],
    },
    { title: 'nine calm callers of the county beside a flood', head: FLOOD_HEAD, rows: flood },
  ];
}

/** @param {string} url @returns {Promise<import('../known-operations.mjs').Known>} */
async function countyOperations(url) {
  const bodies = [];
  const judges = [];
  for (const query of readCountyQueries()) {
    try {
      judges.push(createCountyJudge(await wholeAnswer(url, query)));
      bodies.push(query.body);
    } catch (error) {
      if (!(error instanceof NoWholeAnswer)) throw error;
      console.error(`Left out: ${error.message}`);
    }
  }
  return {
    bodies,
    judge: (place, status, chunks) => {
      if (isRefusal(status)) return 'refused';
      const { difference, answer } = judges[place](chunks);
      if (status === 200 && difference === null) return 'good';
      if (saysThatItLacks(answer)) return 'told';
      console.error(`status ${status}, ${difference}`);
      return 'wrong';
    },
  };
}
