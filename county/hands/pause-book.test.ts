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
    await Promise.all([book.set('market.case', PAUSE), book.set('market.licence', PAUSE)]);
    await book.set('market.licence', null);
    const again = openPauseBook(file, clock, 'interface');
    expect(again.of('market.case')).toEqual(PAUSE);
    expect(again.of('market.licence')).toBeNull();
    at = 4999;
    expect(again.of('market.case')).toEqual(PAUSE);
    at = 5000;
    expect(again.of('market.case')).toBeNull();
    expect(book.of('market.case')).toBeNull();
  });

  it('takes from others what was said later than what it knows, and nothing else', async () => {
    at = 1000;
    const book = openPauseBook(null, clock, 'interface');
    const { changed } = await book.set('market.case', PAUSE);
    const older = new Map([['market.case', { changed: changed - 1, pause: null }]]);
    expect(await book.take(older)).toEqual([]);
    expect(book.of('market.case')).toEqual(PAUSE);
    const later = new Map([['market.case', { changed: changed + 60_000, pause: null }]]);
    expect(await book.take(later)).toEqual(['market.case']);
    expect(book.of('market.case')).toBeNull();
    // What is said here afterwards counts, though that machine's clock was ahead.
    expect(await book.set('market.case', PAUSE)).toMatchObject({ changed: changed + 60_001 });
    expect(book.of('market.case')).toEqual(PAUSE);
  });

  it('reads files of before, and forgets after a month what nothing can be about any more', async () => {
    writeFileSync(file, JSON.stringify({ 'market.case': PAUSE }));
    at = 2000;
    const book = openPauseBook(file, clock, 'interface');
    expect(book.of('market.case')).toEqual(PAUSE);
    at += 33 * 86_400_000;
    await book.set('market.licence', null);
    expect([...book.all().keys()]).toEqual(['market.licence']);
    at = 1000;
  });

  it('changes nothing that it cannot write down', async () => {
    const book = openPauseBook(join(folder, 'none', 'paused.json'), { now: () => new Date(0) }, 'interface');
    await expect(book.set('market.case', PAUSE)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(book.of('market.case')).toBeNull();
  });

  it('refuses a file that is broken, rather than call what was paused', () => {
    writeFileSync(file, '{"market.case":');
    expect(() => openPauseBook(file, clock, 'interface')).toThrow('paused.json must be as it was written');
  });
});
