import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../../runtime/clock.js';
import type { ErrorCode } from '../../runtime/errors.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import { COVERAGE_STATES } from '../../subgraphs/port/interface-outcome.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import { createSourceStateGauges } from './source-state-gauges.js';

/** How fresh every interface is; asked at each scrape, must answer within its own bound. */
export type FreshnessReader = () => Promise<readonly InterfaceOutcome[]>;

interface SourceMetrics {
  readonly observer: SourceObserver;
  /** Brings the freshness gauges up to date; to be awaited before each scrape. */
  refreshFreshness(): Promise<void>;
}

/** What happens between the engine and the departments' sources. */
export function createSourceMetrics(
  registry: Registry,
  clock: Clock,
  readFreshness: FreshnessReader,
): SourceMetrics {
  const registers = [registry];
  const calls = new Histogram({
    name: 'graph_source_duration_seconds',
    help: 'Calls to sources.',
    labelNames: ['interface', 'operation', 'outcome'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 3],
    registers,
  });
  const rows = new Counter({
    name: 'graph_source_rows_total',
    help: 'Rows that sources returned.',
    labelNames: ['interface'],
    registers,
  });
  const unknownCodes = new Counter({
    name: 'graph_unknown_codes_total',
    help: 'Cells whose code is in no code list.',
    labelNames: ['interface', 'field'],
    registers,
  });
  const quality = new Counter({
    name: 'graph_quality_total',
    help: 'Cells that were repaired, guessed or unreadable.',
    labelNames: ['interface', 'field', 'code'],
    registers,
  });
  const failures = new Counter({
    name: 'graph_interface_missing_total',
    help: 'Times an interface could not take part in an answer.',
    labelNames: ['interface'],
    registers,
  });
  const observer: SourceObserver = {
    watch: createSourceStateGauges(registry),
    ...createTrafficCounters(registry),
    sourceCall: (event) => {
      const { interface: name, operation, outcome } = event;
      calls.observe({ interface: name, operation, outcome }, event.tookMs / 1000);
      if (event.rows > 0) rows.inc({ interface: name }, event.rows);
    },
    unknownCode: ({ interface: name, field }) => unknownCodes.inc({ interface: name, field }),
    quality: ({ interface: name, field, code }) => quality.inc({ interface: name, field, code }),
    failure: ({ outcome }) => failures.inc({ interface: outcome.interface }),
  };
  return { observer, refreshFreshness: createFreshnessGauges(registry, clock, readFreshness) };
}

/** What the guard before each source did. */
function createTrafficCounters(registry: Registry): Pick<SourceObserver, 'retry' | 'shared' | 'refusal'> {
  const registers = [registry];
  const retries = new Counter({
    name: 'graph_source_retries_total',
    help: 'Failed exchanges with a source that were sent once more.',
    labelNames: ['interface'],
    registers,
  });
  const shared = new Counter({
    name: 'graph_source_shared_total',
    help: 'Calls that joined the same one already running instead of being sent.',
    labelNames: ['interface'],
    registers,
  });
  const refusals = new Counter({
    name: 'graph_source_refusals_total',
    help: 'Exchanges that were not sent: paused after failures, quota, quiet hours, or no free place in time.',
    labelNames: ['interface', 'reason'],
    registers,
  });
  return {
    retry: ({ interface: name }) => retries.inc({ interface: name }),
    shared: ({ interface: name }) => shared.inc({ interface: name }),
    refusal: ({ interface: name, reason }) => refusals.inc({ interface: name, reason }),
  };
}

/** What somebody holds back is neither missing nor old, for those who watch: it is as he wanted. */
const HELD_STATES = { INTERFACE_PAUSED: 'PAUSED', SOURCE_CUT_OFF: 'CUT_OFF' } as const satisfies Partial<
  Record<ErrorCode, string>
>;
const STATES = [...COVERAGE_STATES, ...Object.values(HELD_STATES)];

function heldState(reason: string | null): (typeof STATES)[number] | null {
  const found = Object.entries(HELD_STATES).find(([code]) => reason?.startsWith(`${code}:`));
  return found === undefined ? null : found[1];
}

function createFreshnessGauges(
  registry: Registry,
  clock: Clock,
  readFreshness: FreshnessReader,
): () => Promise<void> {
  const states = new Gauge({
    name: 'graph_interface_state',
    help: '1 for the state that an interface is in, 0 for the others: LIVE, STALE, DENIED, MISSING, or, by hand, PAUSED or CUT_OFF.',
    labelNames: ['interface', 'state'],
    // All processes that serve a county say the same of its sources.
    aggregator: 'max',
    registers: [registry],
  });
  const age = new Gauge({
    name: 'graph_interface_age_seconds',
    help: 'Seconds since the newest row that an interface holds (its watermark).',
    labelNames: ['interface'],
    aggregator: 'max',
    registers: [registry],
  });
  return async () => {
    const outcomes = await readFreshness();
    states.reset();
    age.reset();
    for (const { interface: name, state, reason, asOf } of outcomes) {
      const held = heldState(reason);
      for (const each of STATES) {
        states.set({ interface: name, state: each }, each === (held ?? state) ? 1 : 0);
      }
      // Nobody expects news of what is held back.
      if (held !== null) continue;
      const watermark = asOf === null ? Number.NaN : Date.parse(asOf);
      if (Number.isFinite(watermark)) {
        age.set({ interface: name }, (clock.now().getTime() - watermark) / 1000);
      }
    }
  };
}
