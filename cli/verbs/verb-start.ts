import { type Command, Option } from 'commander';
import type { DemoSize } from '../../demo/world/world.js';
import { CARRIERS, type CarrierName } from '../../gateway/bytes/carrier.js';
import type { Engine } from '../../gateway/execute/create-engine.js';
import { isLoopback } from '../../runtime/listen-address.js';
import { DEFAULT_SEED, demoSeedOf, demoSizeOf } from '../demo/demo-choice.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import {
  ACCESS,
  ALLOW_ORIGIN,
  ALSO,
  accessChoiceOf,
  CARRIER,
  ENGINE,
  GATEWAY,
  HEALTH_PORT,
  healthAddressOf,
  listenAddressOf,
  OPEN,
  repeatedOrigin,
  SHARE_ANSWERS,
  WATCH,
  WORKERS,
  wholeNumber,
  workersOf,
} from './arguments.js';
import { DEMO_SIZES, ENGINES, type StartOptions } from './verb-bodies.js';
import type { VerbDeps } from './verb-deps.js';

const DEFAULT_PORT = 4000;

interface Given {
  readonly port?: string;
  readonly host?: string;
  readonly size?: DemoSize;
  readonly seed?: number;
  readonly config?: string;
  readonly also?: string;
  readonly gateway?: string;
  readonly workers?: string;
  readonly healthPort?: string;
  readonly watch?: boolean;
  readonly shareAnswers?: boolean;
  readonly engine: Engine;
  readonly carrier: CarrierName;
  readonly allowOrigin?: readonly string[];
  readonly access?: string;
  readonly open?: boolean;
}

export function registerStart(program: Command, { bodies, io, finish }: VerbDeps): void {
  program
    .command('start')
    .summary('serve a whole county in one process, or in several')
    .description(
      'Serves a county: all its departments, the registry, the hub and the gateway. With --workers so many processes ' +
        'answer, and one more reads snapshots, files and the index for them. ' +
        'Without --config this is the demo county, built under STATE_DIRECTORY or var/ on the first run; it prints a token for each ' +
        'role and listens on loopback only.',
    )
    .option('-p, --port <n>', `port to listen on; 0 is any free one (default: PORT, or ${DEFAULT_PORT})`)
    .option('--host <address>', 'address to listen on (default: HOST, or 127.0.0.1)')
    .option('-c, --config <file>', 'connections file of a real county')
    .option('--also <file>', ALSO)
    .option('--gateway <file>', `${GATEWAY} (default: gateway.yaml beside the connections file)`)
    .addOption(
      new Option('--size <size>', 'size of the demo county (default: DEMO_SIZE, or small)').choices(
        DEMO_SIZES,
      ),
    )
    .option('--seed <n>', `seed of the demo county (default: DEMO_SEED, or ${DEFAULT_SEED})`, wholeNumber(0))
    .option('--access <file>', ACCESS)
    .option('--open', OPEN)
    .option('--health-port <n>', HEALTH_PORT)
    .option('--workers <n>', WORKERS)
    .option('--watch', WATCH)
    .option('--share-answers', SHARE_ANSWERS)
    .option('--allow-origin <origin>', ALLOW_ORIGIN, repeatedOrigin)
    .addOption(new Option('--engine <name>', ENGINE).choices(ENGINES).default('compiled'))
    .addOption(new Option('--carrier <name>', CARRIER).choices(CARRIERS).default('bytes'))
    .action(async (given: Given) => finish(await bodies.start(decodeStart(given, io.environment), io)));
}

function decodeStart(given: Given, environment: NodeJS.ProcessEnv): StartOptions {
  const address = listenAddressOf(given, environment, DEFAULT_PORT);
  const sharesAnswers = given.shareAnswers === true;
  const shared = {
    address,
    sharesAnswers,
    workers: workersOf(given, environment),
    watches: given.watch === true,
    healthAddress: healthAddressOf(given, environment, address),
    engine: given.engine,
    carrier: given.carrier,
    access: accessChoiceOf(given, address),
    ...(given.allowOrigin !== undefined && { allowedOrigins: given.allowOrigin }),
    ...(given.also !== undefined && { alsoFile: given.also }),
    ...(given.gateway !== undefined && { gatewayFile: given.gateway }),
  };
  if (given.config !== undefined) {
    return { ...shared, county: { kind: 'configured', configFile: given.config } };
  }
  if (!isLoopback(address.host)) {
    throw new CommandFailure(
      EXIT.usage,
      `演示模式只能监听本机地址。Cannot start the demo county: the host must be a loopback address, but is ${JSON.stringify(address.host)}.`,
    );
  }
  const size = given.size ?? demoSizeOf(environment);
  const seed = given.seed ?? demoSeedOf(environment);
  return { ...shared, county: { kind: 'demo', size, seed } };
}
