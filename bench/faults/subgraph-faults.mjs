/**
 * @typedef {object} SubgraphFault
 * @property {string} name
 * @property {(subgraph: import('./faulty-subgraph.mjs').FaultySubgraph) => Promise<void>} [prepare] what takes time
 * @property {(subgraph: import('./faulty-subgraph.mjs').FaultySubgraph) => Promise<void>} begin
 * @property {(subgraph: import('./faulty-subgraph.mjs').FaultySubgraph) => Promise<void>} heal
 */

/** @param {string} name @param {import('../../demo/servers/faults.js').Fault} fault @returns {SubgraphFault} */
const ofAnswers = (name, fault) => ({
  name,
  prepare: async ({ current }) => {
    await current().inject(fault);
    await current().inject(null);
  },
  begin: ({ current }) => current().inject(fault),
  heal: ({ current }) => current().inject(null),
});

/** What may become of the process of one subgraph, and of what it answers. @type {readonly SubgraphFault[]} */
export const SUBGRAPH_FAULTS = [
  {
    name: 'killed',
    begin: async ({ current }) => current().signal('SIGKILL'),
    heal: (subgraph) => subgraph.start(),
  },
  ofAnswers('hung', { transport: 'silent' }),
  {
    name: 'stopped',
    begin: async ({ current }) => current().signal('SIGSTOP'),
    heal: async ({ current }) => current().signal('SIGCONT'),
  },
  ofAnswers('a byte a second', { transport: 'drip' }),
  ofAnswers('1 GB', { content: 'huge' }),
  ofAnswers('gzip bomb', { content: 'gzip-bomb' }),
  ofAnswers('500s', { status: 500 }),
  ofAnswers('resets', { transport: 'reset' }),
];
