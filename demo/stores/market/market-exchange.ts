import type { LegacyCell } from '../legacy-table.js';

/** The technical columns that the front-end database adds to every row. */
export const EXCHANGE_COLUMNS = [
  { name: 'env_flag', type: 'text', length: 8 },
  { name: 'S_EXT_VALIDFLAG', type: 'text', length: 1 },
  { name: 'S_EXT_TIMESTAMP', type: 'text', length: 19 },
  { name: 'S_EXT_SEQUENCE', type: 'integer' },
] as const;

type ExchangeCells = Readonly<Record<(typeof EXCHANGE_COLUMNS)[number]['name'], LegacyCell>>;

/** One sending of a record: what it says, and when. */
export interface Sending<Content> {
  readonly content: Content;
  /** `yyyy-MM-dd HH:mm:ss`. */
  readonly at: string;
  /** Default: valid. */
  readonly validFlag?: '0' | '1';
  /** `1` and `test` mark rows that were entered to try the system out (D13). */
  readonly envFlag?: '1' | 'test';
}

/** Numbers the sendings of one table, as the front-end database does. */
export function* numberSendings<Content extends object>(
  sendings: Iterable<Sending<Content>>,
): Generator<Content & ExchangeCells> {
  let sequence = 0;
  for (const { content, at, validFlag, envFlag } of sendings) {
    sequence += 1;
    yield {
      ...content,
      env_flag: envFlag ?? (sequence % 3 === 0 ? '0' : null),
      S_EXT_VALIDFLAG: validFlag ?? '1',
      S_EXT_TIMESTAMP: at,
      S_EXT_SEQUENCE: sequence,
    };
  }
}
