import type { AuditRecord } from '../audit-record.js';
import { sampleRecord } from '../testing/sample-record.js';
import { findUnusual } from './find-unusual.js';
import { type UnusualRules, USUAL_RULES } from './unusual-rules.js';
import type { Finding } from './watch.js';

const OFF: UnusualRules = {
  night: { ...USUAL_RULES.night, least: 1e9 },
  volume: { perDay: 1e9 },
  follow: { ...USUAL_RULES.follow, days: 1e9 },
};

async function find(
  records: readonly AuditRecord[],
  rules: Partial<UnusualRules>,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const finding of findUnusual(records, { ...OFF, ...rules })) found.push(finding);
  return found;
}

function at(time: string, change: Partial<AuditRecord> = {}): AuditRecord {
  const caller = { name: 'idp/a', role: 'analyst', kind: 'user' as const };
  return sampleRecord(0, { time: `2026-${time}.000+08:00`, caller, subjects: ['s1'], ...change });
}

const APPLICATION = { name: 'board', role: 'dashboard', kind: 'application' } as const;

describe('findUnusual()', () => {
  it('tells looks at night, each night once, from 22:00:00 to 05:59:59', async () => {
    const records = [
      at('07-01T21:59:59'),
      at('07-01T22:00:00'),
      at('07-02T05:59:59'),
      at('07-02T06:00:00'),
      at('07-31T23:00:00'),
      at('08-01T01:00:00', { caller: APPLICATION }),
      at('08-01T01:00:00', { level: 'L1' }),
      at('08-01T01:00:00', { outcome: 'refused' }),
    ];
    expect(await find(records, { night: USUAL_RULES.night })).toEqual([
      {
        rule: 'night',
        caller: 'idp/a',
        from: '2026-07-01T22:00:00.000+08:00',
        to: '2026-07-02T05:59:59.000+08:00',
        count: 2,
      },
      {
        rule: 'night',
        caller: 'idp/a',
        from: '2026-07-31T23:00:00.000+08:00',
        to: '2026-07-31T23:00:00.000+08:00',
        count: 1,
      },
    ]);
  });

  it('tells a caller with more L3 answers on one day than may be, applications too', async () => {
    const day = (count: number, change: Partial<AuditRecord>) =>
      Array.from({ length: count }, (_, second) =>
        at(`07-01T10:00:${String(second).padStart(2, '0')}`, change),
      );
    const records = [
      ...day(10, {}),
      ...day(11, { caller: APPLICATION }),
      ...day(11, { caller: { ...APPLICATION, name: 'low' }, level: 'L2' }),
      at('07-02T10:00:00'),
    ];
    expect(await find(records, { volume: { perDay: 10 } })).toMatchObject([
      { rule: 'volume', caller: 'board', count: 11 },
    ]);
  });

  it('tells one subject that is followed on several days, until it pauses', async () => {
    const follow = { days: 3, within: 10, level: 'L3' } as const;
    const days = ['01', '01', '05', '14'].map((day) => at(`07-${day}T10:00:00`));
    const other = ['01', '05'].map((day) => at(`07-${day}T11:00:00`, { subjects: ['s2'] }));
    const found = { rule: 'follow', caller: 'idp/a', subjectHash: 's1', count: 3 };
    const records = [...days, ...other].sort((one, two) => (one.time < two.time ? -1 : 1));
    expect(await find(records, { follow })).toMatchObject([found]);
    expect(await find(records, { follow: { ...follow, days: 4 } })).toEqual([]);
    // A pause of eleven days.
    const paused = ['01', '05', '16'].map((day) => at(`07-${day}T10:00:00`));
    expect(await find(paused, { follow })).toEqual([]);
    // Told as soon as it is over, not at the end.
    const iterator = findUnusual(
      [...days, at('07-30T10:00:00', { subjects: ['s9'] }), at('12-01T10:00:00')],
      { ...OFF, follow },
    );
    expect((await iterator.next()).value).toMatchObject(found);
  });
});
