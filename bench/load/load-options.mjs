import { parseArgs } from 'node:util';
import { listOf, numberOf } from '../options.mjs';
import { SHOP_WORKLOAD_NAMES } from '../workloads/workloads.mjs';

/**
 * @typedef {object} LoadOptions
 * @property {number} seconds of one row
 * @property {readonly number[]} factors of the capacity, of `overload`
 * @property {string} workload
 * @property {number} minutes of `soak`
 * @property {readonly string[]} scenarios
 */

const USUAL = ['overload', 'documents'];

/** @param {readonly import('./scenarios/scenarios.mjs').Scenario[]} scenarios */
export const usageOf = (scenarios) => `npm run load -- [options]
  --scenarios LIST    of those below, or all; default ${USUAL}
  --workload NAME     of ${SHOP_WORKLOAD_NAMES}; default heavy
  --seconds N         of one row; default 8
  --factors LIST      of the capacity, for overload; default 0.5,0.9,1,2,5,10
  --minutes N         of soak; default 10

${scenarios.map(({ name, shows }) => `  ${name.padEnd(14)} ${shows}`).join('\n')}`;

/**
 * @param {readonly string[]} words @param {readonly string[]} names of the scenarios
 * @returns {LoadOptions | null} null for help @throws {Error} with a message for people
 */
export function readLoadOptions(words, names) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      seconds: { type: 'string', default: '8' },
      factors: { type: 'string', default: '0.5,0.9,1,2,5,10' },
      workload: { type: 'string', default: 'heavy' },
      minutes: { type: 'string', default: '10' },
      scenarios: { type: 'string', default: USUAL.join() },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  return {
    seconds: numberOf('--seconds', values.seconds, 1),
    factors: values.factors.split(',').map(factorOf),
    workload: listOf('--workload', values.workload, SHOP_WORKLOAD_NAMES)[0],
    minutes: numberOf('--minutes', values.minutes, 1),
    scenarios: values.scenarios === 'all' ? names : listOf('--scenarios', values.scenarios, names),
  };
}

/** @param {string} text */
function factorOf(text) {
  const factor = Number(text);
  if (factor > 0 && Number.isFinite(factor)) return factor;
  throw new Error(`--factors must list numbers above 0, but names ${JSON.stringify(text)}`);
}
