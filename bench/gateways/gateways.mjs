import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../process/start-process.mjs';
import { guardedWords } from './guarded.mjs';

/**
 * @typedef {object} Setting what a gateway is started with
 * @property {string} supergraphFile
 * @property {boolean} sharesReads whether identical reads of a subgraph that run at once are sent once
 * @property {string} recordingsFile the floor's
 * @property {readonly string[]} [callers] names of those who ask the guarded one
 *
 * @typedef {object} Gateway
 * @property {string} title
 * @property {boolean} canShare whether it is able to share reads at all
 * @property {(setting: Setting) => Promise<import('../process/start-process.mjs').Command>} command
 */

/** @param {string} path beneath the project */
const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const COMPETITORS = inProject('bench/competitors');

/** @param {Setting} setting @param {readonly string[]} options */
async function hiveCommand({ supergraphFile, sharesReads }, options) {
  const port = await freePort();
  const config = `${COMPETITORS}/hive.config.mjs`;
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--config-path', config];
  return {
    words: [
      `${COMPETITORS}/node_modules/@graphql-hive/gateway/dist/bin.js`,
      'supergraph',
      supergraphFile,
      ...listen,
      ...options,
    ],
    environment: { BENCH_SHARES_READS: sharesReads ? 'yes' : 'no' },
    folder: COMPETITORS,
    url: `http://127.0.0.1:${port}/graphql`,
  };
}

/**
 * Ours as `serve` starts it, open to all.
 *
 * @param {string} title @param {readonly string[]} [options] @param {() => string} [folder] of the built tree
 * @returns {Gateway}
 */
function oursWith(title, options = [], folder = () => inProject('')) {
  return {
    title: `enforcement-graph${title}`,
    canShare: true,
    command: async ({ supergraphFile, sharesReads }) => ({
      words: [
        join(folder(), 'bin/enforcement-graph.js'),
        ...['serve', '--open', '--supergraph', supergraphFile, '--port', '0', ...options],
        ...(sharesReads ? [] : ['--no-share-reads']),
      ],
    }),
  };
}

function earlierFolder() {
  const folder = process.env.BENCH_EARLIER;
  if (folder !== undefined) return folder;
  throw new Error('BENCH_EARLIER must name the folder of a built tree');
}

/** @type {Readonly<Record<string, Gateway>>} */
export const GATEWAYS = {
  ours: oursWith(''),
  objects: oursWith(' --carrier objects', ['--carrier', 'objects']),
  undici: oursWith(' --client undici', ['--client', 'undici']),
  earlier: oursWith(', the earlier tree', [], earlierFolder),
  guarded: {
    title: 'enforcement-graph with callers, policy and audit',
    canShare: true,
    command: async ({ supergraphFile, sharesReads, callers }) => {
      const { words, ...rest } = await guardedWords(callers);
      return {
        ...rest,
        words: [
          inProject('bin/enforcement-graph.js'),
          'serve',
          ...words,
          ...['--supergraph', supergraphFile, '--port', '0'],
          ...(sharesReads ? [] : ['--no-share-reads']),
        ],
      };
    },
  },
  apollo: {
    title: '@apollo/gateway + @apollo/server',
    canShare: false,
    command: async ({ supergraphFile }) => {
      const port = await freePort();
      return {
        words: [`${COMPETITORS}/apollo.mjs`, supergraphFile, String(port)],
        environment: { APOLLO_TELEMETRY_DISABLED: 'true' },
        url: `http://127.0.0.1:${port}/`,
      };
    },
  },
  hive: {
    title: 'Hive Gateway, JS planner, jit',
    canShare: true,
    command: (setting) => hiveCommand(setting, ['--jit']),
  },
  'hive-rust': {
    title: 'Hive Gateway, Rust planner',
    canShare: true,
    command: (setting) => hiveCommand(setting, ['--hive-router-runtime']),
  },
  floor: {
    title: 'floor',
    canShare: false,
    command: async ({ recordingsFile }) => ({
      words: [inProject('bench/gateways/floor.mjs'), recordingsFile],
    }),
  },
};

export const GATEWAY_NAMES = Object.keys(GATEWAYS);
/** Without one of a tree that must be built first. */
export const USUAL_GATEWAY_NAMES = GATEWAY_NAMES.filter((name) => name !== 'earlier');
export const COMPETITOR_NAMES = ['apollo', 'hive', 'hive-rust'];
