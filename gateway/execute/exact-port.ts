import { ExactNumber } from '../../runtime/json/exact-json.js';
import type { SubgraphPort, SubgraphRequest, SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import type { ReadReply, ReplyBytes } from '../bytes/carriage.js';

/** A request that says where the digits of numbers matter, and what can be done with bytes. */
export interface ExactRequest extends SubgraphRequest {
  /**
   * Takes a reply as the bytes that it came in, whoever else has them; null: it has to be read as objects. Absent: all replies
   * have to.
   */
  readonly carry?: (reply: ReplyBytes) => ReadReply | null;
  /** The variables as JSON, where they are bytes already; then `variables` are not looked at. */
  readonly variablesJson?: Buffer;
  /** Whether data as `JSON.parse` gives them have numbers whose digits it may have changed. Absent: they may. */
  readonly mayLoseDigits?: (data: unknown) => boolean;
}

/** What a port that keeps digits returns. */
export interface ExactResult extends SubgraphResult {
  /** What `carry` made of the reply; then there are neither `data` nor `errors`. Absent: nothing. */
  readonly carried?: CarriedReply;
  /** Whether its data have `ExactNumber`s. Absent: they have none. */
  readonly hasExactNumbers?: boolean;
}

export interface CarriedReply {
  readonly read: ReadReply;
  /** The same reply as objects. */
  asObjects(): ExactResult;
}

/**
 * A port that sends `ExactNumber`s with all their digits, and returns such, and whose replies are bytes; others know JavaScript's numbers
 * and objects alone.
 */
export interface ExactPort {
  readonly keepsDigits: true;
}

export function keepsDigits(port: SubgraphPort): boolean {
  return 'keepsDigits' in port;
}

/** Variables as a port can take them. */
export function variablesFor(
  port: SubgraphPort,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return keepsDigits(port) ? variables : (withPlainNumbers(variables) as Record<string, unknown>);
}

/** The same value where nothing has to change. */
function withPlainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ExactNumber) return Number(value);
  if (Array.isArray(value)) {
    const plain = value.map(withPlainNumbers);
    return plain.some((one, index) => one !== value[index]) ? plain : value;
  }
  const members = Object.entries(value);
  const plain = members.map(([name, member]) => [name, withPlainNumbers(member)] as const);
  return plain.some(([, one], index) => one !== members[index]?.[1]) ? Object.fromEntries(plain) : value;
}
