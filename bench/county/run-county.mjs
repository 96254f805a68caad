import { measureRound } from '../load/measure-round.mjs';
import { reportCounty } from '../report/report-county.mjs';
import { warmUp } from '../workloads/warm-up.mjs';
import { createCountyChecker, NoWholeAnswer, wholeAnswer } from './county-checker.mjs';
import { readCountyQueries } from './county-queries.mjs';
import { startInProcess, startOverHttp } from './start-counties.mjs';

/** These queries take as long as their sources: more of them at once would wait for each other until the deadline. */
const MAX_CONNECTIONS = 2;

/**
 * @typedef {object} Measured one query in one of the two arrangements
 * @property {string} query
 * @property {string} arrangement
 * @property {import('./county-checker.mjs').CountyChecker} checker
 * @property {import('../load/measure-round.mjs').Round[]} rounds
 */

/**
 * The busiest example queries over the demo county, in one process and with its subgraphs in processes of their own.
 *
 * @param {import('../options.mjs').Options} options @param {import('../process/cores.mjs').Cores} cores
 * @returns {Promise<number>} wrong answers
 */
export async function runCounty(options, cores) {
  /** @type {import('./start-counties.mjs').RunningCounty[]} */
  const counties = [];
  /** @type {Measured[]} */
  const measured = [];
  try {
    counties.push(await startInProcess(cores));
    counties.push(await startOverHttp(cores));
    for (const query of readCountyQueries()) {
      try {
        measured.push(...(await measureQuery(query, counties, options)));
      } catch (error) {
        if (!(error instanceof NoWholeAnswer)) throw error;
        console.error(`Left out: ${error.message}`);
      }
    }
  } finally {
    await Promise.all(counties.map(({ stop }) => stop()));
  }
  return reportCounty(measured);
}

/**
 * @param {import('./county-queries.mjs').CountyQuery} query
 * @param {readonly import('./start-counties.mjs').RunningCounty[]} counties
 * @param {import('../options.mjs').Options} options
 * @returns {Promise<readonly Measured[]>}
 */
async function measureQuery(query, counties, { connections, seconds, rounds: count }) {
  const load = { bodies: [query.body], connections: Math.min(connections, MAX_CONNECTIONS), seconds };
  const expected = await wholeAnswer(counties[0].url, query);
  const measured = counties.map(({ title }) => ({
    query: query.name,
    arrangement: title,
    checker: createCountyChecker(expected),
    /** @type {import('../load/measure-round.mjs').Round[]} */
    rounds: [],
  }));
  for (const [index, { url }] of counties.entries()) {
    await warmUp({ url }, { ...load, leastRequests: 1 }, measured[index].checker);
  }
  for (let round = 0; round < count; round++) {
    for (const [index, county] of counties.entries()) {
      const { checker, rounds } = measured[index];
      rounds.push(await measureRound(county, load, checker, async () => 0));
    }
  }
  return measured;
}
