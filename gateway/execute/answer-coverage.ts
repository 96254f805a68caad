import { countyOf } from '../../subgraphs/port/county-name.js';
import {
  COVERAGE_STATES,
  type InterfaceOutcome,
  isAbsent,
  isWorse,
} from '../../subgraphs/port/interface-outcome.js';

/** How an interface took part in an answer. */
export interface AnsweredInterface
  extends Pick<InterfaceOutcome, 'interface' | 'department' | 'state' | 'asOf' | 'reason'> {
  /** The county that it belongs to; absent: it is the hub's own. */
  readonly county?: string;
}

/** `extensions.coverage` of an answer. */
export interface AnswerCoverage {
  /** No interface is missing, and nothing failed. */
  readonly complete: boolean;
  /** In the order of names. */
  readonly interfaces: readonly AnsweredInterface[];
}

const LONGEST_TEXT = 500;

/** Reads what a subgraph says in `extensions.coverage`; what is no such thing is left out. */
export function decodeCoverage(said: unknown): readonly AnsweredInterface[] {
  if (!Array.isArray(said)) return [];
  return said.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { interface: name, department, state, asOf, reason } = one as Partial<Record<string, unknown>>;
    const known = COVERAGE_STATES.find((each) => each === state);
    if (!isText(name) || !isText(department) || known === undefined) return [];
    const county = countyOf(name);
    return [
      {
        interface: name,
        ...(county !== null && { county }),
        department,
        state: known,
        asOf: isText(asOf) ? asOf : null,
        reason: isText(reason) ? reason : null,
      },
    ];
  });
}

/** What an answer rests on as a whole; null when no subgraph says anything of it. */
export function sumUp(said: readonly AnsweredInterface[], hasErrors: boolean): AnswerCoverage | null {
  if (said.length === 0) return null;
  const worst = new Map<string, AnsweredInterface>();
  for (const one of said) {
    const known = worst.get(one.interface);
    if (known === undefined || isWorse(one, known)) worst.set(one.interface, one);
  }
  const interfaces = [...worst.values()].sort((left, right) => (left.interface < right.interface ? -1 : 1));
  return { complete: !hasErrors && !interfaces.some(isAbsent), interfaces };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}
