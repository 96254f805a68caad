import type { Command } from 'commander';
import { listenAddressOf } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

const DEFAULT_PORT = 4000;

export function registerServe(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('serve')
    .summary('serve a composed graph whose subgraphs run elsewhere')
    .description(
      'Serves any Federation 2 supergraph at POST /graphql, in the foreground. Subgraphs are reached at the ' +
        'URLs that the supergraph names. Also: /health/live, /health/ready, /metrics.',
    )
    .requiredOption('-s, --supergraph <file>', 'output of composition (rover supergraph compose)')
    .option('-p, --port <n>', `port to listen on; 0 is any free one (default: PORT, or ${DEFAULT_PORT})`)
    .option('--host <address>', 'address to listen on (default: HOST, or 127.0.0.1)')
    .action(async (options: { supergraph: string; port?: string; host?: string }) => {
      const address = listenAddressOf(options, io.environment, DEFAULT_PORT);
      finish(await bodies.serve({ address, supergraphFile: options.supergraph }, io));
    });
}
