import { openRestConnection } from '../../../adapters/rest/open-rest.js';
import { sendJson, startTestServer, type TestServer } from '../../../adapters/web/testing/test-server.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';
import { snapshotGain } from './snapshot-gain.js';

const ROWS = Array.from({ length: 250 }, (_, index) => ({ no: `C${index}` }));

const mapping = (more: string): string => `interface: road.check
title: 检查
owner: { department: road }
feeds: Case
source:
  connection: road
  http: { path: /query, rows: list, pages: { style: page, param: page, size: 100 } }
key: [no]
subject: [{ scheme: plate, column: plate }]
fields:
  department: { value: TRANSPORT }
${more}
`;

describe('snapshotGain()', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer((request, response) => {
      const page = Number(new URL(request.url ?? '/', 'http://a').searchParams.get('page') ?? 1);
      sendJson(response, JSON.stringify({ list: ROWS.slice((page - 1) * 100, page * 100) }));
    });
  });
  afterAll(() => server.close());

  async function gainOf(more: string): Promise<readonly string[]> {
    const connection = openRestConnection({ dialect: 'rest', url: server.url });
    const [served] = openSmallDepartment([mapping(more)], new Map([['road', connection]])).served;
    if (served === undefined) throw new Error('nothing to check');
    const problems = await snapshotGain(served, testContext());
    await connection.close();
    return problems.map(({ rule, severity, en }) => `${severity} ${rule} ${en}`);
  }

  it('tells of a source that cannot filter what readings would cost it', async () => {
    expect(await gainOf('limits: { retries: 0 }')).toEqual([
      expect.stringMatching(/^warning snapshot-gain .*250 rows.*every: 5m.*about 864 calls a day\.$/),
    ]);
  });

  it('proposes no more calls than half of what the source grants a day', async () => {
    expect(await gainOf('limits: { perDay: 100 }')).toEqual([
      expect.stringMatching(/every: 87m.*about 50 calls a day\.$/),
    ]);
  });

  it('says nothing where the mapping has one', async () => {
    expect(await gainOf('snapshot: { every: 5m }')).toEqual([]);
  });
});
