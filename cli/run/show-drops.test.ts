import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { EXIT } from '../exit-code.js';
import { testIo } from '../testing/test-io.js';
import { showDrops } from './show-drops.js';

const HEAD = '景区编号,统一社会信用代码,景区名称,等级,最大承载量,当日接待量,统计日期,乡镇';
const ROW = 'S1,91330922MA28K00156,六井潭,4A,100,20,2026-06-29,菜园镇';

describe('showDrops()', () => {
  const root = mkdtempSync(join(tmpdir(), 'eg-show-drops-'));
  const drops = join(root, 'drops');
  const configFile = join(root, 'connections.yaml');
  beforeAll(() => {
    mkdirSync(drops);
    writeFileSync(
      configFile,
      [
        'connections:',
        `  culture: { dialect: files, folder: ${drops}, store: ${join(root, 'store')} }`,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: references of the configuration
        'personKey: ${env:KEY}',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: references of the configuration
        'cursorKey: ${env:KEY}',
      ].join('\n'),
    );
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function show(): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
    const lines: string[] = [];
    const code = await showDrops(
      { configFile, report: null },
      testIo({
        environment: { KEY: '0123456789abcdef0123456789abcdef' },
        say: (line) => void lines.push(line),
      }),
    );
    return { code, lines };
  }

  it('tells what of a drop is not served, and a drop that came late with an old time', async () => {
    const csv = iconv.encode(`${HEAD}\r\n${ROW}\r\n合计,,,,,20,,\r\n`, 'gb18030');
    writeFileSync(join(drops, 'A级景区0629.csv'), csv);
    const first = await show();
    expect(first.code).toBe(EXIT.ok);
    expect(first.lines.join('\n')).toMatch(/A级景区0629\.csv, 1 行 rows.*\n {2}第 3 行是合计/);
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(drops, 'A级景区0630.csv'), csv);
    utimesSync(join(drops, 'A级景区0630.csv'), new Date('2026-05-01'), new Date('2026-05-01'));
    const second = await show();
    expect(second.code).toBe(EXIT.findings);
    expect(second.lines.join('\n')).toMatch(/ {2}未采用 passed over: A级景区0630\.csv/);
  });
});
