import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../config/secret.js';

/**
 * Who asks: an authenticated user or application. It stands in every call's context, goes along to subgraphs on other
 * machines, and is part of every key under which reads are shared, so that nothing is ever shared between two callers.
 */
export interface Caller {
  /** Unique: who issued it, and whom to. */
  readonly name: string;
  /** Of `schema/policy.yaml`: which fields it may see. */
  readonly role: string;
  /** Which rows it may see; the door to rows applies it. */
  readonly scope: RowScope;
  /**
   * Code of the legal matter that he names with this request; sources that ask for one are told it. Absent: he names
   * none, or it is the county's own work.
   */
  readonly purpose?: string;
  /**
   * Counts of natural persons below this are not told to him, and others rounded; an odd number, at least 3. Absent: he
   * is told exact ones.
   */
  readonly smallCells?: number;
  /**
   * He may change how interfaces serve (the right `hands` of the policy). Told by the gateway that let him in; a process that is not sure of
   * who says so takes it away. Absent: he may not.
   */
  readonly hands?: true;
}

/** Rows that a caller may see. */
export interface RowScope {
  /** Codes of nine digits; null: of all townships. */
  readonly townships: readonly string[] | null;
  /** Departments by the names of their subgraphs; null: of all. */
  readonly departments: readonly string[] | null;
}

export const ALL_ROWS: RowScope = { townships: null, departments: null };

/** The county's own work, and everybody where a gateway was told to ask nobody who he is. */
export const ANONYMOUS: Caller = { name: 'anonymous', role: 'anonymous', scope: ALL_ROWS };

/** The same, who may change nothing. */
export function withoutHands(caller: Caller): Caller {
  if (caller.hands === undefined) return caller;
  const { hands: _, ...others } = caller;
  return others;
}

/** Two callers have the same key only if they are one and the same, and ask for the same legal matter. */
export function callerKey({ name, role, scope, purpose, smallCells, hands }: Caller): string {
  const { townships, departments } = scope;
  const said = [name, role, townships, departments, purpose ?? null, smallCells ?? null];
  return JSON.stringify(hands === undefined ? said : [...said, hands]);
}

/** The header in which a caller goes along to another machine. */
export const CALLER_HEADER = 'x-caller';

/** How long a caller is known by one header. */
const GOOD_FOR_MS = 60_000;
/** Clocks of two machines may differ by so much. */
const SKEW_MS = 30_000;
const MAX_LENGTH = 8192;

/** How long a header is used again. */
const SAME_FOR_MS = 1000;

/** The last header that was made: calls of one request follow each other, and often all callers are one. */
let last: {
  readonly caller: Caller;
  readonly key: Secret | undefined;
  readonly at: number;
  readonly text: string;
} | null = null;

/**
 * As the text of a header: names may hold any character.
 *
 * @param key signs it, so that nobody else can name a caller. Absent: it is as good as the road that it comes by.
 */
export function encodeCaller(caller: Caller, key?: Secret, now = Date.now()): string {
  if (last?.caller === caller && last.key === key && now >= last.at && now - last.at < SAME_FOR_MS)
    return last.text;
  const { name, role, scope, purpose = null, smallCells = null, hands } = caller;
  const said: unknown[] = [
    name,
    role,
    scope.townships,
    scope.departments,
    now + GOOD_FOR_MS,
    purpose,
    smallCells,
  ];
  // Left out where it is not so: an earlier version knows seven members.
  if (hands !== undefined) said.push(hands);
  const body = Buffer.from(JSON.stringify(said)).toString('base64url');
  const text = key === undefined ? body : `${body}.${macOf(body, key).toString('base64url')}`;
  last = { caller, key, at: now, text };
  return text;
}

/**
 * Reads the header; without one, and without a key, the caller is anonymous.
 *
 * @returns null for a text that names nobody, is signed by nobody of ours, or is too old: such a call must be refused.
 */
export function decodeCaller(header: string | undefined, key?: Secret, now = Date.now()): Caller | null {
  if (header === undefined) return key === undefined ? ANONYMOUS : null;
  if (header.length > MAX_LENGTH) return null;
  const [body = '', mac, ...more] = header.split('.');
  if (more.length > 0 || (mac === undefined) !== (key === undefined)) return null;
  if (key !== undefined && !isMac(mac ?? '', macOf(body, key))) return null;
  const read = readBody(body);
  if (read === null || now > read.until + SKEW_MS) return null;
  return read.caller;
}

function macOf(body: string, key: Secret): Buffer {
  return createHmac('sha256', key.reveal()).update(CALLER_HEADER).update('\0').update(body).digest();
}

function isMac(text: string, mac: Buffer): boolean {
  const given = Buffer.from(text, 'base64url');
  return given.length === mac.length && timingSafeEqual(given, mac);
}

function readBody(body: string): { readonly caller: Caller; readonly until: number } | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    if (!Array.isArray(said) || (said.length !== 7 && said.length !== 8)) return null;
    const [name, role, townships, departments, until, purpose, smallCells, hands] =
      said as readonly unknown[];
    if (!isName(name) || !isName(role) || !isList(townships) || !isList(departments)) return null;
    if (typeof until !== 'number' || (purpose !== null && !isName(purpose))) return null;
    if (smallCells !== null && !isLeast(smallCells)) return null;
    if (hands !== undefined && hands !== true) return null;
    const caller: Caller = {
      name,
      role,
      scope: { townships, departments },
      ...(purpose !== null && { purpose }),
      ...(smallCells !== null && { smallCells }),
      ...(hands === true && { hands }),
    };
    return { caller, until };
  } catch {
    return null;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 1000;
}

/** Whether counts can be told by it: an even one would let single counts be worked out (decision 40). */
export function isLeast(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 3 && value % 2 === 1;
}

function isList(value: unknown): value is readonly string[] | null {
  return value === null || (Array.isArray(value) && value.every(isName));
}
