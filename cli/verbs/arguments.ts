import { InvalidArgumentError } from 'commander';
import { DEPARTMENT_NAME, PLAIN_WORD, TOWNSHIP_CODE } from '../../gateway/access/identity/row-names.js';
import type { Engine } from '../../gateway/execute/create-engine.js';
import {
  AddressInvalid,
  decodeListenAddress,
  isLoopback,
  type ListenAddress,
} from '../../runtime/listen-address.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { AccessChoice } from './verb-bodies.js';

/** Where to listen: options, else `HOST` and `PORT`, else loopback and the verb's own port. */
export function listenAddressOf(
  given: { readonly host?: string; readonly port?: string },
  environment: NodeJS.ProcessEnv,
  defaultPort: number,
): ListenAddress {
  try {
    return decodeListenAddress(given, environment, { host: '127.0.0.1', port: defaultPort });
  } catch (error) {
    if (error instanceof AddressInvalid) throw new CommandFailure(EXIT.usage, error.message);
    throw error;
  }
}

/** @param least smallest number that makes sense. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} on.`);
  };
}

export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new InvalidArgumentError('It must be a JSON object, such as {"date":{"from":"2026-01-01"}}.');
}

/** Help text of the option that all verbs which serve a whole graph have. */
export const SHARE_ANSWERS =
  'carry identical queries of one caller that run at once out once: for dashboards on many screens';

/** Help text of the option `--allow-origin`. */
export const ALLOW_ORIGIN =
  'origin of web pages that may ask, such as https://board.example.cn; * is every one; may be repeated (default: none)';

/** Help text of the option `--access`. */
export const ACCESS = 'who is let in: access.yaml (default: beside the connections file)';

/** Help text of the option `--open`. */
export const OPEN = 'ask nobody who he is; on a loopback address alone, for trials and tests';

/** Whom to let in. @throws {CommandFailure} for a gateway that is open to others than this machine. */
export function accessChoiceOf(
  { access, open, engine }: { readonly access?: string; readonly open?: boolean; readonly engine: Engine },
  { host }: ListenAddress,
): AccessChoice {
  if (open === true && access !== undefined) {
    throw new CommandFailure(
      EXIT.usage,
      '--open 与 --access 不能同时使用。Cannot serve: --open and --access contradict each other.',
    );
  }
  if (engine === 'apollo' && open !== true) {
    throw new CommandFailure(
      EXIT.usage,
      '--engine apollo 不执行访问控制，须与 --open 一同使用。Cannot serve: --engine apollo enforces nothing and needs --open.',
    );
  }
  if (open !== true) return { kind: 'told', ...(access !== undefined && { file: access }) };
  if (isLoopback(host)) return { kind: 'open' };
  throw new CommandFailure(
    EXIT.usage,
    `--open 只能监听本机地址。Cannot serve: with --open the host must be a loopback address, but is ${JSON.stringify(host)}.`,
  );
}

/** Collects the values of an option that may be repeated. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const WORDS = {
  township: [TOWNSHIP_CODE, 'It must be a code of nine digits, such as 330922101.'],
  department: [DEPARTMENT_NAME, 'It must be the name of a subgraph, such as market.'],
  word: [PLAIN_WORD, 'It must be a word without blanks.'],
} as const;

/** As `repeated`, of words of one kind. */
export function repeatedWord(
  kind: keyof typeof WORDS,
): (value: string, before?: readonly string[]) => readonly string[] {
  const [pattern, message] = WORDS[kind];
  return (value, before) => {
    if (pattern.test(value)) return repeated(value, before);
    throw new InvalidArgumentError(message);
  };
}

/** As `repeated`, of `scheme://host[:port]` or `*`. */
export function repeatedOrigin(value: string, before: readonly string[] = []): readonly string[] {
  if (value !== '*' && (!URL.canParse(value) || new URL(value).origin !== value)) {
    throw new InvalidArgumentError('It must be * or an origin, such as https://board.example.cn (no path).');
  }
  return repeated(value, before);
}

/** Help text of the option `--gateway`. */
export const GATEWAY = "gateway's own settings, such as deadlines, limits, and the Redis that shares them";

/** Help text of the option `--also`. */
export const ALSO = 'file of connections and departments to try beside those of the county';

/** Help text of the option `--engine`. */
export const ENGINE =
  'who plans and executes queries: the compiled engine, or @apollo/gateway, to compare answers with';

/** Help text of the option `--carrier`. */
export const CARRIER =
  'what answers go by: bytes as far as they can, or objects alone, should the two ever seem to differ';

/** Help text of the option `--workers`. */
export const WORKERS =
  'processes that share the port: as many as there are cores for them (default: WORKERS, or 1)';

/** Help text of the option `--watch`. */
export const WATCH = 'read the graph again when its files change, as SIGHUP asks for';

/** Help text of the option `--health-port`. */
export const HEALTH_PORT =
  'another port for /health and /metrics, in a thread of its own: it answers however busy the gateway is (default: HEALTH_PORT, or none)';

/** Where health and metrics are answered besides: on the same host. @throws {CommandFailure} */
export function healthAddressOf(
  { healthPort }: { readonly healthPort?: string },
  { HEALTH_PORT: usual }: NodeJS.ProcessEnv,
  { host }: ListenAddress,
): ListenAddress | null {
  const port = healthPort ?? usual;
  return port === undefined || port === '' ? null : listenAddressOf({ host, port }, {}, 0);
}

/** More have no port to share that would be worth it. */
const MOST_WORKERS = 64;

/** How many processes serve: the option, else `WORKERS`, else one. @throws {CommandFailure} */
export function workersOf(
  given: { readonly workers?: string },
  { WORKERS: usual }: NodeJS.ProcessEnv,
): number {
  const said = given.workers ?? usual ?? '1';
  const count = /^\d{1,3}$/.test(said) ? Number(said) : Number.NaN;
  if (count >= 1 && count <= MOST_WORKERS) return count;
  throw new CommandFailure(
    EXIT.usage,
    `进程数应为 1 到 ${MOST_WORKERS} 的整数，当前为 ${JSON.stringify(said)}。Cannot serve: --workers (or WORKERS) must be a whole number from 1 to ${MOST_WORKERS}, but is ${JSON.stringify(said)}.`,
  );
}
