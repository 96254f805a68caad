import { z } from 'zod';
import { type CallContext, onDay } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import { FIELD_LEVELS, LEVELS } from '../../runtime/level.js';
import { FIELD_TYPES } from '../kinds/field.js';
import { KINDS } from '../kinds/kinds.js';
import type { RowCondition } from '../kinds/row-condition.js';
import { type HandDone, type HandRequest, HELD, PAUSE_SHAPE } from '../port/hands.js';
import { COVERAGE_STATES, type InterfaceOutcome } from '../port/interface-outcome.js';
import {
  HEALTH_STATES,
  type HistoryPoint,
  type HistoryQuestion,
  INCIDENT_CAUSES,
  INCIDENT_SEVERITIES,
  type Incident,
  type IncidentQuestion,
  MEASURE_UNITS,
  MEASURES,
  MOST_OPEN,
  type ServiceLevel,
} from '../port/observation.js';
import { isDecimal } from '../values/numbers/decimal.js';
import type {
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedPort,
  FeedSnapshot,
  FeedStanding,
  FeedTally,
  FeedTallyRequest,
  InterfaceInfo,
} from './feed.js';
import type { FeedHold } from './feed-hands.js';
import type { FeedHealth } from './feed-watch.js';

/**
 * Messages of the hidden root field `_feed(request: FeedMessage!): FeedMessage`.
 *
 * `today` is the day of the hub, which derived fields are relative to. Requests are read strictly, because a filter that is overlooked gives wrong rows. Answers may hold more than is
 * known here, so that a newer department serves an older hub.
 */
export type FeedRequestMessage =
  | { readonly operation: 'interfaces' }
  | { readonly operation: 'freshness' }
  | { readonly operation: 'standing' }
  | { readonly operation: 'snapshots' }
  | { readonly operation: 'health' }
  | { readonly operation: 'service-level'; readonly interface: string }
  | { readonly operation: 'history'; readonly question: HistoryQuestion }
  | { readonly operation: 'incidents'; readonly question: IncidentQuestion }
  | { readonly operation: 'held' }
  | { readonly operation: 'hand'; readonly request: HandRequest }
  | { readonly operation: 'page'; readonly request: FeedPageRequest; readonly today: string }
  | { readonly operation: 'tally'; readonly request: FeedTallyRequest; readonly today: string };

/** What only a county is asked, see `counties/county-offer.ts`. */
export interface CountyRequestMessage {
  readonly operation: 'county';
}

/** Rows of one page; the registry reads in large ones. */
const MAX_LIMIT = 10_000;

const texts = z.array(z.string());
const kind = z.enum(KINDS);

const condition: z.ZodType<RowCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition) }),
    z.strictObject({ any: z.array(condition) }),
    z.strictObject({ not: condition }),
    z.strictObject({ field: z.string(), in: z.array(z.union([z.string(), z.boolean()])) }),
    z.strictObject({ field: z.string(), isNull: z.boolean() }),
    z.strictObject({ field: z.string(), contains: z.string() }),
    z.strictObject({ field: z.string(), startsWith: z.string() }),
    z.strictObject({ field: z.string(), sameNumber: z.string() }),
    z
      .strictObject({ field: z.string(), from: z.string().exactOptional(), to: z.string().exactOptional() })
      .refine((range) => range.from !== undefined || range.to !== undefined),
    z.strictObject({ subject: texts }),
    z.strictObject({ ids: texts }),
    z.strictObject({ interface: texts }),
    z.strictObject({ newerThan: z.array(z.strictObject({ interface: z.string(), mark: z.string() })) }),
  ]),
);

const order = z.strictObject({ field: z.string(), direction: z.enum(['asc', 'desc']) });

const position = z.strictObject({
  keys: z.array(z.string().nullable()),
  interface: z.string(),
  key: texts,
});

const age = z.strictObject({
  maxSeconds: z.number().min(0),
  otherwise: z.enum(['SOURCE', 'STALE', 'MISSING']),
});

