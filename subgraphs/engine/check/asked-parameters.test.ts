import { openRestConnection } from '../../../adapters/rest/open-rest.js';
import { sendJson, startTestServer, type TestServer } from '../../../adapters/web/testing/test-server.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';
import { probeInterface } from './probe.js';

const mapping = (ask: string): string => `interface: road.check
title: 检查
owner: { department: road }
feeds: Inspection
source:
  connection: road
  http: { method: POST, send: json, path: /query, rows: data.list, outcome: { path: code, ok: ["00"], message: msg }, ask: [${ask}] }
key: [no]
subject: [{ scheme: plate, column: plate }]
fields:
  department: { value: TRANSPORT }
  number: { column: no, type: DocumentNumber }
  checkedAt: { column: at, type: DateTime, format: epochMillis, sorts: asNumber }
  date: { column: at, type: Date, format: epochMillis, sorts: asNumber }
  result: { value: NO_ISSUE }
`;
const ROWS = Array.from({ length: 30 }, (_, index) => ({
  no: `C${index}`,
  plate: `浙L1234${index % 10}`,
  at: Date.UTC(2026, 4, index + 1),
  id: index,
}));

interface Query {
  readonly filter?: { readonly nos?: unknown; readonly from?: unknown; readonly to?: number };
}

/** Refuses what is no number or list, and takes no notice of what it does not know, as such services do. */
function answer(body: string): object {
  const { filter = {} } = JSON.parse(body === '' ? '{}' : body) as Query;
  if (filter.from !== undefined && typeof filter.from !== 'number')
    return { code: '98', msg: 'from 须为数字' };
  const list = ROWS.filter(
    ({ no, at }) =>
      (filter.nos === undefined || (Array.isArray(filter.nos) && filter.nos.includes(no))) &&
      at >= Number(filter.from ?? 0) &&
      at <= (filter.to ?? Number.POSITIVE_INFINITY),
  );
  return { code: '00', data: list.length === 0 ? {} : { list } };
}

describe('askedParameters()', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer((_, response, body) => sendJson(response, JSON.stringify(answer(body))));
  });
  afterAll(() => server.close());

  async function probe(ask: string): Promise<readonly string[]> {
    const connection = openRestConnection({ dialect: 'rest', url: server.url });
    const [served] = openSmallDepartment([mapping(ask)], new Map([['road', connection]])).served;
    if (served === undefined) throw new Error('nothing to probe');
    const { problems } = await probeInterface(served, testContext());
    await connection.close();
    const own = problems.filter(({ rule }) => rule !== 'snapshot-gain');
    return own.map(({ rule, place, en }) => `${rule} ${place.line} ${en}`);
  }

  it('finds nothing where every parameter brings the rows that it should', async () => {
    expect(
      await probe(
        [
          '{ param: filter.nos, column: no, by: keys, type: list }',
          '{ param: filter.from, column: at, by: from, type: number }',
          '{ param: filter.to, column: at, by: to, type: number }',
          '{ param: filter.unknown, column: plate, by: key }',
        ].join(', '),
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'that the source refuses',
      '{ param: filter.from, column: at, by: from }',
      /^ask-fails 6 Asked by filter\.from \(from, column at\) for "1780099200000": .*code 98: from 须为数字\.$/,
    ],
    [
      'for which the source leaves out rows',
      '{ param: filter.nos, column: no, by: key }',
      /^ask-fails 6 Asked by filter\.nos \(key, column no\) for "C0": the source must send a row that it just sent, but does not\.$/,
    ],
    [
      'of a column that nothing reads',
      '{ param: filter.to, column: id, by: to, type: number }',
      /^ask-unused 6 The source is never asked by filter\.to/,
    ],
  ])('tells a parameter %s', async (_, ask, message) => {
    expect(await probe(ask)).toEqual([expect.stringMatching(message)]);
  });
});
