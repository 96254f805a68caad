import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPauseBook } from './pause-book.js';

const folder = mkdtempSync(join(tmpdir(), 'pauses-'));
const file = join(folder, 'paused.json');
afterAll(() => rmSync(folder, { recursive: true }));

let at = 1000;
const clock = { now: () => new Date(at) };
const PAUSE = { why: '检修', by: 'issuer/li', since: 1000, until: 5000 };

describe('openPauseBook()', () => {
  it('ends a pause by itself, and keeps it beyond a restart until then', async () => {
    const book = openPauseBook(file, clock, 'interface');
    await Promise.all([book.pause('market.case', PAUSE), book.pause('market.licence', PAUSE)]);
    await book.resume('market.licence');
    const again = openPauseBook(file, clock, 'interface');
    expect(again.of('market.case')).toEqual(PAUSE);
    expect(again.of('market.licence')).toBeNull();
    at = 4999;
    expect(again.of('market.case')).toEqual(PAUSE);
    at = 5000;
    expect(again.of('market.case')).toBeNull();
    expect(book.of('market.case')).toBeNull();
  });

  it('changes nothing that it cannot write down', async () => {
    const book = openPauseBook(join(folder, 'none', 'paused.json'), { now: () => new Date(0) }, 'interface');
    await expect(book.pause('market.case', PAUSE)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(book.of('market.case')).toBeNull();
  });

  it('refuses a file that is broken, rather than call what was paused', () => {
    writeFileSync(file, '{"market.case":');
    expect(() => openPauseBook(file, clock, 'interface')).toThrow('paused.json must be as it was written');
  });
});
