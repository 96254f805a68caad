import type { LegacyCell } from '../legacy-table.js';

/** The columns that the front-end database of the transport bureau adds to every row (domain §1.1 IF-4). */
export const EXCHANGE_COLUMNS = [
  { name: 'xh', type: 'integer' },
  { name: 'sjczlx', type: 'text', length: 1 },
  { name: 'jhkg', type: 'text', length: 1 },
  { name: 'csbz', type: 'text', length: 8 },
  { name: 'rksj', type: 'datetime' },
] as const;

type ExchangeCells = Readonly<Record<(typeof EXCHANGE_COLUMNS)[number]['name'], LegacyCell>>;

/** One sending of a record: what it says, when, and whether it was added (1), changed (2) or deleted (3). */
interface Sending<Content> {
  readonly content: Content;
  readonly at: string;
  readonly operation: '1' | '2' | '3';
  /** D13: rows that were entered to try the system out. */
  readonly trial?: '1' | '测试';
}

/** How a record comes to be sent more than once. */
interface Habits<Content> {
  /** Column that names the record. */
  readonly key: keyof Content & string;
  /** What an earlier sending said differently. */
  readonly before: Partial<Content>;
  /** What a trial says differently. */
  readonly trial: Partial<Content>;
  /** When it was sent; `later` counts the nights after its first sending. */
  readonly at: (later: number) => string;
  /** When the sending that counts was made. */
  readonly sentAt: string;
  readonly turn: number;
}

/** The sending that counts, and around it, by turns, an earlier one, one that was deleted (D12), and a trial (D13). */
export function* sendingsOf<Content extends object>(
  content: Content,
  { key, before, trial, at, sentAt, turn }: Habits<Content>,
): Generator<Sending<Content>> {
  const twin = (suffix: string): Content => ({ ...content, [key]: `${String(content[key])}${suffix}` });
  const corrected = turn % 5 === 2;
  if (corrected) yield { content: { ...content, ...before }, at: at(0), operation: '1' };
  yield { content, at: sentAt, operation: corrected ? '2' : '1' };
  if (turn % 9 === 4) {
    yield { content: twin('S'), at: at(0), operation: '1' };
    yield { content: { ...twin('S'), ...before }, at: at(1), operation: '3' };
  }
  if (turn % 9 === 7) {
    const flag = turn % 2 === 0 ? '1' : '测试';
    yield { content: { ...twin('T'), ...trial }, at: at(0), operation: '1', trial: flag };
  }
}

/** Numbers the sendings of one table. */
export function* numberSendings<Content extends object>(
  sendings: Iterable<Sending<Content>>,
): Generator<Content & ExchangeCells> {
  let xh = 0;
  for (const { content, at, operation, trial } of sendings) {
    xh += 1;
    const csbz = trial ?? (xh % 3 === 0 ? '0' : null);
    yield { ...content, xh, sjczlx: operation, jhkg: xh % 2 === 0 ? '1' : '0', csbz, rksj: at };
  }
}
