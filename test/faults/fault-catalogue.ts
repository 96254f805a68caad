import type { Fault } from '../../demo/servers/faults.js';
import type { ErrorCode } from '../../runtime/errors.js';

/** The demo county's systems behind HTTP, by connection. */
export const SYSTEMS = ['legal-person', 'positions', 'case-detail', 'health', 'hotline'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** What a caller may be told of a failing system; `exact`: the fault is overcome and the answer is the healthy one. */
type Expected = 'exact' | readonly ErrorCode[];

export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
  readonly expected: (system: SystemName) => Expected;
}

const exact = (): Expected => 'exact';
const told =
  (...codes: readonly ErrorCode[]) =>
  (): Expected =>
    codes;

export const FAULTS: readonly NamedFault[] = [
  { name: 'refused', fault: { transport: 'refused' }, expected: told('SOURCE_UNAVAILABLE') },
  { name: 'reset mid-body', fault: { transport: 'reset' }, expected: told('SOURCE_UNAVAILABLE') },
  { name: 'half-open', fault: { transport: 'half-open' }, expected: told('SOURCE_TIMEOUT') },
  { name: 'one byte per second', fault: { transport: 'drip' }, expected: told('SOURCE_TIMEOUT') },
  { name: '10 s late', fault: { delayMs: 10_000 }, expected: told('SOURCE_TIMEOUT') },
  // Whichever bound is met first. The server that sends so much shares this process, so that any timer may be late.
  {
    name: '1 GiB answer',
    fault: { content: 'huge' },
    expected: told('SOURCE_TOO_LARGE', 'SOURCE_TIMEOUT', 'SUBGRAPH_TIMEOUT'),
  },
  {
    name: 'gzip bomb',
    fault: { content: 'gzip-bomb' },
    expected: told('SOURCE_TOO_LARGE', 'SOURCE_TIMEOUT', 'SUBGRAPH_TIMEOUT'),
  },
  { name: 'wrong charset', fault: { content: 'wrong-charset' }, expected: told('SOURCE_MALFORMED') },
  { name: 'truncated', fault: { content: 'truncated' }, expected: told('SOURCE_MALFORMED') },
  { name: 'HTML under 200', fault: { content: 'html' }, expected: told('SOURCE_MALFORMED') },
  { name: 'DOCTYPE', fault: { content: 'doctype' }, expected: told('SOURCE_MALFORMED') },
  { name: 'status 500', fault: { status: 500 }, expected: told('SOURCE_UNAVAILABLE') },
  {
    name: 'fault under 200',
    fault: { content: 'failure' },
    // Code 99 of the first generation and a SOAP fault of the server's pass by themselves; the others say no more than no.
    expected: (system) => [
      system === 'legal-person' || system === 'health' ? 'SOURCE_UNAVAILABLE' : 'SOURCE_REJECTED',
    ],
  },
  {
    name: 'expired secret',
    fault: { expiredSecret: true },
    // The first generation gives out a new secret; a key or password that no longer holds is for people to mend.
    expected: (system) => (system === 'legal-person' ? 'exact' : ['SOURCE_CREDENTIALS_REFUSED']),
  },
  // Signatures are dated by the gateway's clock; the others do not look at ours.
  { name: 'clock 5 min ahead', fault: { clockOffsetMs: 300_000 }, expected: exact },
  { name: 'clock 5 min behind', fault: { clockOffsetMs: -300_000 }, expected: exact },
];
