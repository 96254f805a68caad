import { wholeNumber } from '../request-parameters.js';
import { placeholders, type StoredCell, type StoredRow, type StoreFile } from '../store-file.js';
import type { Parameters } from './rest-service.js';

/** Names of the parameters by which a list is turned page by page, and the largest page. */
interface Paging {
  readonly page: string;
  readonly size: string;
  readonly usual: string;
  readonly most: number;
}

/** Pages are counted from 1 on. */
function readPage(
  parameters: Parameters,
  { page, size, usual, most }: Paging,
): { readonly page: number; readonly size: number } | string {
  const asked = wholeNumber(parameters.get(page) ?? '1');
  const rows = wholeNumber(parameters.get(size) ?? usual);
  if (asked === null || asked < 1) return `${page}必须为正整数`;
  if (rows === null || rows < 1 || rows > most) return `${size}必须在1到${most}之间`;
  return { page: asked, size: rows };
}

/** A table of the store that is listed page by page. */
export interface Listing {
  readonly table: string;
  readonly order: string;
  readonly paging: Paging;
  readonly narrowing: Narrowing;
}

interface ListedPage {
  readonly total: number;
  readonly page: number;
  readonly size: number;
  readonly rows: readonly StoredRow[];
}

/** The page that is asked for; or a sentence about what is wrong with the request, as the systems would put it. */
export function listPage(
  parameters: Parameters,
  store: StoreFile,
  { table, order, paging, narrowing }: Listing,
): ListedPage | string {
  const paged = readPage(parameters, paging);
  if (typeof paged === 'string') return paged;
  const filter = readFilter(parameters, narrowing);
  if (typeof filter === 'string') return filter;
  const { where, values } = filter;
  const total = store.count(`SELECT count(*) FROM ${table} WHERE ${where}`, values);
  const rows = store.all(`SELECT * FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`, [
    ...values,
    paged.size,
    (paged.page - 1) * paged.size,
  ]);
  return { total, ...paged, rows };
}

/** By which parameters a list is narrowed, and to which column each belongs. */
interface Narrowing {
  /** Moments, both included. */
  readonly from?: readonly [parameter: string, column: string];
  readonly to?: readonly [parameter: string, column: string];
  /** Up to so many values, joined by commas. */
  readonly keys: readonly (readonly [parameter: string, column: string])[];
  readonly most: number;
}

interface StoreFilter {
  readonly where: string;
  readonly values: readonly StoredCell[];
}

/** Empty parameters narrow nothing. A sentence, where one is wrong. */
function readFilter(parameters: Parameters, { from, to, keys, most }: Narrowing): StoreFilter | string {
  const terms = ['1 = 1'];
  const values: StoredCell[] = [];
  for (const [bound, comparison] of [
    [from, '>='],
    [to, '<='],
  ] as const) {
    const [name = '', column] = bound ?? [];
    const time = parameters.get(name) ?? '';
    if (time === '') continue;
    if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(time)) return `${name}格式应为yyyy-MM-dd HH:mm:ss`;
    terms.push(`${column} ${comparison} ?`);
    values.push(time);
  }
  for (const [name, column] of keys) {
    const wanted = (parameters.get(name) ?? '').split(',').filter((key) => key !== '');
    if (wanted.length === 0) continue;
    if (wanted.length > most) return `${name}最多${most}个`;
    terms.push(`${column} IN (${placeholders(wanted)})`);
    values.push(...wanted);
  }
  return { where: terms.join(' AND '), values };
}
