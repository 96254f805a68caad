import { CommandFailure, EXIT, type ExitCode } from './exit-code.js';
import type { VerbBodies } from './verb-bodies.js';

/** The verbs' bodies, each loaded only when it is asked for: `--help` must not wait for a query planner. */
export const verbs: VerbBodies = {
  serve: async (options, io) => (await import('../serve-supergraph.js')).serveSupergraph(options, io),
  start: () => unavailable('start'),
  subgraph: () => unavailable('subgraph'),
  compose: () => unavailable('compose'),
  check: () => unavailable('check'),
  introspect: () => unavailable('introspect'),
  explain: () => unavailable('explain'),
};

function unavailable(verb: string): Promise<ExitCode> {
  throw new CommandFailure(EXIT.usage, `This build has no ${verb}.`);
}
