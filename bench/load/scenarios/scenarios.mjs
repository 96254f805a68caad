import { county } from './county.mjs';
import { documents } from './documents.mjs';
import { faults } from './faults.mjs';
import { floods } from './floods.mjs';
import { overload } from './overload.mjs';
import { reload } from './reload.mjs';
import { restart } from './restart.mjs';
import { slowCallers } from './slow-callers.mjs';
import { soak } from './soak.mjs';

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} head
 * @property {readonly (readonly string[])[]} rows
 * @property {readonly string[]} [notes] sentences below it
 *
 * @typedef {object} Scenario
 * @property {string} name
 * @property {string} shows
 * @property {(stage: import('../stage.mjs').Stage) => Promise<readonly Table[]>} run starts what it needs and stops it
 */

/** @type {readonly Scenario[]} */
export const SCENARIOS = [overload, documents, floods, faults, slowCallers, restart, reload, soak, county];
