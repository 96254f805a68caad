import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { TestCounty } from '../county/open-test-county.js';
import { startOwnTime } from '../own-time.js';
import type { SystemName } from './fault-catalogue.js';

/** Asks for rows of one system, and in the same breath for rows that it has nothing to do with. */
interface Probe {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Where in the data the system's own part stands. */
  readonly sick: readonly string[];
}

const UNTOUCHED = `
  untouched: inspections(where: { interface: ["market.inspection"] }, first: 5) {
    nodes { number date result }
    coverage { interface state rows }
  }`;
const COVERAGE = 'coverage { interface state reason }';

export const PROBES: { readonly [system in SystemName]: Omit<Probe, 'variables'> } = {
  'legal-person': {
    query: `query($uscc: String!) {
      subject(by: { uscc: $uscc }) {
        name
        register { legalPerson { name state registeredCapital established legalRepresentative updatedAt } }
      } ${UNTOUCHED}
    }`,
    sick: ['subject', 'register', 'legalPerson'],
  },
  positions: {
    query: `query($vesselName: String!) {
      subject(by: { vesselName: $vesselName }) {
        name
        marine { vessel { homePort } latestPosition { at longitude latitude speedKn signal reportedName } }
      } ${UNTOUCHED}
    }`,
    sick: ['subject', 'marine', 'latestPosition'],
  },
  'case-detail': {
    query: `query($caseCode: String!) {
      cases(where: { caseCode: $caseCode, interface: ["cases.case"] }, first: 1) {
        nodes { caseCode stage caseDetail { reviewer reviewDate reviewOpinion documentCount updatedAt } } ${COVERAGE}
      } ${UNTOUCHED}
    }`,
    sick: ['cases', 'nodes', '0', 'caseDetail'],
  },
  health: {
    query: `query {
      sick: inspections(where: { interface: ["health.inspection"] }, first: 10) {
        nodes { number date result officers township health { placeName findings } } ${COVERAGE}
      } ${UNTOUCHED}
    }`,
    sick: ['sick'],
  },
  hotline: {
    query: `query {
      sick: complaints(first: 10) {
        nodes { number createdAt department kind content targetName township hotline { handler } } ${COVERAGE}
      } ${UNTOUCHED}
    }`,
    sick: ['sick'],
  },
};

/** One answer, taken apart. */
export interface Outcome {
  /** The system's own part; null when it is missing. */
  readonly rows: unknown;
  /** Everything else. */
  readonly rest: unknown;
  /** Codes of the errors and of the interfaces that gave nothing. */
  readonly codes: readonly string[];
  /** What callers may read of them. */
  readonly messages: readonly string[];
  /** By the clock on the wall. */
  readonly tookMs: number;
  /** Without the time that a busy machine gave to other processes. */
  readonly ownMs: number;
}

const list = z.object({
  nodes: z.array(z.unknown()),
  coverage: z.array(z.object({ interface: z.string(), state: z.string(), reason: z.string().nullable() })),
});

export async function askProbe(county: TestCounty, probe: Probe, budgetMs: number): Promise<Outcome> {
  const started = performance.now();
  const time = startOwnTime();
  const { data, errors = [] } = await county.ask(probe.query, probe.variables, budgetMs);
  const tookMs = performance.now() - started;
  const ownMs = time.stop();
  const [part, rest] = cut(data, probe.sick);
  const messages = errors.map(({ message }) => message);
  const codes = errors.map(({ extensions }) => String(extensions.code));
  const asList = list.safeParse(part);
  if (!asList.success) return { rows: part ?? null, rest, codes, messages, tookMs, ownMs };
  const missing = asList.data.coverage.filter(({ state }) => state === 'MISSING');
  for (const { reason } of missing) {
    codes.push(String(reason?.split(':', 1)[0]));
    messages.push(reason ?? '');
  }
  const { nodes } = asList.data;
  const given = missing.length > 0 && nodes.length === 0 ? null : nodes;
  return { rows: given, rest, codes, messages, tookMs, ownMs };
}

const missingList = z.object({
  nodes: z.array(z.unknown()).length(0),
  coverage: z.array(z.object({ state: z.literal('MISSING') })).min(1),
});

const root = z.record(z.string(), z.unknown());

/** Whether all that differs between two answers' rests is missing in the first, whole lists of it, and said to be. */
export function isLessBySay(rest: unknown, well: unknown): boolean {
  const given = root.safeParse(rest);
  if (!given.success) return false;
  return Object.entries(root.parse(well)).every(([name, value]) => {
    const field = given.data[name] ?? null;
    return field === null || isDeepStrictEqual(field, value) || missingList.safeParse(field).success;
  });
}

/** The value at a path, and everything else. */
function cut(from: unknown, [step, ...further]: readonly string[]): readonly [unknown, unknown] {
  if (step === undefined) return [from, '…'];
  if (Array.isArray(from)) {
    const index = Number(step);
    if (index >= from.length) return [null, from];
    const [part, rest] = cut(from[index], further);
    return [part, from.with(index, rest)];
  }
  if (typeof from !== 'object' || from === null) return [null, from];
  const known = new Map<string, unknown>(Object.entries(from));
  const [part, rest] = cut(known.get(step), further);
  return [part, Object.fromEntries(known.set(step, rest))];
}

/** Whether an answer holds what the healthy system gives, and everything else too. */
export function isHealthy(outcome: Outcome, healthy: Outcome): boolean {
  return (
    outcome.codes.length === 0 &&
    isDeepStrictEqual(outcome.rows, healthy.rows) &&
    isDeepStrictEqual(outcome.rest, healthy.rest)
  );
}
