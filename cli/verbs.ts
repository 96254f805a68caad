import type { VerbBodies } from './verb-bodies.js';

/** The verbs' bodies, each loaded only when it is asked for: `--help` must not wait for a query planner. */
export const verbs: VerbBodies = {
  start: async (options, io) => (await import('../county/start-county.js')).startCounty(options, io),
  serve: async (options, io) => (await import('../gateway/serve-supergraph.js')).serveSupergraph(options, io),
  subgraph: async (options, io) =>
    (await import('../county/serve-department.js')).serveDepartment(options, io),
  compose: async (options, io) => (await import('../county/compose-county.js')).composeCounty(options, io),
  check: async (options, io) => (await import('../county/check-county.js')).checkCounty(options, io),
  introspect: async (options, io) =>
    (await import('../county/introspect-source.js')).introspectSource(options, io),
  explain: async (options, io) =>
    (await import('../county/explain-interface.js')).explainInterface(options, io),
  drops: async (options, io) => (await import('../county/show-drops.js')).showDrops(options, io),
};
