import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { introspectTargets } from '../../cli/run/introspect-targets.js';
import { openForDraft } from '../../county/open-connection.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { draftMapping } from '../../subgraphs/engine/check/draft/draft-mapping.js';
import type { InterfaceMapping } from '../../subgraphs/engine/mapping/mapping.js';
import { parseMapping } from '../../subgraphs/engine/mapping/parse-mapping.js';
import { PERSON_KEY } from './open-test-county.js';
import { openSqliteCounty, type StoredCounty } from './stored-county.js';

const SOAP = `soap:
  path: /wsjd/services/QueryService
  namespace: http://service.wsjd.ssx.zj.cn/
  operation: query
  body: <xml>{request}</xml>
  request: >-
    <request><user>{user}</user><password>{password}</password><cxlx>wsxk</cxlx><cyrbm/><ksrq/><jsrq/><page>1</page><pagesize>50</pagesize></request>
`;

let county: StoredCounty;
let folder: string;

beforeAll(async () => {
  county = await openSqliteCounty({ seed: 6, size: 'tiny' });
  folder = mkdtempSync(join(tmpdir(), 'eg-draft-'));
}, 120_000);

afterAll(async () => {
  await county?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The first target that a draft can be made of, as the command does it. */
async function draft(
  connection: string,
  words: { readonly object?: string; readonly sourceFile?: string },
): Promise<InterfaceMapping> {
  const config = county.connections.get(connection);
  if (config === undefined) throw new Error(`no connection ${connection}`);
  const store = mkdtempSync(join(folder, 'store-'));
  const { object = null, sourceFile = null } = words;
  const failures: unknown[] = [];
  for (const source of introspectTargets(config.dialect, { connection, object, sourceFile })) {
    const adapter = openForDraft(config, store);
    const bounds = { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 16 * 1024 * 1024 };
    try {
      const request = { source, department: connection, personKey: PERSON_KEY };
      const parsed = parseMapping(await draftMapping(adapter, request, bounds), 'draft.yaml');
      if (parsed.kind === 'mapping') return parsed.mapping;
      failures.push(parsed.problems.map(formatProblem));
    } catch (error) {
      failures.push(error);
    } finally {
      await adapter.close();
    }
  }
  throw new AggregateError(failures, `nothing could be drafted: ${failures.map(String).join('; ')}`);
}

const fieldOf = (mapping: InterfaceMapping, column: string) =>
  [...mapping.fields.values()].find((field) => field.column === column);

describe('introspect drafts a mapping', () => {
  it('of a table', async () => {
    const mapping = await draft('registry', { object: 'zch_tyshxydm_dzb' });
    expect(mapping.source.object).toEqual({ kind: 'table', table: 'zch_tyshxydm_dzb' });
    expect(mapping.key).toEqual(['zch']);
    expect(mapping.subject.map(({ scheme, column }) => [scheme, column])).toEqual([
      ['regno', 'zch'],
      ['uscc', 'tyshxydm'],
    ]);
  });

  it("of an endpoint's answer, with the rows where they are", async () => {
    const mapping = await draft('hotline', { object: '/api/v1/tickets?pageNum=1&pageSize=100' });
    expect(mapping.source.object).toMatchObject({
      kind: 'http',
      path: '/api/v1/tickets',
      rows: ['result.list'],
    });
    expect(mapping.key).toEqual(['xh']);
    expect(fieldOf(mapping, 'lysj')).toMatchObject({ type: 'DateTime', format: 'yyyy-MM-dd HH:mm:ss' });
  });

  it('of JSON inside the JSON of a signed gateway', async () => {
    const additional = encodeURIComponent(JSON.stringify({ powerMatters: '许可-00225-001' }));
    const path = '/gateway/api/001003001029/dataSharing/bf2Tq0d7ceo3RZ51.htm';
    const mapping = await draft('legal-person', {
      object: `${path}?tyshxydm=91330922MA28K00156&additional=${additional}`,
    });
    expect(mapping.source.object).toMatchObject({ kind: 'http', rows: ['datas'] });
    expect(mapping.subject[0]).toMatchObject({ scheme: 'uscc', column: 'tyshxydm' });
  });

  it('of a SOAP answer, from the template in a file', async () => {
    const sourceFile = join(folder, 'health.yaml');
    writeFileSync(sourceFile, SOAP);
    const mapping = await draft('health', { sourceFile });
    expect(mapping.source.object).toMatchObject({
      kind: 'soap',
      rows: ['queryResponse.return.response.rows.row'],
    });
    expect(fieldOf(mapping, 'operatedate')).toMatchObject({ type: 'Date', format: 'yyyy-MM-dd' });
  });

  it('of a CSV file in GB18030', async () => {
    const mapping = await draft('culture', { object: 'A级景区*.csv' });
    expect(mapping.source.object).toMatchObject({ kind: 'file', header: { row: 1, rows: 1 } });
    expect(mapping.key).toEqual(['景区编号']);
    expect(fieldOf(mapping, '最大承载量')).toMatchObject({ type: 'Integer' });
  });

  it('of a block alone, and says so of one within source', async () => {
    const sourceFile = join(folder, 'within.yaml');
    writeFileSync(sourceFile, 'source:\n  file: { match: "A级景区*.csv" }\n');
    await expect(draft('culture', { sourceFile })).rejects.toThrow(
      /开头，不带 source。Cannot introspect: .*holds source\.$/,
    );
    writeFileSync(sourceFile, 'file: { match: "A级景区*.csv" }\n');
    expect((await draft('culture', { sourceFile })).key).toEqual(['景区编号']);
  });

  it('of a workbook whose headings stand below a title and take two rows', async () => {
    const mapping = await draft('culture', { object: '民宿台账*.xlsx' });
    expect(mapping.source.object).toMatchObject({ kind: 'file', header: { row: 2, rows: 2 } });
    expect(fieldOf(mapping, '证照/发证日期')).toMatchObject({ type: 'Date', format: 'yyyy-MM-dd' });
  });
});
