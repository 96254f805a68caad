import { hash } from 'node:crypto';
import { SourceMalformed, SourceUnavailable } from '../../source-error.js';
import type { Paging } from '../asked-object.js';
import type { WebAnswer, WebParameters, WebRow } from '../web-protocol.js';

/** Sends one request of a series. */
export type Exchange = (parameters: WebParameters) => Promise<WebAnswer>;

/** A source from which rows vanish while it is read is read again from the start; more often than this it is given up. */
const MAX_RESTARTS = 2;
/** A cursor may lead through pages that hold nothing, but not for ever. */
const MAX_EMPTY_PAGES = 100;

/**
 * Reads on until the source has no more; a reader may stop before that. Rows that come again because the source moved
 * under the reading are handed out again: identical rows are one row to the collector.
 *
 * @throws {SourceMalformed} when a page repeats, a cursor leads in a circle, or the total contradicts the rows.
 * @throws {SourceUnavailable} when rows vanish from the source again and again while it is read.
 */
export async function* readPages(
  parameters: WebParameters,
  paging: Paging | undefined,
  exchange: Exchange,
): AsyncGenerator<readonly WebRow[]> {
  if (paging === undefined) yield (await exchange(parameters)).rows;
  else if (paging.style === 'cursor') yield* readCursor(parameters, paging, exchange);
  else yield* readNumbered(parameters, paging, exchange);
}

/** The parameters of a first page. */
export function firstPage(parameters: WebParameters, paging: Paging | undefined): WebParameters {
  if (paging === undefined) return parameters;
  const start = paging.style === 'cursor' ? null : paging.style === 'page' ? paging.first : 0;
  return withPlace(parameters, paging, start === null ? null : String(start));
}

function withPlace(parameters: WebParameters, paging: Paging, place: string | null): WebParameters {
  const all = new Map(parameters);
  if (paging.sizeParam !== undefined) all.set(paging.sizeParam, String(paging.size));
  if (place !== null) all.set(paging.param, place);
  return all;
}

async function* readCursor(
  parameters: WebParameters,
  paging: Extract<Paging, { style: 'cursor' }>,
  exchange: Exchange,
): AsyncGenerator<readonly WebRow[]> {
  const known = new Set<string>();
  const repeats = createRepeatCheck();
  let emptyPages = 0;
  for (let next: string | null = null; ; ) {
    const answer = await exchange(withPlace(parameters, paging, next));
    repeats(answer.rows);
    yield answer.rows;
    next = answer.next === '' ? null : answer.next;
    if (next === null) return;
    emptyPages = answer.rows.length === 0 ? emptyPages + 1 : 0;
    if (known.has(next) || emptyPages > MAX_EMPTY_PAGES) {
      throw new SourceMalformed(
        'Cannot read on: every cursor must lead to further rows, but one leads in a circle',
      );
    }
    known.add(next);
  }
}

type NumberedPaging = Exclude<Paging, { style: 'cursor' }>;

async function* readNumbered(
  parameters: WebParameters,
  paging: NumberedPaging,
  exchange: Exchange,
): AsyncGenerator<readonly WebRow[]> {
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts += 1) {
    const hasVanished = yield* readThrough(parameters, paging, exchange);
    if (!hasVanished) return;
  }
  throw new SourceUnavailable(
    'Cannot read on: the source must hold still for one reading, but rows keep vanishing from it',
  );
}

/** One way through all pages; true when rows have vanished meanwhile, so that later ones may have slipped past a border. */
async function* readThrough(
  parameters: WebParameters,
  paging: NumberedPaging,
  exchange: Exchange,
): AsyncGenerator<readonly WebRow[], boolean> {
  const repeats = createRepeatCheck();
  let received = 0;
  let announced: number | null = null;
  for (let page = 0; ; page += 1) {
    const place = paging.style === 'page' ? paging.first + page : received;
    const answer = await exchange(withPlace(parameters, paging, String(place)));
    const { rows } = answer;
    if (announced !== null && answer.total !== null && answer.total < announced) return true;
    // An answer without rows may leave out the total that those before it announced.
    const total: number | null = answer.total ?? announced;
    announced = total;
    const isNew = repeats(rows, paging.style === 'page' && paging.beyond === 'repeats');
    if (!isNew) return false;
    received += rows.length;
    checkTotal(rows.length, received, total);
    yield rows;
    // A page shorter than asked is no end: many services send fewer rows at once than they are asked for.
    if (total === null ? rows.length === 0 : received >= total) return false;
  }
}

function checkTotal(pageRows: number, received: number, total: number | null): void {
  if (total === null) return;
  if (received > total) {
    throw new SourceMalformed(`Cannot read on: there must be ${total} rows in all, but ${received} came`);
  }
  if (pageRows === 0 && received < total) {
    throw new SourceMalformed(
      `Cannot read on: there must be ${total} rows in all, but the pages end after ${received}`,
    );
  }
}

/** Sees every page; false for one that only repeats the page before it, where that is how the source says the end. */
type RepeatCheck = (rows: readonly WebRow[], mayRepeat?: boolean) => boolean;

/** Throws on a page without a single new row: the source does not turn the page. */
function createRepeatCheck(): RepeatCheck {
  const known = new Set<string>();
  let former = '';
  return (rows, mayRepeat = false) => {
    const before = known.size;
    const names = rows.map((row) => hash('sha256', JSON.stringify([...row]), 'base64'));
    for (const name of names) known.add(name);
    const page = names.join();
    if (rows.length === 0 || known.size > before) {
      former = page;
      return true;
    }
    if (mayRepeat && page === former) return false;
    throw new SourceMalformed(
      'Cannot read on: each page must bring new rows, but one only repeats others before it ' +
        '(if the source sends its last page again beyond the end, the mapping must name the total, or say pages.beyond: repeats)',
    );
  };
}
