import { isDeepStrictEqual } from 'node:util';
import type { ExportLedger } from './export-ledger.js';
import type { Lack, ListPage } from './page-answer.js';
import type { Patience } from './patience.js';

/** Asks for the page behind a cursor. */
export type AskPage = (after: string | null) => Promise<ListPage>;

interface WalkOptions {
  readonly ask: AskPage;
  readonly after: string | null;
  /** The page behind `after`, which was asked for already. */
  readonly first: ListPage;
  readonly ledger: ExportLedger;
  readonly patience: Patience;
  /** Aborts when the caller leaves. */
  readonly signal: AbortSignal;
}

/**
 * The rows of a list, page by page; every row once. The next page is asked for while one is written, so that two are
 * held at most.
 *
 * A page of whose rows cells are missing, or behind which the walk must not go on, is asked for again until it is whole
 * or patience ends. An interface that is away is left behind, for the cursor knows its place; at the end the last cursor
 * is asked again until it has brought its rows.
 */
export async function* walkList(options: WalkOptions): AsyncGenerator<readonly unknown[]> {
  const { ask, ledger, patience, signal } = options;
  let cursor = options.after;
  let asked = Promise.resolve(options.first);
  const again = async (lacks: readonly Lack[]): Promise<boolean> => {
    // Every row may lack the same.
    const names = [...new Set(lacks.filter(({ mayReturn }) => mayReturn).map(({ name }) => name))];
    if (names.length === 0) return false;
    ledger.wait(names);
    if (!(await patience.wait(names, signal))) return false;
    asked = ask(cursor);
    return true;
  };
  try {
    while (!signal.aborted) {
      const given = await asked;
      if (signal.aborted) break;
      patience.see(given.lacks.map(({ name }) => name));
      if (await again(given.lacks.filter((lack) => !isOfRows(lack)))) continue;
      const page = await settle(given, ask);
      if (signal.aborted) break;
      if (page === null) {
        ledger.end('stopped', given.lacks);
        return;
      }
      cursor = page.endCursor ?? cursor;
      const isLast = !page.hasNextPage;
      if (!isLast) asked = askAhead(ask, cursor);
      ledger.accept(page, cursor);
      if (page.rows.length > 0) yield page.rows;
      if (isLast && !(await again(page.lacks.filter(isOfRows)))) break;
    }
    ledger.end(signal.aborted ? 'left' : 'finished');
  } finally {
    ledger.end('left');
  }
}

/** What is asked for ahead may fail unseen, when its caller has left by then. */
function askAhead(ask: AskPage, cursor: string | null): Promise<ListPage> {
  const page = ask(cursor);
  page.catch(() => undefined);
  return page;
}

function isOfRows({ of }: Lack): boolean {
  return of === 'rows';
}

function isOfPage({ of }: Lack): boolean {
  return of === 'page';
}

/** A page whose rows can be written; null when the walk must not go on behind it. */
async function settle(page: ListPage, ask: AskPage): Promise<SettledPage | null> {
  const { rows, lacks } = page;
  if (rows === null) return null;
  if (!lacks.some(isOfPage)) return { ...page, rows };
  if (page.comesAgain !== 'unclear' || (await showsAgain(page, ask))) return null;
  return { ...page, rows, lacks: lacks.map((lack) => (isOfPage(lack) ? { ...lack, of: 'rows' } : lack)) };
}

type SettledPage = ListPage & { readonly rows: readonly unknown[] };

/** Whether the list shows a page of one row once more behind its cursor: then it cannot step over the row. */
async function showsAgain({ rows, endCursor }: ListPage, ask: AskPage): Promise<boolean> {
  const next = endCursor === null ? null : await ask(endCursor);
  return next?.rows?.some((row) => isDeepStrictEqual(row, rows?.[0])) !== false;
}
