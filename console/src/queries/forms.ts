import * as z from 'zod/mini';
import days from './days.graphql?raw';
import hands from './hands.graphql?raw';
import history from './history.graphql?raw';
import interfaceDocument from './interface.graphql?raw';
import may from './may.graphql?raw';
import overview from './overview.graphql?raw';
import request from './request.graphql?raw';

/** An operation, and what its answer must be like before anything of it is shown. */
export interface Operation<Answer> {
  readonly document: string;
  /** Which one of a document that has several. */
  readonly name?: string;
  readonly form: z.ZodMiniType<Answer>;
}

const text = z.nullable(z.string());
const number = z.nullable(z.number());
const moment = z.string();
const STATES = ['WELL', 'AMISS', 'DOWN', 'PAUSED', 'CUT_OFF', 'UNKNOWN'] as const;
/** A state that a newer gateway tells is unknown here. */
const state = z.nullable(z.catch(z.enum(STATES), 'UNKNOWN'));

export type State = (typeof STATES)[number];

const incident = z.object({
  id: z.string(),
  interface: z.string(),
  cause: z.string(),
  about: text,
  severity: z.string(),
  since: moment,
  until: text,
  detail: z.string(),
  heals: z.string(),
  requestId: text,
  times: z.number(),
  raised: text,
  acknowledged: z.nullable(z.object({ at: moment, by: z.string(), why: z.string() })),
});

const health = z.nullable(z.object({ at: moment }));
const looked = z.nullable(z.object({ lookedAt: text }));

/** What somebody holds back. */
const held = z.nullable(z.object({ why: z.string(), by: z.string(), until: moment }));

const listed = z.object({
  name: z.string(),
  title: z.string(),
  department: z.string(),
  state,
  since: text,
  standing: looked,
  freshness: z.nullable(z.object({ value: z.number(), threshold: number, takenAt: moment })),
  volume: z.nullable(
    z.object({
      day: z.string(),
      rows: z.number(),
      byUsual: z.nullable(
        z.object({
          value: z.number(),
          threshold: number,
          isUpperLimit: z.nullable(z.boolean()),
          takenAt: moment,
        }),
      ),
    }),
  ),
  quota: z.nullable(
    z.array(z.object({ about: text, value: z.number(), threshold: number, takenAt: moment })),
  ),
  sla: z.nullable(z.object({ target: z.number(), uptime: number })),
});

const measurement = z.object({
  measure: z.string(),
  about: text,
  value: z.number(),
  unit: z.string(),
  threshold: number,
  isUpperLimit: z.nullable(z.boolean()),
  reason: text,
  isStated: z.nullable(z.boolean()),
  takenAt: moment,
});

const one = z.object({
  name: z.string(),
  title: z.string(),
  department: z.string(),
  county: text,
  kind: text,
  fields: z.array(z.string()),
  lookupOnly: z.boolean(),
  requires: z.array(z.string()),
  contact: text,
  state,
  since: text,
  paused: held,
  breakerOpened: held,
  standing: looked,
  snapshot: z.nullable(
    z.object({
      rows: number,
      readAt: text,
      readings: z.number(),
      failures: z.number(),
      lastFailure: text,
    }),
  ),
  catalogue: z.nullable(
    z.object({
      share: z.string(),
      conditions: text,
      basis: z.string(),
      updatesEverySeconds: number,
      level: z.string(),
      fields: z.array(z.object({ name: z.string(), title: z.string() })),
    }),
  ),
  drift: z.nullable(
    z.object({ missing: z.number(), retyped: z.number(), added: z.number(), lookedAt: moment }),
  ),
  drop: z.nullable(
    z.object({
      serving: z.nullable(z.object({ received: moment, rows: z.number(), notes: z.array(z.string()) })),
      rejected: z.nullable(
        z.object({
          at: moment,
          reasons: z.number(),
          examples: z.array(z.string()),
          isSettled: z.boolean(),
        }),
      ),
    }),
  ),
  sla: z.nullable(
    z.object({
      target: z.number(),
      uptime: number,
      budgetLeft: number,
      burn1h: number,
      burn6h: number,
      days: z.array(number),
    }),
  ),
  measurements: z.nullable(z.array(measurement)),
  incidents: z.nullable(z.array(incident)),
});

const point = z.object({ at: moment, low: z.number(), high: z.number(), mean: z.number() });

const step = z.object({ subgraph: z.string(), startMs: z.number(), tookMs: z.number(), outcome: z.string() });

const call = z.object({
  interface: z.string(),
  operation: z.string(),
  origin: z.string(),
  startMs: z.number(),
  tookMs: z.number(),
  rows: z.number(),
  outcome: z.string(),
  retries: z.number(),
});

const report = z.object({
  id: z.string(),
  at: moment,
  memory: z.string(),
  caller: text,
  role: text,
  operation: text,
  registered: text,
  documentHash: text,
  outcome: z.string(),
  errors: z.array(z.string()),
  cost: number,
  tookMs: z.number(),
  origin: text,
  level: text,
  masks: z.array(z.string()),
  planMs: number,
  steps: z.nullable(z.array(step)),
  calls: z.nullable(z.array(call)),
  omitted: z.number(),
  coverage: z.array(z.object({ interface: z.string(), state: text, asOf: text, reason: text })),
});

const requestForm = z.object({ request: z.nullable(report) });

const overviewForm = z.object({
  dataHealth: health,
  departments: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  interfaces: z.array(listed),
  incidents: z.array(incident),
});
const daysForm = z.object({
  interfaces: z.array(z.object({ name: z.string(), sla: z.nullable(z.object({ days: z.array(number) })) })),
});
const oneForm = z.object({ dataHealth: health, interfaces: z.array(one) });
const historyForm = z.object({ interfaces: z.array(z.object({ history: z.nullable(z.array(point)) })) });

const mayForm = z.object({ logLevels: z.nullable(z.array(z.object({ part: z.string() }))) });
/** What is done is shown by what is asked next. */
const doneForm = z.unknown();

export type Incident = z.infer<typeof incident>;
export type Listed = z.infer<typeof listed>;
export type Measurement = z.infer<typeof measurement>;
export type OneInterface = z.infer<typeof one>;
export type Point = z.infer<typeof point>;
export type Report = z.infer<typeof report>;
export type Overview = z.infer<typeof overviewForm>;

export const OVERVIEW: Operation<Overview> = { document: overview, form: overviewForm };
export const DAYS: Operation<z.infer<typeof daysForm>> = { document: days, form: daysForm };
export const INTERFACE: Operation<z.infer<typeof oneForm>> = { document: interfaceDocument, form: oneForm };
export const HISTORY: Operation<z.infer<typeof historyForm>> = { document: history, form: historyForm };
export const MAY: Operation<z.infer<typeof mayForm>> = { document: may, form: mayForm };
export const PAUSE = handOf('ConsolePause');
export const RESUME = handOf('ConsoleResume');
export const OPEN_BREAKER = handOf('ConsoleOpenBreaker');
export const CLOSE_BREAKER = handOf('ConsoleCloseBreaker');
export const ACKNOWLEDGE = handOf('ConsoleAcknowledge');
export const REQUEST: Operation<z.infer<typeof requestForm>> = { document: request, form: requestForm };

function handOf(name: string): Operation<unknown> {
  return { document: hands, name, form: doneForm };
}
