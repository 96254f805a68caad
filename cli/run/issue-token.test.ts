import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthenticate } from '../../gateway/access/identity/create-authenticate.js';
import { USUAL_LOCK } from '../../gateway/access/identity/identity-settings.js';
import { localIssuer } from '../../gateway/access/identity/local-issuer.js';
import { HOUSE_RULES } from '../../gateway/access/identity/testing/house-rules.js';
import { systemClock } from '../../runtime/clock.js';
import { EXIT } from '../exit-code.js';
import { runCommand } from '../run-command.js';
import { testIo } from '../testing/test-io.js';
import { verbs } from '../verbs.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-issue-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const said: string[] = [];
  const complaints: string[] = [];
  const io = testIo({ say: (line) => void said.push(line) });
  const code = await runCommand(words, verbs, io, (text) => void complaints.push(text));
  return { code, said, complaint: complaints.join('') };
}

describe('token', () => {
  const keys = () => ['--keys', join(folder, 'keys')];

  it('prints a token alone, which the issuer of its folder vouches for', async () => {
    const words = [
      '--role',
      'township-analyst',
      '--township',
      '330922101',
      '--purpose',
      'A-1',
      '--valid',
      '1h',
    ];
    const { code, said, complaint } = await run('token', ...words, ...keys());
    expect([code, said.length, complaint]).toEqual([EXIT.ok, 1, '']);
    expect(said[0]).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const { settings } = await localIssuer(join(folder, 'keys'));
    const authenticate = createAuthenticate(
      { issuers: [settings], applicationsFile: null, lock: USUAL_LOCK, rules: HOUSE_RULES },
      { clock: systemClock },
    );
    expect(await authenticate({ authorization: `Bearer ${said[0]}` }, '127.0.0.1')).toMatchObject({
      caller: {
        name: 'local/demo-township-analyst',
        role: 'township-analyst',
        scope: { townships: ['330922101'], departments: null },
      },
      purposes: new Set(['A-1']),
    });
  });

  it.each([
    [['--role', 'root'], /没有角色 "root".*must be known/],
    [['--role', 'township-analyst'], /须以 --township 限定范围/],
    [['--role', 'department-engineer', '--township', '330922101'], /须以 --department 限定范围/],
    [['--role', 'analyst', '--valid', '31d'], /--valid 应为 1s 到 30d/],
    [['--role', 'analyst', '--valid', '0s'], /--valid/],
    [['--role', 'analyst', '--valid', 'long'], /--valid/],
    [['--role', 'analyst', '--purpose', 'a b'], /参数的值不合要求/],
  ])('refuses %j in one sentence', async (words, expected) => {
    const { code, said, complaint } = await run('token', ...words, ...keys());
    expect([code, said]).toEqual([EXIT.usage, []]);
    expect(complaint).toMatch(expected);
    expect(complaint.trimEnd()).not.toContain('\n');
  });

  it('refuses a folder that it cannot use, or a key that others can read', async () => {
    writeFileSync(join(folder, 'file'), '');
    const place = await run('token', '--role', 'analyst', '--keys', join(folder, 'file', 'keys'));
    expect([place.code, place.complaint]).toEqual([EXIT.usage, expect.stringMatching(/^无法使用 .*ENOTDIR/)]);
    await localIssuer(join(folder, 'open'));
    chmodSync(join(folder, 'open', 'issuer-key.pem'), 0o644);
    const open = await run('token', '--role', 'analyst', '--keys', join(folder, 'open'));
    expect([open.code, open.complaint]).toEqual([
      EXIT.usage,
      expect.stringMatching(/私钥文件只能由所有者读写/),
    ]);
  });
});

describe('app-key', () => {
  const words = ['app-key', '--id', 'board-1', '--role', 'dashboard', '--expires', '2027-06-30'];

  it('prints a key, and an entry of the applications file under which it is good', async () => {
    const { code, said } = await run(...words, '--not-before', '2026-07-01', '--title', '指挥中心: 大屏');
    expect(code).toBe(EXIT.ok);
    const [key = '', ...entry] = said;
    const [, secret = ''] = key.split('.');
    expect(entry.join('\n')).not.toContain(secret);
    const file = join(folder, 'applications.yaml');
    writeFileSync(file, entry.join('\n'));
    const clock = { now: () => new Date('2026-09-01'), today: () => '2026-09-01' };
    const authenticate = createAuthenticate(
      { issuers: [], applicationsFile: file, lock: USUAL_LOCK, rules: HOUSE_RULES },
      { clock },
    );
    expect(await authenticate({ 'x-api-key': key }, '127.0.0.1')).toMatchObject({
      caller: { name: 'app/board-1', role: 'dashboard' },
      operations: 'registered',
    });
  });

  it('makes another key each time', async () => {
    const from = ['--not-before', '2026-07-01'];
    const [one, two] = await Promise.all([run(...words, ...from), run(...words, ...from)]);
    expect(one.said[0]).not.toBe(two.said[0]);
  });

  it.each([
    [['--id', 'Board'], /小写字母、数字和连字符/],
    [['--role', 'audit'], /不能担任管理员/],
    [['--role', 'root'], /没有角色“root”/],
    [['--role', 'township-analyst'], /须以“townships”限定范围/],
    [['--expires', '2027-07-02'], /有效期不能超过一年/],
    [['--expires', 'soon'], /日期，如/],
    [['--not-before', '2026-13-01'], /日期，如/],
  ])('refuses %j', async (more, expected) => {
    const { code, said, complaint } = await run(...words, '--not-before', '2026-07-01', ...more);
    expect([code, said]).toEqual([EXIT.usage, []]);
    expect(complaint).toMatch(expected);
  });
});
