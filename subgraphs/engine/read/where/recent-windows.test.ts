import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openRestConnection } from '../../../../adapters/rest/open-rest.js';
import type { SourceAdapter } from '../../../../adapters/source-adapter.js';
import type { FeedPosition, FeedRow } from '../../../feed/feed.js';
import type { RowCondition } from '../../../kinds/row-condition.js';
import { openSmallDepartment, testContext } from '../../testing/small-department.js';

const MAPPING = `interface: office.inspection
title: 检查
owner: { department: office }
feeds: Inspection
source:
  connection: office
  http:
    path: /checks
    ask: [{ param: since, column: day, by: from }, { param: until, column: day, by: to }]
    pages: { style: page, param: page, sizeParam: size, size: 50, total: total }
    rows: rows
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: HEALTH }
  date: { column: day, type: Date, format: yyyy-MM-dd, sorts: asText }
  result: { column: result, type: Code, codes: market/check-result }
  number: { column: number, type: DocumentNumber }
`;

interface Check {
  readonly id: string;
  readonly day: string | null;
  readonly result: string;
  readonly number: string;
}

/** Some on one day, some without a day, one in the future, most of them long ago. */
const CHECKS = Array.from({ length: 400 }, (_, index): Check => {
  const day = new Date(Date.UTC(2026, 5, 30) - Math.floor(index / 3) * 4 * 86_400_000);
  return {
    id: String(index),
    day: index % 41 === 7 ? null : index === 200 ? '2026-07-15' : day.toISOString().slice(0, 10),
    result: '1',
    number: `检〔2026〕${index % 5}号`,
  };
});

let server: Server;
let adapter: SourceAdapter;
let sent = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://x').searchParams;
    const [since, until] = [query.get('since') ?? '', query.get('until') ?? '9999'];
    // As such services do: what has no day is left out as soon as a day is asked for, unless every day is.
    const rows = CHECKS.filter(({ day }) =>
      day === null ? since <= '1900-01-01' : day >= since && day <= until,
    );
    const page = rows.slice((Number(query.get('page')) - 1) * 50).slice(0, 50);
    sent += page.length;
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ total: rows.length, rows: page }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  adapter = openRestConnection({ dialect: 'rest', url });
});
afterAll(async () => {
  await adapter.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Every row of a walk, page by page, and what the source sent for each page. */
async function walk(where: RowCondition, direction: 'asc' | 'desc', limit: number) {
  const { feed } = openSmallDepartment([MAPPING], new Map([['office', adapter]]));
  const ids: string[] = [];
  const perPage: number[] = [];
  for (let after: FeedPosition | undefined; ; ) {
    sent = 0;
    const [part] = await feed.page(
      {
        kind: 'Inspection',
        where,
        orderBy: [{ field: 'date', direction }],
        reversed: false,
        limit,
        fields: ['date'],
        ...(after !== undefined && { after }),
      },
      testContext(),
    );
    const rows: readonly FeedRow[] = part?.data?.rows ?? [];
    ids.push(...rows.map(({ key }) => key[0] ?? ''));
    perPage.push(sent);
    const last = rows.at(-1);
    if (part?.data?.complete !== false || last === undefined) return { ids, perPage };
    after = { keys: last.sort, interface: 'office.inspection', key: last.key };
  }
}

/** The order that the walk must have, worked out here: by day, then by key, without a day last. */
function expectedIds(direction: 'asc' | 'desc', checks: readonly Check[] = CHECKS): readonly string[] {
  const sign = direction === 'asc' ? 1 : -1;
  const byKey = (left: Check, right: Check): number => sign * (left.id < right.id ? -1 : 1);
  const dated = checks.filter(({ day }) => day !== null);
  dated.sort((left, right) =>
    left.day === right.day ? byKey(left, right) : sign * ((left.day ?? '') < (right.day ?? '') ? -1 : 1),
  );
  return [...dated, ...checks.filter(({ day }) => day === null).sort(byKey)].map(({ id }) => id);
}

describe('pages of a source that sorts nothing but can be asked from a day on', () => {
  it.each([7, 20, 150])('of %i rows hold every row once, in order, newest first', async (limit) => {
    const { ids, perPage } = await walk({ all: [] }, 'desc', limit);
    expect(ids).toEqual(expectedIds('desc'));
    if (limit < 50) expect(perPage[0]).toBeLessThan(CHECKS.length / 4);
  });

  it('are the same oldest first, where no window helps', async () => {
    const { ids, perPage } = await walk({ all: [] }, 'asc', 150);
    expect(ids).toEqual(expectedIds('asc'));
    expect(perPage[0]).toBe(CHECKS.length);
  });

  it('are the same under a filter that the source cannot be asked by', async () => {
    const where: RowCondition = { field: 'number', sameNumber: '检〔2026〕3号' };
    const wanted = CHECKS.filter((_, index) => index % 5 === 3);
    expect((await walk(where, 'desc', 7)).ids).toEqual(expectedIds('desc', wanted));
  });

  it('of a filter that leaves less than the widest window take one look', async () => {
    const wanted = CHECKS.filter(({ day }) => day !== null && day >= '2026-01-01');
    const { ids, perPage } = await walk({ field: 'date', from: '2026-01-01' }, 'desc', 200);
    expect(ids).toEqual(expectedIds('desc', wanted));
    expect(perPage).toEqual([ids.length]);
  });

  it.each<[string, RowCondition, (day: string) => boolean]>([
    ['from long ago', { field: 'date', from: '1900-01-01' }, () => true],
    ['up to long ago', { all: [{ field: 'date', to: '2025-12-31' }] }, (day) => day <= '2025-12-31'],
    [
      'between two days',
      {
        all: [
          { field: 'date', from: '2025-01-20', to: '2026-05-05' },
          { field: 'date', to: '2026-04-30' },
        ],
      },
      (day) => day >= '2025-01-20' && day <= '2026-04-30',
    ],
  ])('of a filter %s hold every row once and take a part of them at a time', async (_, where, isWanted) => {
    const wanted = CHECKS.filter(({ day }) => day !== null && isWanted(day));
    const { ids, perPage } = await walk(where, 'desc', 7);
    expect(ids).toEqual(expectedIds('desc', wanted));
    expect(perPage[0]).toBeLessThan(wanted.length / 2);
  });
});
