import { wholeNumber } from '../../request-parameters.js';
import { placeholders, type StoredCell, type StoredRow, type StoreFile } from '../../store-file.js';

/** A table as an operation lists it. */
export interface Listing {
  readonly table: string;
  /** Column by which the rows are ordered. */
  readonly key: string;
  /** Column of the codes, and of the days `yyyy-MM-dd`, that an answer can be narrowed to. */
  readonly holder: string;
  readonly day: string;
}

/** Rows from `skip` on, `take` of them at most. */
export interface ListQuery {
  /** Empty: everybody's. */
  readonly holders: readonly string[];
  /** Both included; empty: open. */
  readonly from: string;
  readonly to: string;
  readonly skip: number;
  readonly take: number;
}

export interface Listed {
  /** Of all rows that fit, whatever the page. */
  readonly total: number;
  readonly rows: readonly StoredRow[];
}

export function readListing(
  store: StoreFile,
  { table, key, holder, day }: Listing,
  { holders, from, to, skip, take }: ListQuery,
): Listed {
  const terms = ['1 = 1'];
  const values: StoredCell[] = [];
  const narrow = (term: string, more: readonly string[]): void => {
    terms.push(term);
    values.push(...more);
  };
  if (holders.length > 0) narrow(`${holder} IN (${placeholders(holders)})`, holders);
  if (from !== '') narrow(`${day} >= ?`, [from]);
  if (to !== '') narrow(`${day} <= ?`, [to]);
  const where = terms.join(' AND ');
  return {
    total: store.count(`SELECT count(*) FROM ${table} WHERE ${where}`, values),
    rows: store.all(`SELECT * FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT ? OFFSET ?`, [
      ...values,
      take,
      skip,
    ]),
  };
}

/** The parameters of a query as texts, and the names by which the operation calls them. */
interface QueryTexts {
  readonly holders: readonly [name: string, text: string];
  readonly from: string;
  readonly to: string;
  /** Of pages: `numbered` from 1, or `offset` from 0. */
  readonly position: readonly [name: string, text: string, style: 'numbered' | 'offset'];
  readonly size: readonly [name: string, text: string];
}

/** How much one call may ask for. */
interface QueryLimits {
  readonly holders: number;
  readonly rows: number;
}

/** A sentence about what is wrong with the query, instead of one, as such a system would put it. */
export function readListQuery(texts: QueryTexts, most: QueryLimits): ListQuery | string {
  const [holdersName, codes] = texts.holders;
  const holders = codes.split(',').filter((code) => code !== '');
  if (holders.length > most.holders) return `${holdersName}最多${most.holders}个`;
  const { from, to } = texts;
  if (![from, to].every((day) => day === '' || /^\d{4}-\d{2}-\d{2}$/.test(day))) {
    return '日期格式应为yyyy-MM-dd';
  }
  const [sizeName, sizeText] = texts.size;
  const take = wholeNumber(sizeText || '50');
  if (take === null || take < 1 || take > most.rows) return `${sizeName}必须在1到${most.rows}之间`;
  const [positionName, positionText, style] = texts.position;
  const first = style === 'numbered' ? 1 : 0;
  const position = wholeNumber(positionText || String(first));
  if (position === null || position < first) return `${positionName}必须为不小于${first}的整数`;
  return { holders, from, to, skip: style === 'numbered' ? (position - 1) * take : position, take };
}
