import fc from 'fast-check';
import { publicError } from '../../../runtime/errors.js';
import { openLedger } from './export-ledger.js';
import type { Lack, ListPage } from './page-answer.js';
import { createPatience } from './patience.js';
import { type AskPage, walkList } from './walk-list.js';

const PAGE = 3;
const EMPTY: ListPage = {
  rows: [],
  endCursor: null,
  hasNextPage: false,
  comesAgain: 'no',
  lacks: [],
  interfaces: [],
  late: [],
  errors: [],
};
const AWAY: Lack = { name: 'a', reason: 'SOURCE_UNAVAILABLE: away', mayReturn: true, of: 'rows' };

/** A list of two interfaces whose cursor keeps the place of each, as the hub's does. @param isAway by attempt. */
function twoInterfaces(
  lengths: readonly [number, number],
  isAway: (attempt: number) => readonly [boolean, boolean],
) {
  let attempt = 0;
  const ask: AskPage = async (after) => {
    const places = (after ?? '0,0').split(',').map(Number);
    const away = isAway(attempt++);
    const rows: string[] = [];
    let isMore = false;
    for (let of = 0; of < 2; of++) {
      if (away[of]) continue;
      while ((places[of] ?? 0) < (lengths[of] ?? 0) && rows.length < PAGE) {
        rows.push(`${of}:${places[of]}`);
        places[of] = (places[of] ?? 0) + 1;
      }
      isMore ||= (places[of] ?? 0) < (lengths[of] ?? 0);
    }
    const lacks = away.flatMap((one, of) => (one ? [{ ...AWAY, name: String(of) }] : []));
    return { ...EMPTY, rows, endCursor: places.join(','), hasNextPage: isMore, lacks };
  };
  return ask;
}

async function walk(ask: AskPage, patienceMs: number, after: string | null = null) {
  const ledger = openLedger('req', after, () => new Date(0));
  const rows: unknown[] = [];
  const patience = createPatience(patienceMs, async () => undefined);
  const { signal } = new AbortController();
  const first = await ask(after);
  for await (const page of walkList({ ask, after, first, ledger, patience, signal })) rows.push(...page);
  const { rows: count, ...standing } = ledger.standing();
  expect(count).toBe(rows.length);
  return { ...standing, rows };
}

function allRows([first, second]: readonly [number, number]): readonly string[] {
  return [first, second].flatMap((length, of) => Array.from({ length }, (_, row) => `${of}:${row}`)).sort();
}

const lengths = fc.tuple(fc.nat(20), fc.nat(20));
const outages = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 30 });

describe('walkList()', () => {
  it('gives every row once, whatever is away meanwhile, if all come back', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, outages, async (of, away) => {
        const ask = twoInterfaces(of, (attempt) => away[attempt] ?? [false, false]);
        const { rows, state } = await walk(ask, 1_000_000);
        expect([...rows].sort()).toEqual(allRows(of));
        expect(state).toBe('complete');
      }),
    );
  });

  it('gives what is there and names what is away to the end; its cursor brings the rest', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, fc.nat(10), async (of, from) => {
        const dead = twoInterfaces(of, (attempt) => [attempt >= from, false]);
        const before = await walk(dead, 1000);
        const isShort = before.rows.length < allRows(of).length;
        if (isShort) expect(before.missing.map(({ name }) => name)).toEqual(['0']);
        const rest = await walk(
          twoInterfaces(of, () => [false, false]),
          1000,
          before.cursor,
        );
        expect([...before.rows, ...rest.rows].sort()).toEqual(allRows(of));
      }),
    );
  });

  it('asks for a page again whose cells are missing, and goes on without them in the end', async () => {
    const cells: Lack = { ...AWAY, of: 'cells' };
    let asked = 0;
    const twice: AskPage = async () => ({ ...EMPTY, rows: [1], lacks: asked++ < 2 ? [cells, cells] : [] });
    expect(await walk(twice, 10_000)).toMatchObject({ rows: [1], state: 'complete' });
    expect(asked).toBe(3);
    const never: AskPage = async () => ({ ...EMPTY, rows: [1], lacks: [cells] });
    expect(await walk(never, 10_000)).toMatchObject({
      rows: [1],
      state: 'incomplete',
      missing: [{ name: 'a', of: 'cells' }],
    });
  });

  it('does not ask again for what cannot return', async () => {
    let asked = 0;
    const ask: AskPage = async () => {
      asked++;
      return { ...EMPTY, rows: [1], lacks: [{ ...AWAY, mayReturn: false }] };
    };
    expect((await walk(ask, 10_000)).state).toBe('incomplete');
    expect(asked).toBe(1);
  });

  it('stops before a page that may come again, and writes none of it', async () => {
    const again: ListPage = {
      ...EMPTY,
      rows: ['x', 'y'],
      endCursor: 'here',
      comesAgain: 'yes',
      lacks: [{ ...AWAY, of: 'page' }],
    };
    const ended = await walk(async () => again, 1000, 'here');
    expect(ended).toMatchObject({ rows: [], state: 'stopped', cursor: 'here', missing: [{ name: 'a' }] });
  });

  it.each([
    ['goes on behind a row that does not come again', [], ['x'], 'incomplete'],
    ['stops before a row that comes again', ['x'], [], 'stopped'],
  ])('%s', async (_, behind, rows, state) => {
    const single: ListPage = {
      ...EMPTY,
      rows: ['x'],
      endCursor: 'behind',
      comesAgain: 'unclear',
      lacks: [{ ...AWAY, of: 'page' }],
    };
    const ask: AskPage = async (after) =>
      after === 'behind' ? { ...EMPTY, rows: behind, lacks: [AWAY], endCursor: 'behind' } : single;
    expect(await walk(ask, 1000)).toMatchObject({ rows, state });
  });

  it('stops where there is no list any more', async () => {
    const lost: ListPage = {
      ...EMPTY,
      rows: null,
      lacks: [{ ...AWAY, name: 'hub', of: 'page' }],
      errors: [publicError('SUBGRAPH_TIMEOUT')],
    };
    const ask: AskPage = async (after) =>
      after === null ? { ...EMPTY, rows: [1], endCursor: 'two', hasNextPage: true } : lost;
    expect(await walk(ask, 1000)).toMatchObject({ rows: [1], state: 'stopped', cursor: 'two' });
  });

  it('ends when its caller leaves, while it waits as well', async () => {
    const left = new AbortController();
    const ledger = openLedger('req', null, () => new Date(0));
    const ask: AskPage = async () => ({ ...EMPTY, rows: [1], lacks: [AWAY], endCursor: 'end' });
    const pages = walkList({
      ask,
      after: null,
      first: await ask(null),
      ledger,
      patience: createPatience(1_000_000),
      signal: left.signal,
    });
    await pages.next();
    const waiting = pages.next();
    left.abort();
    expect((await waiting).done).toBe(true);
    expect(ledger.standing()).toMatchObject({ state: 'left', cursor: null });
  });
});
