import { parseArgs } from 'node:util';
import { GATEWAY_NAMES, USUAL_GATEWAY_NAMES } from './gateways/gateways.mjs';
import { SHOP_WORKLOAD_NAMES } from './workloads/workloads.mjs';

/**
 * @typedef {object} Options
 * @property {readonly string[]} gateways
 * @property {readonly string[]} workloads
 * @property {number} seconds of one round
 * @property {number} rounds of each gateway and workload
 * @property {number} connections
 * @property {readonly boolean[]} sharing whether gateways share identical reads; one table each
 * @property {number} soakMinutes 0 for none
 */

export const COUNTY = 'county';
const WORKLOAD_NAMES = [...SHOP_WORKLOAD_NAMES, COUNTY];
const SHARING = { off: [false], on: [true], both: [false, true] };

export const USAGE = `npm run bench -- [options]
  --gateways LIST     of ${GATEWAY_NAMES.join(',')}; default all but earlier,
                      which is the built tree that BENCH_EARLIER names
  --workloads LIST    of ${WORKLOAD_NAMES.join(',')}; default all
  --seconds N         of one round; default 5
  --rounds N          default 3
  --connections N     default 50
  --dedup on|off|both whether gateways share identical reads of a subgraph that run at once; default off
  --soak MINUTES      measures nothing else: our gateway's memory under load`;

/** @param {readonly string[]} words @returns {Options | null} null for help @throws {Error} with a message for people */
export function readOptions(words) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      gateways: { type: 'string', default: USUAL_GATEWAY_NAMES.join() },
      workloads: { type: 'string', default: WORKLOAD_NAMES.join() },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '50' },
      dedup: { type: 'string', default: 'off' },
      soak: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const sharing = SHARING[/** @type {keyof typeof SHARING} */ (values.dedup)];
  if (sharing === undefined) throw new Error(`--dedup must be on, off or both, but is ${values.dedup}`);
  return {
    gateways: listOf('--gateways', values.gateways, GATEWAY_NAMES),
    workloads: listOf('--workloads', values.workloads, WORKLOAD_NAMES),
    seconds: numberOf('--seconds', values.seconds, 1),
    rounds: numberOf('--rounds', values.rounds, 1),
    connections: numberOf('--connections', values.connections, 1),
    sharing,
    soakMinutes: numberOf('--soak', values.soak, 0),
  };
}

/** @param {string} name @param {string} text @param {readonly string[]} known */
export function listOf(name, text, known) {
  const words = text.split(',');
  const stranger = words.find((word) => !known.includes(word));
  if (stranger === undefined) return words;
  throw new Error(`${name} must list some of ${known.join(', ')}, but names ${JSON.stringify(stranger)}`);
}

/** @param {string} name @param {string} text @param {number} least */
export function numberOf(name, text, least) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`${name} must be a whole number from ${least} on, but is ${JSON.stringify(text)}`);
}
