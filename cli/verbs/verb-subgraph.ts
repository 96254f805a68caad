import type { Command } from 'commander';
import { listenAddressOf } from './arguments.js';
import type { VerbDeps } from './verb-deps.js';

const DEFAULT_PORT = 4001;

export function registerSubgraph(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('subgraph')
    .summary('serve one subgraph as its own HTTP server')
    .description('Serves one subgraph of the county at POST /graphql, for a gateway on another machine.')
    .argument('<name>', 'as in rover.yaml, for example market')
    .option('-p, --port <n>', `port to listen on; 0 is any free one (default: PORT, or ${DEFAULT_PORT})`)
    .option('--host <address>', 'address to listen on (default: HOST, or 127.0.0.1)')
    .option('-c, --config <file>', "connections file (default: the demo county's)")
    .action(async (name: string, given: { port?: string; host?: string; config?: string }) => {
      const address = listenAddressOf(given, io.environment, DEFAULT_PORT);
      finish(await bodies.subgraph({ name, address, configFile: given.config ?? null }, io));
    });
}
