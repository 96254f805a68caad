// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { openEmbeddedHistory } from '../../county/observe/history/embedded-history.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import { openTemporaryProject, type TemporaryProject } from '../testing/temporary-project.js';

let project: TemporaryProject;
beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
  const config =
    "connections: {}\npersonKey: '${env:KEY}'\ncursorKey: '${env:KEY}'\nclock: { today: 2026-07-10 }\n";
  writeFileSync(join(project.root, 'connections.yaml'), config);
  const history = openEmbeddedHistory(join(project.root, 'observed.sqlite'));
  const at = (day: string): number => Date.parse(`${day}T10:00:00+08:00`);
  const incident = (id: string, more: Partial<Incident>): Incident => ({
    id,
    interface: 'market.inspection',
    cause: 'CODES_UNKNOWN',
    about: 'result',
    severity: 'WARNING',
    since: at('2026-06-29'),
    until: null,
    detail: '出现 <2> 个代码。',
    heals: '',
    requestId: null,
    times: 1,
    ...more,
  });
  await history.write({
    measurements: [],
    incidents: [
      incident('open', {}),
      incident('answered', {
        cause: 'CELLS_UNREADABLE',
        notes: {
          sent: { at: at('2026-06-30'), by: 'idp/li' },
          answered: { at: at('2026-07-01'), by: 'idp/li', isAccepted: false, text: '数据无误' },
          acknowledged: { at: at('2026-07-08'), by: 'idp/li', why: '下周的事' },
        },
      }),
      incident('overdue', { cause: 'KEYS_FAULTY', about: null, since: at('2026-06-01') }),
      incident('mended', { cause: 'ROWS_NONE', about: null, until: at('2026-07-02') }),
      incident('away', { cause: 'UNREACHABLE' }),
      incident('next-week', { since: at('2026-07-07') }),
      incident('of-others', { interface: 'health.hygiene-permit' }),
    ],
    remembered: new Map(),
  });
  await history.close();
}, 120_000);
afterAll(() => project?.remove());

function write(...words: readonly string[]) {
  return project.run(['corrections', '--config', join(project.root, 'connections.yaml'), ...words], {
    STATE_DIRECTORY: project.root,
    KEY: 'a key of sixteen signs',
  });
}

describe('corrections', () => {
  const week = ['--department', 'market', '--week', '2026-W27'];

  it('are written as a workbook: what is overdue first, and nothing of others or of later', async () => {
    const file = join(project.root, 'bulletin.xlsx');
    expect(await write(...week, '--out', file)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('Not noted as sent'),
    });
    const [{ data: rows }] = (await readExcelFile(file)) as unknown as [{ data: unknown[][] }];
    expect(rows[0]?.[0]).toBe('数据校核通报：market，2026-W27（2026-06-29 至 2026-07-05）');
    expect(rows[1]?.[0]).toBe('待改正 2 项（其中已发未答复 0 项，已答复 1 项），已逾期 1 项，已改正 1 项。');
    expect(
      rows
        .slice(3)
        .map((row) => [row[2], row[3] ?? '', row[5], row[7], row[8] ?? '', row[11] ?? '', row[12]]),
    ).toEqual([
      ['主键缺失或重复', '', '2026-06-01', '已逾期', '', '', 'overdue'],
      ['取值无法读取', 'result', '2026-06-29', '已答复', '2026-06-30', '', 'answered'],
      ['未知代码', 'result', '2026-06-29', '待改正', '', '', 'open'],
      ['工作日无数据', '', '2026-06-29', '已改正', '', '2026-07-02', 'mended'],
    ]);
    const answered = rows.find((row) => row[12] === 'answered');
    // What was noted after that week is not of it.
    expect([answered?.[9], answered?.[10] ?? '']).toEqual(['2026-07-01 不改：数据无误', '']);
  }, 60_000);

  it('are written as a page, in which no text is markup', async () => {
    const file = join(project.root, 'bulletin.html');
    await write(...week, '--format', 'html', '--days', '3', '--out', file);
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('<td>出现 &lt;2&gt; 个代码。</td>');
    expect(page).toContain('<td>2026-07-02</td>');
    expect(page.match(/<tr>/g)).toHaveLength(5);
  }, 60_000);

  it.each([
    ['a department that there is none', ['--department', 'markt', '--week', '2026-W27'], 'must be one of'],
    ['a week that there is none', ['--department', 'market', '--week', '2026-W60'], 'must be a week'],
  ])(
    'refuse %s',
    async (_, words, message) => {
      const { code, err } = await write(...words, '--out', join(project.root, 'x.xlsx'));
      expect(code).not.toBe(0);
      expect(err).toContain(message);
    },
    60_000,
  );
});