const pageRequest = z.strictObject({
  kind: kind.nullable(),
  where: condition,
  orderBy: z.array(order),
  reversed: z.boolean(),
  after: position.exactOptional(),
  limit: z.int().min(0).max(MAX_LIMIT),
  fields: texts,
  refs: z.boolean().exactOptional(),
  mark: z.boolean().exactOptional(),
  interfaces: texts.exactOptional(),
  age: age.exactOptional(),
});

const days = z.strictObject({ days: z.strictObject({ from: z.string(), to: z.string() }) });
const namedField = z.strictObject({ field: z.string() });

const dimension = z.union([
  z.strictObject({ field: z.string(), truncate: z.enum(['year', 'quarter', 'month', 'week', 'day']) }),
  namedField,
  days,
  z.strictObject({ subject: z.literal(true) }),
  z.strictObject({ interface: z.literal(true) }),
]);

const tallyRequest = z.strictObject({
  kind: kind.nullable(),
  where: condition,
  by: z.array(dimension),
  measures: z.array(z.union([namedField, days])),
  interfaces: texts.exactOptional(),
  age: age.exactOptional(),
});

const historyQuestion = z.strictObject({
  interface: z.string(),
  measure: z.enum(MEASURES),
  about: z.string().nullable(),
  from: z.number(),
  to: z.number(),
});

const incidentQuestion = z.strictObject({
  interfaces: texts.exactOptional(),
  causes: z.array(z.enum(INCIDENT_CAUSES)).exactOptional(),
  severity: z.enum(INCIDENT_SEVERITIES).exactOptional(),
  isOpen: z.boolean().exactOptional(),
  from: z.number().exactOptional(),
  to: z.number().exactOptional(),
  limit: z.int().min(0).max(MOST_OPEN),
});

const held = z.enum(HELD);
const said = z.string().min(1).max(1000);
const ofInterface = { interface: z.string() };

const handRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hold'), ...ofInterface, held, why: said, until: z.number() }),
  z.strictObject({ kind: z.literal('release'), ...ofInterface, held, why: said }),
  z.strictObject({
    kind: z.literal('note'),
    ...ofInterface,
    ids: texts,
    note: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('acknowledged'), why: said }),
      z.strictObject({ kind: z.literal('sent') }),
      z.strictObject({ kind: z.literal('answered'), isAccepted: z.boolean(), text: said }),
    ]),
  }),
]);

const requestMessage = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('interfaces') }),
  z.strictObject({ operation: z.literal('freshness') }),
  z.strictObject({ operation: z.literal('standing') }),
  z.strictObject({ operation: z.literal('snapshots') }),
  z.strictObject({ operation: z.literal('health') }),
  z.strictObject({ operation: z.literal('service-level'), interface: z.string() }),
  z.strictObject({ operation: z.literal('history'), question: historyQuestion }),
  z.strictObject({ operation: z.literal('incidents'), question: incidentQuestion }),
  z.strictObject({ operation: z.literal('held') }),
  z.strictObject({ operation: z.literal('hand'), request: handRequest }),
  z.strictObject({ operation: z.literal('page'), request: pageRequest, today: z.iso.date() }),
  z.strictObject({ operation: z.literal('tally'), request: tallyRequest, today: z.iso.date() }),
]);

const outcome = z.object({
  interface: z.string(),
  department: z.string(),
  state: z.enum(COVERAGE_STATES),
  asOf: z.string().nullable(),
  tookMs: z.number(),
  reason: z.string().nullable(),
});

const refs = z.object({
  refs: texts,
  shared: texts.exactOptional(),
  spellings: z.array(z.object({ ref: z.string(), held: z.string() })),
  related: z.array(
    z.object({
      role: z.enum(['OWNER', 'LEGAL_REPRESENTATIVE', 'CAPTAIN']),
      ref: z.string(),
      share: z.string().exactOptional(),
    }),
  ),
});

const row = z.object({
  id: z.string(),
  key: texts,
  sort: z.array(z.string().nullable()),
  subject: z.string().nullable(),
  values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null(), texts])),
  quality: texts,
  refs: refs.exactOptional(),
});

const page = z.object({
  rows: z.array(row),
  complete: z.boolean(),
  mark: z.string().nullable().exactOptional(),
});
const pageParts = z.array(outcome.extend({ data: page.exactOptional() }));

