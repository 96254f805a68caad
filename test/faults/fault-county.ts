import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Fault } from '../../demo/servers/faults.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { startOwnTime } from '../own-time.js';
import { type NamedFault, SYSTEMS, type SystemName } from './fault-catalogue.js';
import { askProbe, isHealthy, isLessBySay, type Outcome, PROBES } from './probe.js';

/** Beyond a request's budget, in this process's own time. */
const LATE_MS = 1900;
/** Of a request's budget: whoever is missing sooner is not missing for want of time. */
const LATE_SHARE = 0.75;
/** When other processes took as much from this one during a request, its sources may have been too slow. */
const STARVED_MS = 250;
/** What a system's part may be called then: the source or the subgraph around it was waited for in vain. */
const LATE_CODES: ReadonlySet<string> = new Set(['SOURCE_TIMEOUT', 'SUBGRAPH_TIMEOUT']);
const RECOVERY_MS = 10_000;
/** A busy machine may need longer; by then nobody would say «soon». */
const LAST_RECOVERY_MS = 40_000;
const PATIENT_MS = 8000;
/** Good answers that make a source's past failures the lesser part of what its breaker remembers. */
const STEADYING = 5;
const SUBJECTS = { uscc: '91330922MA28K00156', vesselName: '浙嵊渔90007' };

/** A tiny demo county whose systems can be broken, and what each of them says while it is well. */
export class FaultCounty {
  readonly stored: StoredCounty;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #healthy = new Map<SystemName, Outcome>();

  static async open(): Promise<FaultCounty> {
    const stored = await openSqliteCounty({ seed: 1, size: 'tiny' });
    const county = new FaultCounty(stored, await findDetailedCase(stored));
    for (const system of SYSTEMS) county.#healthy.set(system, await county.ask(system, PATIENT_MS));
    return county;
  }

  private constructor(stored: StoredCounty, caseCode: string) {
    this.stored = stored;
    this.#variables = { ...SUBJECTS, caseCode };
  }

  close(): Promise<void> {
    return this.stored.close();
  }

  async inject(system: SystemName, fault: Fault | null): Promise<void> {
    await this.stored.servers.get(system)?.inject(fault);
  }

  ask(system: SystemName, budgetMs: number): Promise<Outcome> {
    return askProbe(this.stored, { ...PROBES[system], variables: this.#variables }, budgetMs);
  }

  /** Breaks a system, asks, and says what is not as it must be: a sentence each, none if all is well. */
  async suffer(system: SystemName, fault: NamedFault, budgetMs: number): Promise<readonly string[]> {
    await this.inject(system, fault.fault);
    return this.complain(system, fault, await this.ask(system, budgetMs), budgetMs);
  }

  /** What is not as it must be with an answer under a fault. */
  complain(
    system: SystemName,
    { name, expected }: NamedFault,
    outcome: Outcome,
    budgetMs: number,
  ): readonly string[] {
    const wanted = expected(system);
    const { codes, rows } = outcome;
    const [code] = codes;
    const isAsExpected =
      wanted === 'exact'
        ? isHealthy(outcome, this.#healthyOf(system))
        : rows === null &&
          (code === undefined
            ? // It could not be asked for, because the row that it belongs to is missing.
              this.#isLate(system, outcome, budgetMs)
            : codes.length === 1 && wanted.some((each) => each === code));
    const told =
      isAsExpected || isStarvedOut(outcome)
        ? []
        : [`${system}: expected ${wanted}, but got ${codes.join() || 'an answer'}`];
    return [...this.complainOfValues(system, outcome, budgetMs), ...told].map((text) => `${name}, ${text}`);
  }

  /** As `complain`, of values and time alone, whatever reason is given. */
  complainOfValues(system: SystemName, outcome: Outcome, budgetMs: number): readonly string[] {
    const { rows, rest, tookMs, ownMs } = outcome;
    const well = this.#healthyOf(system);
    const complaints: string[] = [];
    if (rows !== null && !isDeepStrictEqual(rows, well.rows)) {
      complaints.push(`wrong value ${JSON.stringify(rows)}`);
    }
    if (!isDeepStrictEqual(rest, well.rest) && !this.#isLate(system, outcome, budgetMs)) {
      complaints.push(`untouched rows differ ${JSON.stringify(rest)}`);
    }
    if (ownMs > budgetMs + LATE_MS) complaints.push(`answered after ${tookMs} ms`);
    return complaints.map((complaint) => `${system}: ${complaint}`);
  }

  /** A busy machine may be late with what a system has nothing to do with, but then it says so and sends none of it. */
  #isLate(system: SystemName, outcome: Outcome, budgetMs: number): boolean {
    const { rest, tookMs } = outcome;
    const { rest: whole } = this.#healthyOf(system);
    const lacks = !isDeepStrictEqual(rest, whole) && isLessBySay(rest, whole);
    return lacks && (tookMs > budgetMs * LATE_SHARE || isStarved(outcome));
  }

  /** Mends the system and asks until it answers as before. A complaint when that takes too long. */
  async recover(system: SystemName): Promise<readonly string[]> {
    await this.inject(system, null);
    const mended = performance.now();
    const time = startOwnTime();
    let isBack = false;
    while (!isBack && performance.now() - mended < LAST_RECOVERY_MS) {
      isBack = isHealthy(await this.ask(system, PATIENT_MS), this.#healthyOf(system));
      if (!isBack) await wait(100);
    }
    if (time.stop() > RECOVERY_MS || !isBack) return [`${system}: not back within ${RECOVERY_MS} ms`];
    for (let turn = 0; turn < STEADYING; turn++) await this.ask(system, PATIENT_MS);
    return [];
  }

  #healthyOf(system: SystemName): Outcome {
    const outcome = this.#healthy.get(system);
    if (outcome === undefined || outcome.rows === null || outcome.codes.length > 0) {
      throw new Error(`Cannot break ${system}: it must be well at first, but says ${outcome?.codes.join()}`);
    }
    return outcome;
  }
}

function isStarved({ tookMs, ownMs }: Outcome): boolean {
  return tookMs - ownMs > STARVED_MS;
}

/** On a busy machine, any system may answer too late; then that is what must be said. */
function isStarvedOut(outcome: Outcome): boolean {
  const { rows, codes } = outcome;
  return isStarved(outcome) && rows === null && codes.every((code) => LATE_CODES.has(code));
}

const details = z.object({
  cases: z.object({
    nodes: z.array(
      z.object({
        caseCode: z.string(),
        caseDetail: z.object({ reviewer: z.string().nullable() }).nullable(),
      }),
    ),
  }),
});

/** A case of which the province knows more. */
async function findDetailedCase(county: StoredCounty): Promise<string> {
  const { data } = await county.ask(
    '{ cases(where: { interface: ["cases.case"], decided: true }, first: 30) { nodes { caseCode caseDetail { reviewer } } } }',
  );
  const { nodes } = details.parse(data).cases;
  const found = nodes.find(({ caseDetail }) => caseDetail !== null && caseDetail.reviewer !== null);
  if (found === undefined)
    throw new Error('Cannot ask for a case: one must have been reviewed, but none was');
  return found.caseCode;
}
