import { randomUUID } from 'node:crypto';
import type { StandingReader } from '../gateway/http/kept-answers.js';
import { boundFreshness } from '../gateway/observe/bounded-freshness.js';
import type { FreshnessReader } from '../gateway/observe/source-metrics.js';
import type { StateLog } from '../gateway/observe/state-log.js';
import type { Clock } from '../runtime/clock.js';
import type { InterfaceOutcome } from '../subgraphs/port/interface-outcome.js';
import type { County } from './open-county.js';
import { systemContext } from './system-context.js';

/** How often sources are looked at, and how long they may take. */
export const LOOK_EVERY_MS = 30_000;
const BUDGET_MS = 10_000;
/** What was found holds so long: a look that hangs must not let answers grow old. */
const LAST_MS = 60_000;
/** Something is missing that was not before: whether it lasts is looked at soon. */
const AGAIN_MS = 10_000;
/** The longest that start and /health wait for freshness. */
const WAIT_MS = 1500;

/** Keeps what answers say of their sources' age up to date. */
export interface FreshnessKeeper {
  /** Nothing is known before a county is watched. */
  readonly read: FreshnessReader;
  /** What the last look found, by interface; null when it was too long ago. */
  readonly standing: StandingReader;
  /** Looks at its sources now, and again and again. */
  watch(county: Pick<County, 'refreshFreshness'>): Promise<void>;
  /** Looks now, besides. */
  look(): Promise<void>;
  /** How many looks have ended. */
  looks(): number;
  stop(): void;
}

/** Told of every look. */
type LookListener = (outcomes: readonly InterfaceOutcome[], requestId: string) => void;

/**
 * @param states told of every look.
 * @param onLook the same, for others.
 */
export function keepFresh(
  clock: Clock,
  states: Pick<StateLog, 'found'>,
  onLook: LookListener = () => undefined,
): FreshnessKeeper {
  let watched: Pick<County, 'refreshFreshness'> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let found: { readonly at: number; readonly outcomes: ReadonlyMap<string, InterfaceOutcome> } | null = null;
  let looks = 0;
  let again: NodeJS.Timeout | undefined;
  let isStopped = false;
  const read = boundFreshness(async () => {
    const context = systemContext(clock, `freshness-${randomUUID()}`, BUDGET_MS);
    const outcomes = (await watched?.refreshFreshness(context)) ?? [];
    for (const outcome of outcomes) states.found(outcome, context.requestId);
    looks += 1;
    onLook(outcomes, context.requestId);
    const isNew = outcomes.some(
      (one) => one.state === 'MISSING' && found?.outcomes.get(one.interface)?.state !== 'MISSING',
    );
    if (isNew && !isStopped) again = setTimeout(() => void read(), AGAIN_MS).unref();
    found = { at: performance.now(), outcomes: new Map(outcomes.map((one) => [one.interface, one])) };
    return outcomes;
  }, WAIT_MS);
  return {
    read,
    standing: () => (found !== null && performance.now() - found.at < LAST_MS ? found.outcomes : null),
    watch: async (county) => {
      watched = county;
      clearInterval(timer);
      timer = setInterval(() => void read(), LOOK_EVERY_MS);
      timer.unref();
      await read();
    },
    look: async () => void (await read()),
    looks: () => looks,
    stop: () => {
      clearInterval(timer);
      clearTimeout(again);
      isStopped = true;
    },
  };
}