/** What is added up must be numbers: one that is none would cost the whole answer. */
const decimal = z.string().refine(isDecimal);

const measured = z.object({
  count: z.int(),
  sum: decimal,
  min: decimal.nullable(),
  max: decimal.nullable(),
});

const tallyParts = z.array(
  outcome.extend({
    data: z
      .array(
        z.object({
          key: z.array(z.string().nullable()),
          count: z.int(),
          measures: z.array(measured),
        }),
      )
      .exactOptional(),
  }),
);

const level = z.enum(LEVELS);

const facetFields = z.array(
  z.object({
    name: z.string(),
    type: z.enum(FIELD_TYPES),
    enum: z.string().exactOptional(),
    words: z.string(),
    level: z.enum(FIELD_LEVELS),
    documentNumber: z.literal(true).exactOptional(),
    township: z.literal(true).exactOptional(),
    person: z.literal(true).exactOptional(),
  }),
);

const facet = z.object({
  path: z.string(),
  list: z.boolean(),
  order: z.array(order),
  shared: z.boolean(),
  fields: facetFields,
});

const rowFacet = z.object({ holder: z.string(), fields: facetFields });

const catalogue = z.object({
  share: z.enum(['UNCONDITIONAL', 'CONDITIONAL']),
  conditions: z.string().nullable(),
  basis: z.string(),
  updatesEverySeconds: z.number().nullable(),
  level,
  fields: z.array(z.object({ name: z.string(), title: z.string(), level })),
  withheld: z.array(z.object({ columns: texts, level, basis: z.string(), reason: z.string() })),
});

export const interfaceInfos = z.array(
  z.object({
    name: z.string(),
    title: z.string(),
    department: z.string(),
    kind: kind.nullable(),
    departments: texts.nullable(),
    fields: texts,
    numbers: texts.exactOptional(),
    warnAfterSeconds: z.number().nullable(),
    failAfterSeconds: z.number().nullable(),
    lookupOnly: z.boolean(),
    askedNumbers: texts.exactOptional(),
    standsFor: z.string().exactOptional(),
    matched: z.object({ facet: z.string(), number: z.string(), field: z.string() }).exactOptional(),
    facet: facet.exactOptional(),
    rowFacet: rowFacet.exactOptional(),
    requires: texts.exactOptional(),
    contact: z.string().exactOptional(),
    catalogue: catalogue.exactOptional(),
  }),
);

const snapshots = z.array(
  z.object({
    interface: z.string(),
    version: z.string().nullable(),
    rows: z.int().nullable(),
    readAt: z.string().nullable(),
    wholeAt: z.string().nullable(),
    readings: z.int(),
    failures: z.int(),
    lastFailure: z.string().nullable(),
  }),
);

const threshold = z.object({
  at: z.number(),
  side: z.enum(['ABOVE', 'BELOW']),
  reason: z.string(),
  isStated: z.boolean(),
});

const dropHealth = z.object({
  serving: z.object({ received: z.string(), rows: z.number(), notes: z.array(z.string()) }).nullable(),
  rejected: z
    .object({ at: z.string(), reasons: z.number(), examples: z.array(z.string()), isSettled: z.boolean() })
    .nullable(),
});

const health = z.array(
  z.object({
    interface: z.string(),
    state: z.enum(HEALTH_STATES),
    since: z.number(),
    measurements: z.array(
      z.object({
        measure: z.enum(MEASURES),
        about: z.string().nullable(),
        value: z.number(),
        unit: z.enum(MEASURE_UNITS),
        threshold: threshold.nullable(),
        takenAt: z.number(),
      }),
    ),
    // An older department tells nothing of its files.
    drop: dropHealth.nullable().default(null),
  }),
);

const serviceLevel = z
  .object({
    target: z.number(),
    uptime: z.number().nullable(),
    budgetLeft: z.number().nullable(),
    burn1h: z.number().nullable(),
    burn6h: z.number().nullable(),
    // An older department tells no days.
    days: z.array(z.number().nullable()).default([]),
  })
  .nullable();

