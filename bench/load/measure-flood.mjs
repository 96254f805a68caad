import { setTimeout as sleep } from 'node:timers/promises';
import { countOutcomes, LOAD_HEAD, loadRow, percent, ratio } from './count-outcomes.mjs';
import { runStream } from './open-loop.mjs';
import { watchOwnLoad } from './watch-own-load.mjs';

const CALM = 9;
/** Of the capacity, each. */
const CALM_FACTOR = 1 / 20;
const FLOOD_FACTOR = 5;

export const FLOOD_HEAD = [...LOAD_HEAD, 'p99 ÷ without', 'least good of a caller', 'load busy'];

/**
 * Nine calm callers by themselves, and then beside one who floods.
 *
 * @param {string} title @param {number} capacity @param {number} seconds of each of both
 * @param {(caller: number, perSecond: number) => import('./open-loop.mjs').Stream} streamOf callers 0 to 9; the last one floods
 * @returns {Promise<readonly (readonly string[])[]>} rows of `FLOOD_HEAD`
 */
export async function measureFlood(title, capacity, seconds, streamOf) {
  const calm = () =>
    Promise.all(
      Array.from({ length: CALM }, (_, caller) =>
        runStream(streamOf(caller, capacity * CALM_FACTOR), seconds),
      ),
    );
  const count = (/** @type {readonly import('./open-loop.mjs').Outcome[]} */ outcomes) =>
    countOutcomes(outcomes, 0, seconds * 1000);
  const aloneLoad = watchOwnLoad();
  const alone = await calm();
  const aloneBusy = aloneLoad();
  const floodLoad = watchOwnLoad();
  const [beside, flood] = await Promise.all([
    calm(),
    runStream(streamOf(CALM, capacity * FLOOD_FACTOR), seconds),
  ]);
  const floodBusy = floodLoad();
  // What the flood has left behind is not the next row's.
  await sleep(1000);
  const before = count(alone.flat());
  const after = count(beside.flat());
  const leastOf = (/** @type {typeof alone} */ callers) =>
    percent(Math.min(...callers.map(count).map(({ ends, due }) => ends.good / due)));
  return [
    [...loadRow(`${title}, nine calm`, before, capacity), '', leastOf(alone), aloneBusy],
    [
      ...loadRow(`${title}, beside the flood`, after, capacity),
      ratio(after.goodMs, before.goodMs, 0.99),
      leastOf(beside),
      floodBusy,
    ],
    [...loadRow(`${title}, the flood`, count(flood), capacity), '', '', ''],
  ];
}
