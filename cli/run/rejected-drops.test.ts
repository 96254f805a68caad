import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { testIo } from '../testing/test-io.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { checkCounty } from './check-county.js';
import { showDrops } from './show-drops.js';

describe('a mapping that no longer accepts the file which serves', () => {
  const root = mkdtempSync(join(tmpdir(), 'eg-rejected-drops-'));
  const files = { configFile: join(root, 'county.yaml'), alsoFile: join(root, 'also.yaml') };
  const mapping = join(root, 'water', 'inspection.yaml');
  beforeAll(() => {
    cpSync(join(findProjectRoot(), 'examples', 'department'), root, { recursive: true });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: references of the configuration
    const keys = ['personKey: ${env:KEY}', 'cursorKey: ${env:KEY}'];
    writeFileSync(files.configFile, ['connections: {}', ...keys].join('\n'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function run(verb: (io: VerbIo) => Promise<ExitCode>): Promise<{ code: ExitCode; out: string }> {
    const lines: string[] = [];
    const environment = { KEY: '0123456789abcdef0123456789abcdef' };
    const code = await verb(testIo({ environment, say: (line) => void lines.push(line) }));
    return { code, out: lines.join('\n') };
  }

  const check = () =>
    run((io) => checkCounty({ ...files, department: 'water', kinds: ['lint', 'probe'] }, io));

  it('is told by check at its source, and by drops', async () => {
    // A file costs its source no call.
    expect(await check()).toEqual({
      code: EXIT.ok,
      out: expect.stringMatching(
        /^water\.inspection: 观测每小时至多 0 次调用.*\n1 departments, 0 errors, 0 warnings$/,
      ),
    });
    writeFileSync(
      mapping,
      readFileSync(mapping, 'utf8').replace('file: { match', 'file: { header: { row: 2 }, match'),
    );
    const { code, out } = await check();
    expect([code, out]).toEqual([
      EXIT.findings,
      expect.stringMatching(
        /inspection\.yaml:8:3: error drop-rejected: 文件“涉水工程检查2026年6月\.csv”被拒收（\d+ 处），仍使用此前接收的 涉水工程检查2026年6月\.csv：/,
      ),
    ]);
    const drops = await run((io) => showDrops({ ...files, report: null }, io));
    expect([drops.code, drops.out]).toEqual([
      EXIT.findings,
      expect.stringMatching(/^water\.inspection: .*\n {2}拒收 rejected: 涉水工程检查2026年6月\.csv/m),
    ]);
  });
});
