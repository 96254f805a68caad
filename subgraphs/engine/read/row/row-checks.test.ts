import type { Kind } from '../../../kinds/kinds.js';
import { compileRowCheck } from './row-checks.js';

function marksOf(kind: Kind | null, days: Readonly<Record<string, string>>): readonly string[] {
  const marks: string[] = [];
  const check = compileRowCheck({ ordered: [], ...(kind !== null && { feeds: kind }) }, Object.keys(days));
  check(new Map(Object.entries(days)), marks);
  return marks;
}

const DECIDED_FIRST = { decidedAt: '2026-03-02', date: '2026-03-09' };
const DECIDED_LAST = { decidedAt: '2026-03-09', date: '2026-03-02' };

describe('compileRowCheck()', () => {
  it('holds rows to the order of their own kind, where two kinds have it the other way round', () => {
    expect(marksOf('CreditRecord', DECIDED_FIRST)).toEqual([]);
    expect(marksOf('CreditRecord', DECIDED_LAST)).toEqual(['TEMPORAL_INCONSISTENT:date']);
    expect(marksOf('Dispute', DECIDED_FIRST)).toEqual(['TEMPORAL_INCONSISTENT:decidedAt']);
    expect(marksOf('Dispute', DECIDED_LAST)).toEqual([]);
    expect(marksOf(null, DECIDED_FIRST)).toEqual([]);
    expect(marksOf(null, DECIDED_LAST)).toEqual([]);
  });

  it('marks a day once, of which several kinds say the same', () => {
    const days = { validFrom: '2026-03-02', validTo: '2026-03-01' };
    for (const kind of ['Licence', 'EnforcementItem', 'Inspection', null] as const) {
      expect(marksOf(kind, days)).toEqual(['TEMPORAL_INCONSISTENT:validTo']);
    }
  });
});
