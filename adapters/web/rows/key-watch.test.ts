import { ALWAYS } from '../../condition.js';
import type { SourceObject } from '../../source-adapter.js';
import { watchKeys } from './key-watch.js';

/** What is said of three rows on one page, of which two have the same key. */
function noticeOf(from: Omit<SourceObject, 'name'>): string | null {
  const request = {
    from: { name: 'cases', ...from },
    columns: ['code', 'saved'],
    where: ALWAYS,
    orderBy: [],
    limit: 10,
  };
  const watch = watchKeys(request, ['code', 'saved'], ['code']);
  watch.turnPage();
  for (const row of [
    ['a', '1'],
    ['a', '2'],
    ['b', '1'],
  ])
    watch.take(row);
  return watch.notice();
}

describe('watchKeys()', () => {
  it('tells of rows that share a key', () => {
    expect(noticeOf({})).toContain('2 rows share 1 keys');
  });

  it('expects several versions of one key, be all of them read or the newest chosen', () => {
    expect(noticeOf({ versions: true })).toBeNull();
    expect(noticeOf({ latest: { by: ['code'], newest: ['saved'], among: ALWAYS } })).toBeNull();
  });
});
