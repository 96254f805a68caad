import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { formatRef, type Scheme } from '../../kinds/subject-key.js';
import type { OpenIndex } from './open-index.js';

/** Refs that are read at once. */
const PAGE = 2000;

/**
 * Every ref of a scheme: of subjects that a register names, and those that rows of any source are about. A ref may come
 * more than once. The index stays open until the last page.
 */
export async function* listRefs(index: OpenIndex, scheme: Scheme): AsyncGenerator<readonly string[]> {
  let end = (): void => undefined;
  void index.use(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  try {
    for (const page of pagesOfRefs(index.db, scheme)) {
      yield page;
      await nextTurn();
    }
  } finally {
    end();
  }
}

function* pagesOfRefs(db: Database, scheme: Scheme): Generator<readonly string[]> {
  const first = formatRef(scheme, '');
  // The character behind the colon.
  const end = `${scheme};`;
  const named = db
    .prepare<[string, string, number], string>(
      'SELECT ref FROM alias WHERE ref > ? AND ref < ? ORDER BY ref LIMIT ?',
    )
    .pluck();
  yield* pagesOf((after) => named.all(after, end, PAGE), first);
  const mentioned = db
    .prepare<[string, string, string, number], string>(
      'SELECT DISTINCT ref FROM mention WHERE interface = ? AND ref > ? AND ref < ? ORDER BY ref LIMIT ?',
    )
    .pluck();
  const interfaces = db.prepare<[], string>('SELECT interface FROM source ORDER BY interface').pluck().all();
  for (const name of interfaces) {
    yield* pagesOf((after) => mentioned.all(name, after, end, PAGE), first);
  }
}

function* pagesOf(read: (after: string) => readonly string[], first: string): Generator<readonly string[]> {
  for (let after = first; ; ) {
    const page = read(after);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last;
  }
}
