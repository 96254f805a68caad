import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditTime } from '../../gateway/audit/audit-record.js';
import { subjectHash } from '../../gateway/audit/digests.js';
import { openAudit } from '../../gateway/audit/open-audit.js';
import { auditFolders, SIGNING_KEY, SUBJECT_KEY } from '../../gateway/audit/testing/audit-folders.js';
import { sampleRecord } from '../../gateway/audit/testing/sample-record.js';
import { runCommand } from '../run-command.js';
import { testIo } from '../testing/test-io.js';
import { verbs } from '../verbs.js';

const folders = auditFolders();
afterAll(() => folders.remove());

const SUBJECT = 'uscc:91330922MA28K00156';

async function makeAudit() {
  const settings = folders.settings();
  const audit = await openAudit(settings);
  const subjects = [subjectHash(SUBJECT, SUBJECT_KEY, 'sha256')];
  await audit.append(sampleRecord(1, { subjects, time: '2026-07-01T23:00:00.000+08:00' }));
  await audit.append(sampleRecord(2, { time: auditTime(new Date('2026-07-02T02:00:00Z')) }));
  await audit.close();
  return { folder: settings.folder, copy: String(settings.copyFolder) };
}

async function run(...words: readonly string[]) {
  const lines: string[] = [];
  const io = testIo({
    environment: { SIGN: SIGNING_KEY.reveal(), SUBJECT: SUBJECT_KEY.reveal() },
    say: (line) => void lines.push(line),
  });
  const code = await runCommand(['audit', ...words], verbs, io, (text) => void lines.push(text));
  return { code, text: lines.join('\n') };
}

describe('audit verify', () => {
  it('exits with 0 for a whole audit, and says what it did not check', async () => {
    const { folder, copy } = await makeAudit();
    const whole = await run('verify', folder, '--copy', copy, '--key', 'env:SIGN');
    expect(whole).toMatchObject({ code: 0, text: expect.stringContaining('2 条记录 records, 1 个检查点') });
    expect(whole.text).not.toContain('--key');
    const less = await run('verify', folder);
    expect(less).toMatchObject({ code: 0, text: expect.stringContaining('no --key') });
    expect(less.text).toContain('no --copy');
  });

  it('exits with 1 and the place of what was changed', async () => {
    const { folder } = await makeAudit();
    const path = join(folder, '000001.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('request-2', 'request-3'));
    const { code, text } = await run('verify', folder, '--key', 'env:SIGN');
    expect(code).toBe(1);
    expect(text).toContain('000001.ndjson:3: changed: ');
  });

  it('exits with 2 for a folder or key that cannot be read', async () => {
    const { folder } = await makeAudit();
    expect((await run('verify', join(folder, 'none'))).code).toBe(2);
    expect((await run('verify', folder, '--copy', join(folder, 'none'))).code).toBe(2);
    expect((await run('verify', folder, '--key', 'env:NONE')).code).toBe(2);
  });
});

describe('audit who', () => {
  it('shows who saw a subject', async () => {
    const { folder } = await makeAudit();
    const { code, text } = await run('who', folder, '--subject', SUBJECT, '--key', 'env:SUBJECT');
    expect(code).toBe(0);
    expect(text).toContain('2026-07-01T23:00:00.000+08:00\tidp/analyst-1 (analyst)\toperation');
    expect(text).toContain('1 条记录 records');
    expect((await run('who', folder, '--subject', SUBJECT, '--key', 'env:SIGN')).text).toContain('0 条记录');
  });

  it('exits with 1 at a line that is no record', async () => {
    const { folder } = await makeAudit();
    const path = join(folder, '000001.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"kind":"operation"', '"kind":"0peration"'));
    const { code, text } = await run('who', folder, '--subject', SUBJECT, '--key', 'env:SUBJECT');
    expect(code).toBe(1);
    expect(text).toContain('000001.ndjson:2');
  });
});

describe('audit unusual', () => {
  it('exits with 1 when it finds something, by the thresholds that it is given', async () => {
    const { folder } = await makeAudit();
    const found = await run('unusual', folder);
    expect(found.code).toBe(1);
    expect(found.text).toMatch(/^night\tidp\/analyst-1\t2026-07-01T23:00:00/);
    expect((await run('unusual', folder, '--night', '0-6')).code).toBe(0);
    expect((await run('unusual', folder, '--from', '2026-07-02')).code).toBe(0);
  });
});
