import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/enforcement-graph.js', import.meta.url));

/** @param {string} verb @param {string} option @returns {boolean} whether this build has the option */
export function verbKnows(verb, option) {
  return spawnSync(process.execPath, [BIN, verb, '--help']).stdout.toString().includes(option);
}
