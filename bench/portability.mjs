// Whether the supergraph answers alike on other gateways: every query of examples/queries/, over the same subgraph processes.
// npm run portability -- [--size small]
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Kind, parse, print, valueFromASTUntyped, visit } from 'graphql';
import { installCompetitors } from './competitors/install.mjs';
import { startSubgraphs } from './county/start-counties.mjs';
import { COMPETITOR_NAMES, GATEWAYS } from './gateways/gateways.mjs';
import { firstDifference } from './load/first-difference.mjs';
import { startProcess } from './process/start-process.mjs';

const { values } = parseArgs({ options: { size: { type: 'string', default: 'small' } } });
const QUERIES = new URL('../examples/queries/', import.meta.url);
const SUPERGRAPH = new URL('../schema/supergraph.graphql', import.meta.url).pathname;
/** What differs from answer to answer, or is told by our gateway alone. */
const VOLATILE = new Set(['tookMs', 'endCursor', 'asOf', 'lookedAt']);

/**
 * Variables are sent, with the values that the query would give them: graphql-jit, which Hive Gateway can run, takes no
 * default for a variable that must not be null.
 *
 * @param {string} file @returns {string} the request's body
 */
function requestOf(file) {
  /** @type {Record<string, unknown>} */
  const variables = {};
  const stable = visit(parse(readFileSync(new URL(file, QUERIES), 'utf8')), {
    [Kind.FIELD]: (field) => (VOLATILE.has(field.name.value) ? null : undefined),
    [Kind.VARIABLE_DEFINITION]: ({ variable, defaultValue }) => {
      if (defaultValue !== undefined) variables[variable.name.value] = valueFromASTUntyped(defaultValue);
    },
  });
  return JSON.stringify({ query: print(stable), variables });
}

/** The register may have been read before other subgraphs were there; it reads those within a minute. @param {string} url */
async function untilWhole(url) {
  const body = JSON.stringify({ query: '{ subjects(first: 1) { totalCount } }' });
  for (let seconds = 0; seconds < 120; seconds += 2) {
    const { errors } = await ask(url, body);
    if (errors === undefined) return;
    await setTimeout(2000);
  }
  throw new Error('The register still lacks interfaces after two minutes');
}

/** @param {string} url @param {string} body @returns {Promise<any>} */
async function ask(url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return response.json();
}

/** @param {string} url @param {string} body @param {any} expected @returns {Promise<string>} */
async function compare(url, body, expected) {
  const { data, errors } = await ask(url, body);
  const difference = firstDifference(expected, data);
  if (difference === null) return 'same';
  return errors === undefined ? difference : `${errors[0].message}`.slice(0, 160);
}

installCompetitors();
const subgraphs = await startSubgraphs(values.size);
let failures = 0;
try {
  const setting = { supergraphFile: SUPERGRAPH, sharesReads: true, recordingsFile: '' };
  const ours = await startProcess(await GATEWAYS.ours.command(setting), null);
  const files = readdirSync(QUERIES).sort();
  const bodies = files.map(requestOf);
  await untilWhole(ours.url);
  // The first pass lets subgraphs read their sources; the second is what others are compared with.
  for (const body of bodies) await ask(ours.url, body);
  const expected = [];
  for (const [index, body] of bodies.entries()) {
    const { data, errors } = await ask(ours.url, body);
    if (errors !== undefined) console.log(`ours: ${files[index]}: ${errors[0].message}`);
    expected.push(data);
  }
  await ours.stop();
  for (const name of COMPETITOR_NAMES) {
    const gateway = await startProcess(await GATEWAYS[name].command(setting), null);
    const results = [];
    for (const [index, body] of bodies.entries())
      results.push(await compare(gateway.url, body, expected[index]));
    await gateway.stop();
    const same = results.filter((result) => result === 'same').length;
    failures += results.length - same;
    console.log(`\n${GATEWAYS[name].title}: ${same} of ${results.length} the same`);
    for (const [index, result] of results.entries())
      if (result !== 'same') console.log(`  ${files[index]}: ${result}`);
  }
} finally {
  await subgraphs.stop();
}
process.exitCode = failures === 0 ? 0 : 1;
