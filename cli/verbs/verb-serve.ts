import { type Command, Option } from 'commander';
import { CARRIERS, type CarrierName } from '../../gateway/bytes/carrier.js';
import type { Engine } from '../../gateway/execute/create-engine.js';
import { CLIENTS, type ClientName } from '../../gateway/transport/origin-pools.js';
import {
  ACCESS,
  ALLOW_ORIGIN,
  accessChoiceOf,
  CARRIER,
  ENGINE,
  GATEWAY,
  HEALTH_PORT,
  healthAddressOf,
  listenAddressOf,
  OPEN,
  repeated,
  repeatedOrigin,
  SHARE_ANSWERS,
  WATCH,
  WORKERS,
  workersOf,
} from './arguments.js';
import { ENGINES } from './verb-bodies.js';
import type { VerbDeps } from './verb-deps.js';

const DEFAULT_PORT = 4000;

interface Given {
  readonly supergraph: string;
  readonly gateway?: string;
  readonly port?: string;
  readonly host?: string;
  readonly workers?: string;
  readonly healthPort?: string;
  readonly watch?: boolean;
  readonly shareAnswers?: boolean;
  readonly shareReads: boolean;
  readonly engine: Engine;
  readonly carrier: CarrierName;
  readonly client: ClientName;
  readonly allowOrigin?: readonly string[];
  readonly ca?: readonly string[];
  readonly access?: string;
  readonly open?: boolean;
}

export function registerServe(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('serve')
    .summary('serve a composed graph whose subgraphs run elsewhere')
    .description(
      'Serves any Federation 2 supergraph at POST /graphql, in the foreground. Subgraphs are reached at the ' +
        'URLs that the supergraph names. Also: /health/live, /health/ready, /metrics.',
    )
    .requiredOption('-s, --supergraph <file>', 'output of composition (rover supergraph compose)')
    .option('--gateway <file>', GATEWAY)
    .option('-p, --port <n>', `port to listen on; 0 is any free one (default: PORT, or ${DEFAULT_PORT})`)
    .option('--host <address>', 'address to listen on (default: HOST, or 127.0.0.1)')
    .option('--access <file>', ACCESS)
    .option('--open', OPEN)
    .option('--health-port <n>', HEALTH_PORT)
    .option('--workers <n>', WORKERS)
    .option('--watch', WATCH)
    .option('--share-answers', SHARE_ANSWERS)
    .option('--no-share-reads', 'send each read to a subgraph even while an identical one runs')
    .option('--allow-origin <origin>', ALLOW_ORIGIN, repeatedOrigin)
    .option(
      '--ca <file>',
      'PEM file of an authority that certificates of subgraphs may be from, besides those that Node trusts; may be repeated',
      repeated,
    )
    .addOption(new Option('--engine <name>', ENGINE).choices(ENGINES).default('compiled'))
    .addOption(new Option('--carrier <name>', CARRIER).choices(CARRIERS).default('bytes'))
    .addOption(
      new Option(
        '--client <name>',
        'what subgraphs behind plain HTTP are called with: a lean client, or undici',
      )
        .choices(CLIENTS)
        .default('plain'),
    )
    .action(async (options: Given) => {
      const address = listenAddressOf(options, io.environment, DEFAULT_PORT);
      finish(
        await bodies.serve(
          {
            address,
            access: accessChoiceOf(options, address),
            supergraphFile: options.supergraph,
            workers: workersOf(options, io.environment),
            watches: options.watch === true,
            healthAddress: healthAddressOf(options, io.environment, address),
            sharesAnswers: options.shareAnswers === true,
            sharesReads: options.shareReads,
            engine: options.engine,
            carrier: options.carrier,
            client: options.client,
            ...(options.gateway !== undefined && { gatewayFile: options.gateway }),
            ...(options.allowOrigin !== undefined && { allowedOrigins: options.allowOrigin }),
            ...(options.ca !== undefined && { authorityFiles: options.ca }),
          },
          io,
        ),
      );
    });
}
