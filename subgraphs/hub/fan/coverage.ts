import { type InterfaceOutcome, isWorse, missingOutcome } from '../../port/interface-outcome.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';

/** `InterfaceCoverage` of the schema. */
export interface InterfaceCoverage extends InterfaceOutcome {
  readonly rows: number;
  /** It was away when the walk was here: its rows on this page come from before the page's place. */
  readonly late: boolean;
}

/** Collects how every interface took part in one answer, over any number of calls. */
export interface CoverageBook {
  /** @param rows rows that the call contributed to the answer. */
  add(outcome: InterfaceOutcome, rows: number): void;
  /** In the order of interface names. */
  list(): readonly InterfaceCoverage[];
}

export function createCoverageBook(): CoverageBook {
  const known = new Map<string, InterfaceCoverage>();
  return {
    add: ({ interface: name, department, state, asOf, tookMs, reason }, rows) => {
      const fresh = { interface: name, department, state, asOf, tookMs, reason, rows, late: false };
      const before = known.get(name);
      known.set(name, before === undefined ? fresh : combine(before, fresh));
    },
    list: () => [...known.values()].sort((left, right) => compareCodePoints(left.interface, right.interface)),
  };
}

function combine(left: InterfaceCoverage, right: InterfaceCoverage): InterfaceCoverage {
  const worse = isWorse(right, left) ? right : left;
  return {
    ...worse,
    asOf: worse.asOf ?? left.asOf ?? right.asOf,
    rows: left.rows + right.rows,
    tookMs: Math.max(left.tookMs, right.tookMs),
  };
}

/** Coverage of an interface that did not answer when the walk began: its rows would appear without their beginning. */
export function notInWalkOutcome(of: {
  readonly name: string;
  readonly department: string;
}): InterfaceOutcome {
  return {
    interface: of.name,
    department: of.department,
    state: 'MISSING',
    asOf: null,
    tookMs: 0,
    reason:
      '翻页开始时该数据接口未参与，从第一页重新查询即可包含。It took no part when this walk began; start again from the first page to include it.',
  };
}

/** The registry is named like an interface where an answer depends on it. */
const REGISTRY_NAME = 'registry';

export function registryMissingOutcome(consequence: string, tookMs: number): InterfaceOutcome {
  const missing = missingOutcome(
    { name: REGISTRY_NAME, department: REGISTRY_NAME },
    'SUBGRAPH_UNAVAILABLE',
    tookMs,
  );
  return { ...missing, reason: `${missing.reason} ${consequence}` };
}