const history = z.array(
  z.object({
    at: z.number(),
    seconds: z.number(),
    count: z.number(),
    low: z.number(),
    high: z.number(),
    mean: z.number(),
    last: z.number(),
  }),
);

const noted = { at: z.number(), by: z.string() };
const incidentNotes = z.object({
  acknowledged: z.object({ ...noted, why: z.string() }).exactOptional(),
  sent: z.object(noted).exactOptional(),
  answered: z.object({ ...noted, isAccepted: z.boolean(), text: z.string() }).exactOptional(),
});

const incidents = z.array(
  z.object({
    id: z.string(),
    interface: z.string(),
    cause: z.enum(INCIDENT_CAUSES),
    about: z.string().nullable(),
    severity: z.enum(INCIDENT_SEVERITIES),
    since: z.number(),
    until: z.number().nullable(),
    detail: z.string(),
    heals: z.string(),
    requestId: z.string().nullable(),
    times: z.number(),
    raisedAt: z.number().exactOptional(),
    notes: incidentNotes.exactOptional(),
  }),
);

const holds = z.array(
  z.object({
    interface: z.string(),
    held,
    pause: z.object(PAUSE_SHAPE),
  }),
);

const done = z.object({ reach: z.enum(['ALL', 'HERE']), ids: texts });

/** Readers of answers. @throws {z.ZodError} */
export const readFeedAnswer = {
  interfaces: (answer: unknown): readonly InterfaceInfo[] => interfaceInfos.parse(answer),
  freshness: (answer: unknown): readonly InterfaceOutcome[] => z.array(outcome).parse(answer),
  standing: (answer: unknown): readonly FeedStanding[] =>
    z.array(outcome.extend({ lookedAt: z.string().nullable() })).parse(answer),
  snapshots: (answer: unknown): readonly FeedSnapshot[] => snapshots.parse(answer),
  health: (answer: unknown): readonly FeedHealth[] => health.parse(answer),
  serviceLevel: (answer: unknown): ServiceLevel | null => serviceLevel.parse(answer),
  history: (answer: unknown): readonly HistoryPoint[] => history.parse(answer),
  incidents: (answer: unknown): readonly Incident[] => incidents.parse(answer),
  held: (answer: unknown): readonly FeedHold[] => holds.parse(answer),
  done: (answer: unknown): HandDone => done.parse(answer),
  page: (answer: unknown): readonly FeedPart<FeedPage>[] => pageParts.parse(answer),
  tally: (answer: unknown): readonly FeedPart<readonly FeedTally[]>[] => tallyParts.parse(answer),
} as const;

/**
 * Serves one `_feed` message of a department.
 *
 * @throws BAD_USER_INPUT on a message that cannot be read, with the place and what was expected.
 */
export async function handleFeedMessage(
  port: FeedPort,
  message: unknown,
  context: CallContext,
): Promise<unknown> {
  const request = readRequest(message);
  switch (request.operation) {
    case 'interfaces':
      return port.interfaces();
    case 'freshness':
      return port.freshness(context);
    case 'standing':
      return (await port.standing?.(context)) ?? [];
    case 'snapshots':
      return (await port.snapshots?.(context)) ?? [];
    case 'health':
      return (await port.watch?.health(context)) ?? [];
    case 'service-level':
      return (await port.watch?.serviceLevel(request.interface, context)) ?? null;
    case 'history':
      return (await port.watch?.history(request.question, context)) ?? [];
    case 'incidents':
      return (await port.watch?.incidents(request.question, context)) ?? [];
    case 'held':
      return (await port.hands?.held(context)) ?? [];
    case 'hand':
      if (port.hands === undefined) throw publicError('FORBIDDEN');
      return port.hands.act(request.request, context);
    case 'page':
      return port.page(request.request, onDay(context, request.today));
    case 'tally':
      return port.tally(request.request, onDay(context, request.today));
  }
}

function readRequest(message: unknown): FeedRequestMessage {
  const read = requestMessage.safeParse(message);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = ['request', ...(issue?.path ?? [])].join('.');
  throw publicError('BAD_USER_INPUT', `${place}：不是可识别的 _feed 消息。${place}: ${issue?.message ?? ''}`);
}
