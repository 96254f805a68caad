import { z } from 'zod';
import type { DropState } from '../../adapters/file/file-object.js';
import { quietUntil } from '../../subgraphs/engine/calls/quiet-windows.js';
import type { SeenColumn, Study } from '../../subgraphs/engine/observe/study.js';
import { type Thresholds, thresholdsOf } from '../../subgraphs/engine/observe/thresholds.js';
import { codeOf } from '../../subgraphs/engine/read/public-detail.js';
import type { ServedInterface } from '../../subgraphs/engine/read/served-interface.js';
import type { Pause } from '../../subgraphs/port/hands.js';
import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import type { DropHealth, HealthState, Measurement } from '../../subgraphs/port/observation.js';
import { type CallsSeen, codeOfReason } from './calls-seen.js';
import { fieldsByColumn, mappingFingerprint } from './fields-by-column.js';
import type { CodeExchange } from './judge/code-exchange.js';
import { compareCodes, type UsualCodes } from './judge/code-usual.js';
import { lookFailed, queryFailed, REACHED, type Reach } from './reach.js';
import type { Seen } from './seen.js';

const columnsKept = z.object({
  fingerprint: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.custom<SeenColumn['type']>() })),
});
const countsKept = z.array(z.tuple([z.string(), z.number()]));
const codesKept = z.object({
  fingerprint: z.string(),
  fields: z.array(z.tuple([z.string(), countsKept, z.array(z.tuple([z.number(), countsKept]))])),
});
const dropsKept = z.array(z.object({ received: z.string(), rows: z.number() }));
const stateKept = z.object({ state: z.enum(['WELL', 'AMISS', 'DOWN', 'UNKNOWN']), since: z.number() });

/** Files whose number of rows is remembered. */
const DROPS_REMEMBERED = 6;

/** What is known of one interface that is watched. Moments are epoch milliseconds by the county's clock. */
export class Observed {
  readonly name: string;
  /** Null: its mapping cannot be used. */
  readonly served: ServedInterface | null;
  readonly thresholds: Thresholds | null;
  readonly mapped: ReadonlyMap<string, readonly string[]>;
  readonly #fingerprint: string;
  reach: Reach = REACHED;
  lookedAt: number | null = null;
  /** Nothing came of it when it was looked at last. */
  isMissing = false;
  measurements: readonly Measurement[] = [];
  state: HealthState = 'UNKNOWN';
  since: number;
  /** When it is to be studied next. */
  studyAt: number;
  #watermark: number | null = null;
  #watermarkSince = 0;
  #study: Seen['study'] = null;
  #columnsBefore: readonly SeenColumn[] | null = null;
  readonly #usualCodes = new Map<string, UsualCodes>();
  #exchanges = new Map<string, CodeExchange>();
  #drop: DropState | null = null;
  #dropsBefore: readonly { readonly received: string; readonly rows: number }[] = [];
  isIndexed: boolean | null = null;

  /** @param now when it begins to be watched. */
  constructor(name: string, served: ServedInterface | null, now: number) {
    this.name = name;
    this.served = served;
    const mapping = served?.compiled.mapping ?? null;
    this.thresholds = mapping === null ? null : thresholdsOf(mapping);
    this.mapped = mapping === null ? new Map() : fieldsByColumn(mapping);
    this.#fingerprint = mapping === null ? '' : mappingFingerprint(mapping);
    this.since = now;
    this.studyAt = now + spread(name);
  }

