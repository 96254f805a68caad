import { requireNative } from './require-native.js';
import type { VerbBodies } from './verbs/verb-bodies.js';

/** The verbs' bodies, each loaded only when it is asked for: `--help` must not wait for a query planner. */
export const verbs: VerbBodies = {
  start: async (options, io) => {
    await requireNative();
    return (await import('./run/start-county.js')).startCounty(options, io);
  },
  serve: async (options, io) => (await import('./run/serve-supergraph.js')).serveSupergraph(options, io),
  subgraph: async (options, io) => {
    await requireNative();
    return (await import('./run/serve-department.js')).serveDepartment(options, io);
  },
  compose: async (options, io) => (await import('./run/compose-county.js')).composeCounty(options, io),
  check: async (options, io) => {
    await requireNative();
    return (await import('./run/check-county.js')).checkCounty(options, io);
  },
  introspect: async (options, io) => {
    await requireNative();
    return (await import('./run/introspect-source.js')).introspectSource(options, io);
  },
  explain: async (options, io) => {
    await requireNative();
    return (await import('./run/explain-interface.js')).explainInterface(options, io);
  },
  drops: async (options, io) => {
    await requireNative();
    return (await import('./run/show-drops.js')).showDrops(options, io);
  },
  corrections: async (options, io) => {
    await requireNative();
    return (await import('./run/write-corrections.js')).writeCorrections(options, io);
  },
  auditVerify: async (options, io) => (await import('./run/verify-audit.js')).verifyAudit(options, io),
  auditWho: async (options, io) => (await import('./run/show-who.js')).showWho(options, io),
  auditUnusual: async (options, io) => (await import('./run/show-unusual.js')).showUnusual(options, io),
  export: async (options) => (await import('./run/export-list.js')).exportList(options),
  hand: async (options, io) => (await import('./run/hands/use-hand.js')).useHand(options, io),
  token: async (options, io) => (await import('./run/issue-token.js')).issueToken(options, io),
  appKey: async (options, io) => (await import('./run/make-app-key.js')).makeAppKey(options, io),
};
