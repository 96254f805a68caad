import fc from 'fast-check';
import type { ArrayRow } from './array-condition.js';
import { type ArrayInterface, createArrayFeed } from './array-feed.js';
import { type ArraySubject, createArrayRegistry } from './array-registry.js';
import { openTestHub, type TestHub } from './open-test-hub.js';

/** Nine subjects with two refs each; the first four are vessels owned by the others. Values are often absent or equal. */
export const SUBJECTS: readonly ArraySubject[] = Array.from({ length: 9 }, (_, index) => ({
  id: `${index < 4 ? 'vessel' : 'uscc'}:${index}`,
  keys: [`${index < 4 ? 'vessel' : 'uscc'}:${index}`, `regno:${index}`],
  kind: index < 4 ? 'VESSEL' : index === 8 ? 'PERSON' : 'ORGANISATION',
  name: (['东升渔业', '东升', null, '海晏渔业', '海晏'] as const)[index % 5] ?? null,
  township: (['330922100', null, '330922101', '330922100'] as const)[index % 4] ?? null,
  industry: (['A0412', 'F5210', null] as const)[index % 3] ?? null,
  state: (['ACTIVE', null, 'CANCELLED', 'ACTIVE', 'REVOKED'] as const)[index % 5] ?? null,
  owners: index < 4 ? [`uscc:${4 + index}`, `uscc:${4 + ((index + 1) % 4)}`] : [],
}));

const NAMES = [
  ['market.inspection', 'Inspection'],
  ['marine.inspection', 'Inspection'],
  ['market.case', 'Case'],
  ['marine.certificate', 'Licence'],
  ['hotline.ticket', 'Complaint'],
] as const;

const subject = fc.option(fc.constantFrom(...SUBJECTS.flatMap(({ keys }) => keys)), { nil: null });
const date = fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-27', '2025-02-01');
const department = fc.constantFrom('MARKET', 'MARINE', 'HEALTH', 'UNKNOWN');
const amount = fc.option(fc.constantFrom('0.00', '1.50', '20.00', '1000.05'), { nil: null });

const VALUES = {
  Inspection: fc.record({ department, date, jointCheck: fc.constantFrom(true, false, null) }),
  Case: fc.record({ department, decidedAt: fc.option(date, { nil: null }), fine: amount, paid: amount }),
  Licence: fc.record({
    department,
    validTo: date,
    type: fc.constantFrom('FISHING_PERMIT', 'FOOD_TRADE'),
    township: fc.constantFrom('330922100', '330922101'),
    state: fc.constantFrom('VALID', 'CANCELLED'),
  }),
  Complaint: fc.record({
    department,
    date,
    satisfaction: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  }),
} as const;

/** Rows of the interfaces of a `SubjectCounty`. */
export const subjectRows: fc.Arbitrary<readonly (readonly ArrayRow[])[]> = fc.tuple(
  ...NAMES.map(([, kind]) =>
    fc
      .array(fc.record({ subject, values: VALUES[kind] as fc.Arbitrary<ArrayRow['values']> }), {
        maxLength: 14,
      })
      .map((rows) => rows.map((row, index) => ({ ...row, key: [String(index)] }))),
  ),
);

/** A hub over the rows of nine subjects, to be filled anew for every run. */
interface SubjectCounty {
  readonly hub: TestHub;
  readonly interfaces: readonly ArrayInterface[];
  fill(rows: readonly (readonly ArrayRow[])[]): void;
}

export function openSubjectCounty(): SubjectCounty {
  const interfaces = NAMES.map(([name, kind]): ArrayInterface => ({ name, kind, rows: [] }));
  return {
    hub: openTestHub([createArrayFeed('all', interfaces)], createArrayRegistry(SUBJECTS)),
    interfaces,
    fill: (rows) => {
      for (const [index, one] of interfaces.entries()) one.rows = rows[index] ?? [];
    },
  };
}