  /** Takes over what an earlier process, or an earlier county of this one, knew. */
  restore(said: ReadonlyMap<string, string>): void {
    const columns = decode(columnsKept, said.get(`columns ${this.name}`));
    if (columns?.fingerprint === this.#fingerprint) this.#columnsBefore = columns.columns;
    this.#dropsBefore = decode(dropsKept, said.get(`drops ${this.name}`)) ?? [];
    const codes = decode(codesKept, said.get(`codes ${this.name}`));
    if (codes?.fingerprint === this.#fingerprint) {
      for (const [field, all, byWeekday] of codes.fields) {
        const weekdays = byWeekday.map(([weekday, counts]) => [weekday, new Map(counts)] as const);
        this.#usualCodes.set(field, { all: new Map(all), byWeekday: new Map(weekdays) });
      }
    }
    const state = decode(stateKept, said.get(`state ${this.name}`));
    if (state !== null) ({ state: this.state, since: this.since } = state);
  }

  /** @param requestId of the look. */
  looked(outcome: InterfaceOutcome, requestId: string, now: number): void {
    this.lookedAt = now;
    this.isMissing = outcome.state === 'MISSING';
    const code = this.#failureOf(outcome);
    this.reach = code === null ? REACHED : lookFailed(this.reach, { code, requestId }, now);
    if (this.served?.kept === null && outcome.asOf !== null) this.#news(Date.parse(outcome.asOf), now);
    // Which column it is says the study.
    if (code === 'SOURCE_COLUMN_MISSING' && this.reach.failure?.times === 2) this.studyAt = now;
  }

  met(failure: { readonly code: string; readonly requestId: string }, now: number): void {
    this.reach = queryFailed(this.reach, failure, now);
  }

  /** @returns what is to be remembered of it. */
  studied(found: Study, now: number): readonly (readonly [name: string, said: string])[] {
    this.#study = { at: now, found };
    if (found.watermark?.kind === 'newest') this.#news(Date.parse(found.watermark.asOf), now);
    const { columns, isSample } = found;
    const learnt = this.#learnCodes(found);
    if (columns === null) return learnt;
    const before = this.#columnsBefore ?? [];
    // Of samples each may show other columns; of a table the first look is the measure.
    const news = isSample ? columns.filter(({ name }) => !before.some((one) => one.name === name)) : [];
    if (this.#columnsBefore !== null && news.length === 0) return learnt;
    this.#columnsBefore = this.#columnsBefore === null ? columns : [...before, ...news];
    const said = { fingerprint: this.#fingerprint, columns: this.#columnsBefore };
    return [[`columns ${this.name}`, JSON.stringify(said)], ...learnt];
  }

  /** @returns what is to be remembered of how frequent its codes are. */
  #learnCodes({ codes }: Study): readonly (readonly [name: string, said: string])[] {
    if (codes.length === 0) return [];
    this.#exchanges = new Map();
    for (const study of codes) {
      const { exchange, usual } = compareCodes(study, this.#usualCodes.get(study.field) ?? null);
      if (usual !== null) this.#usualCodes.set(study.field, usual);
      if (exchange !== null) this.#exchanges.set(study.field, exchange);
    }
    const fields = [...this.#usualCodes].map(([field, { all, byWeekday }]) => [
      field,
      [...all],
      [...byWeekday].map(([weekday, counts]) => [weekday, [...counts]]),
    ]);
    return [[`codes ${this.name}`, JSON.stringify({ fingerprint: this.#fingerprint, fields })]];
  }

  /** @returns what is to be remembered of it. */
  dropped(state: DropState): readonly (readonly [name: string, said: string])[] {
    this.#drop = state;
    const { serving } = state;
    if (serving === null || this.#dropsBefore.some(({ received }) => received === serving.received))
      return [];
    const { received, rows } = serving;
    this.#dropsBefore = [...this.#dropsBefore, { received, rows }].slice(-DROPS_REMEMBERED);
    return [[`drops ${this.name}`, JSON.stringify(this.#dropsBefore)]];
  }

  /** As others are told of its files. */
  get drop(): DropHealth | null {
    if (this.#drop === null) return null;
    const { serving, rejection } = this.#drop;
    return {
      serving: serving && { received: serving.received, rows: serving.rows, notes: serving.notes },
      rejected: rejection && {
        at: rejection.rejectedAt,
        reasons: rejection.reasons,
        examples: rejection.examples,
        isSettled: rejection.isSettled,
      },
    };
  }

  isQuiet(now: number): boolean {
    const quiet = this.served?.compiled.mapping.limits.quiet ?? [];
    return quietUntil(quiet, new Date(now)) !== null;
  }

  /** What somebody holds back of it; null: nothing. A pause is told before an open breaker. */
  heldBack(): (Pause & { readonly state: HealthState }) | null {
    const pauses = this.served?.compiled.environment.pauses;
    const pause = pauses?.of(this.name, 'interface') ?? null;
    if (pause !== null) return { ...pause, state: 'PAUSED' };
    const cutOff = pauses?.of(this.name, 'source') ?? null;
    return cutOff === null ? null : { ...cutOff, state: 'CUT_OFF' };
  }

  seen(calls: CallsSeen, now: number): Seen {
    const age = this.served?.kept?.snapshot.age() ?? null;
    return {
      reach: this.reach,
      lookedAt: this.lookedAt,
      isQuiet: this.isQuiet(now),
      tookSeconds: calls.tookSeconds(this.name),
      source: calls.sourceOf(this.name),
      watermark: this.#watermark,
      watermarkSince: this.#watermarkSince,
      study: this.#study,
      columnsBefore: this.#columnsBefore,
      exchanges: this.#exchanges,
      drop: this.#drop,
      dropsBefore: this.#dropsBefore
        .filter(({ received }) => received !== this.#drop?.serving?.received)
        .map(({ rows }) => rows),
      snapshot:
        this.served?.kept == null
          ? null
          : { ageSeconds: age?.seconds ?? null, isServing: age !== null && age.state !== 'MISSING' },
      isIndexed: this.isIndexed,
    };
  }

  #news(watermark: number, now: number): void {
    if (watermark === this.#watermark) return;
    if (this.#watermark !== null) this.#watermarkSince = now;
    this.#watermark = watermark;
  }

  /** What the last look, or the last reading of what is kept, failed by; null: it did not. */
  #failureOf(outcome: InterfaceOutcome): string | null {
    const failure = this.served?.kept?.snapshot.status().lastFailure ?? null;
    if (failure !== null) return codeOf(failure);
    return outcome.state === 'MISSING' ? (codeOfReason(outcome.reason) ?? 'INTERNAL') : null;
  }
}

/** Studies of many interfaces do not begin at once. Milliseconds, the same for the same name. */
function spread(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % SPREAD_MS;
  return hash;
}
const SPREAD_MS = 5 * 60_000;

/** What was remembered in another form is forgotten. */
function decode<T>(form: z.ZodType<T>, said: string | undefined): T | null {
  if (said === undefined) return null;
  try {
    return form.safeParse(JSON.parse(said)).data ?? null;
  } catch {
    return null;
  }
}
