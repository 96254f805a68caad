import fc from 'fast-check';
import type { RegistryPort } from '../../feed/registry-port.js';
import type { ArrayRow } from './array-condition.js';
import { type ArrayFeed, type ArrayInterface, createArrayFeed } from './array-feed.js';
import { openTestHub, type TestHub } from './open-test-hub.js';

/** Few different days, so that ties and nulls are the rule. */
const day = fc.option(fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-28', '2025-12-31', '2024-02-29'), {
  nil: null,
});

const caseValues = fc.record({
  department: fc.constantFrom('MARKET', 'MARINE', 'HEALTH'),
  stage: fc.constantFrom('FILED', 'DECIDED', 'SERVED', 'CLOSED'),
  filedAt: day,
  decidedAt: day,
  servedAt: day,
  fine: fc.option(fc.constantFrom('0.00', '200.00', '10.50', '1000000000000.01'), { nil: null }),
  paid: fc.option(fc.constantFrom('0.00', '200.00'), { nil: null }),
});

const subject = fc.option(fc.constantFrom('uscc:A', 'uscc:B', 'regno:1', 'vessel:V'), { nil: null });

/** Keys beyond the Basic Multilingual Plane sort differently by UTF-16 unit. */
const key = fc.stringMatching(/^[a-c9!～😀]{1,2}$/u);

/** Rows of one interface with different keys. */
const rows = fc.uniqueArray(
  fc.record({ key: fc.tuple(key), subject, values: caseValues }) satisfies fc.Arbitrary<ArrayRow>,
  { maxLength: 12, selector: (row) => row.key.join() },
);

const NAMES = ['market.case', 'marine.case', 'cases.punish', 'cases.😀', 'cases.～'] as const;

/** Rows of the five interfaces of a `CaseCounty`. */
export const caseRows: fc.Arbitrary<readonly (readonly ArrayRow[])[]> = fc.tuple(
  rows,
  rows,
  rows,
  rows,
  rows,
);

/** A hub over five interfaces of cases in three departments, to be filled anew for every run. */
interface CaseCounty {
  readonly hub: TestHub;
  readonly interfaces: readonly ArrayInterface[];
  /** Replaces all rows; every interface is up again. */
  fill(rows: readonly (readonly ArrayRow[])[]): void;
}

export function openCaseCounty(registry: RegistryPort): CaseCounty {
  const interfaces = NAMES.map((name): ArrayInterface => ({ name, kind: 'Case', rows: [] }));
  return {
    hub: openTestHub(feedsOf(interfaces), registry),
    interfaces,
    fill: (all) => {
      for (const [index, one] of interfaces.entries()) {
        one.rows = all[index] ?? [];
        one.down = false;
      }
    },
  };
}

/** One feed per prefix of the interface names. */
export function feedsOf(interfaces: readonly ArrayInterface[]): readonly ArrayFeed[] {
  const departments = [...new Set(interfaces.map(({ name }) => name.split('.')[0] ?? ''))];
  return departments.map((department) =>
    createArrayFeed(
      department,
      interfaces.filter(({ name }) => name.startsWith(`${department}.`)),
    ),
  );
}

export const caseOrder = fc.constantFrom(
  [{ filedAt: 'ASC' }],
  [{ filedAt: 'DESC' }],
  [{ decidedAt: 'DESC' }, { filedAt: 'ASC' }],
  [{ filedAt: 'ASC' }, { decidedAt: 'DESC' }],
);
export type CaseOrder = readonly Readonly<Record<string, string>>[];
