import type { Paging } from '../asked-object.js';
import type { WebAnswer, WebRow } from '../web-protocol.js';
import { type Exchange, readPages } from './read-pages.js';

const row = (id: number): WebRow => new Map([['id', String(id)]]);
const rows = (...ids: number[]) => ids.map(row);
const page = (ids: number[], total: number | null = null, next: string | null = null): WebAnswer => ({
  rows: rows(...ids),
  total,
  next,
});

/** Answers one after the other; the last again and again. */
function script(...answers: WebAnswer[]): { exchange: Exchange; places: (string | undefined)[] } {
  const places: (string | undefined)[] = [];
  return {
    places,
    exchange: async (parameters) => {
      const answer = answers[Math.min(places.length, answers.length - 1)];
      places.push(parameters.get('p'));
      if (answer === undefined) throw new Error('There is no answer');
      return answer;
    },
  };
}

async function read(paging: Paging | undefined, exchange: Exchange): Promise<string[]> {
  const ids: string[] = [];
  for await (const some of readPages(new Map(), paging, exchange)) {
    for (const each of some) ids.push(each.get('id') ?? '');
  }
  return ids;
}

const BY_PAGE: Paging = { style: 'page', param: 'p', first: 1, size: 2 };
const WITH_TOTAL: Paging = { ...BY_PAGE, total: 'n' };
const BY_OFFSET: Paging = { style: 'offset', param: 'p', size: 2, total: 'n' };
const BY_CURSOR: Paging = { style: 'cursor', param: 'p', next: 'next', size: 2 };

describe('readPages()', () => {
  it.each<[string, Paging, WebAnswer[], (string | undefined)[]]>([
    ['an empty page after a short one', BY_PAGE, [page([1, 2]), page([3]), page([])], ['1', '2', '3']],
    [
      'an empty page, of a service that sends fewer rows than it is asked for',
      BY_PAGE,
      [page([1]), page([2]), page([3]), page([])],
      ['1', '2', '3', '4'],
    ],

    ['an empty page', BY_PAGE, [page([1, 2]), page([])], ['1', '2']],
    ['the total', WITH_TOTAL, [page([1, 2], 4), page([3, 4], 4)], ['1', '2']],
    [
      'the total, over pages smaller than asked',
      BY_OFFSET,
      [page([1], 3), page([2], 3), page([3], 3)],
      ['0', '1', '2'],
    ],
    ['a missing cursor', BY_CURSOR, [page([1, 2], null, 'x'), page([3, 4])], [undefined, 'x']],
    ['an empty cursor', BY_CURSOR, [page([1, 2], null, '')], [undefined]],
    [
      'a cursor, through an empty page',
      BY_CURSOR,
      [page([1], null, 'x'), page([], null, 'y'), page([2])],
      [undefined, 'x', 'y'],
    ],
    ['nothing at all', WITH_TOTAL, [page([], 0)], ['1']],
  ])('ends at %s', async (_, paging, answers, expected) => {
    const { exchange, places } = script(...answers);
    const ids = answers.flatMap((answer) => answer.rows.map((each) => each.get('id') ?? ''));
    expect(await read(paging, exchange)).toEqual(ids);
    expect(places).toEqual(expected);
  });

  it.each<[string, string, Paging, WebAnswer[]]>([
    ['a page that repeats', 'only repeats', BY_PAGE, [page([1, 2])]],
    ['a page that repeats under a total', 'only repeats', WITH_TOTAL, [page([1, 2], 9)]],
    [
      'a cursor that repeats',
      'circle',
      BY_CURSOR,
      [page([1], null, 'x'), page([2], null, 'y'), page([3], null, 'x')],
    ],
    [
      'cursors without end',
      'circle',
      BY_CURSOR,
      Array.from({ length: 200 }, (_, index) => page([], null, `${index}`)),
    ],
    ['fewer rows than the total', 'end after 2', WITH_TOTAL, [page([1, 2], 5), page([], 5)]],
    ['an early end that leaves out the total', 'end after 2', WITH_TOTAL, [page([1, 2], 5), page([])]],
    ['more rows than the total', 'came', WITH_TOTAL, [page([1, 2], 1)]],
  ])('refuses %s', async (_, reason, paging, answers) => {
    const { exchange } = script(...answers);
    await expect(read(paging, exchange)).rejects.toMatchObject({
      code: 'SOURCE_MALFORMED',
      message: expect.stringContaining(reason),
    });
  });

  it('ends where the last page comes again, if the mapping says that this is the end', async () => {
    const { exchange, places } = script(page([1, 2]), page([3]));
    expect(await read({ ...BY_PAGE, beyond: 'repeats' }, exchange)).toEqual(['1', '2', '3']);
    expect(places).toEqual(['1', '2', '3']);
  });

  it('hands out again what comes again because rows came in meanwhile', async () => {
    const { exchange } = script(page([1, 2], 4), page([2, 3], 5), page([4], 5));
    expect(await read(WITH_TOTAL, exchange)).toEqual(['1', '2', '2', '3', '4']);
  });

  it('starts again when rows vanish meanwhile, as later ones may have slipped past a border', async () => {
    // Row 1 goes after the first page, so the second page begins with row 4.
    const { exchange, places } = script(page([1, 2], 5), page([4, 5], 4), page([2, 3], 4), page([4, 5], 4));
    expect(new Set(await read(WITH_TOTAL, exchange))).toEqual(new Set(['1', '2', '3', '4', '5']));
    expect(places).toEqual(['1', '2', '1', '2']);
  });

  it('gives up on a source that never holds still', async () => {
    let total = 100;
    const exchange: Exchange = async () => {
      total -= 1;
      return page([total, total + 1000], total);
    };
    await expect(read(WITH_TOTAL, exchange)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  });

  it('reads no further than it is asked to', async () => {
    const { exchange, places } = script(page([1, 2]), page([3, 4]));
    for await (const _ of readPages(new Map(), BY_PAGE, exchange)) break;
    expect(places).toEqual(['1']);
  });
});
