import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import { isForCaller } from '../../feed/is-for-caller.js';
import type {
  DropHealth,
  HistoryPoint,
  InterfaceHealth,
  Measure,
  Measurement,
  ServiceLevel,
} from '../../port/observation.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { HubWatch } from './hub-watch.js';
import { momentOf, readMoment } from './moments.js';
import { MOST_INCIDENTS, showIncident } from './show-incident.js';

interface HistoryArguments {
  readonly measure: Measure;
  readonly about?: string | null;
  readonly from: string;
  readonly to?: string | null;
}

const MOST_DAYS = 90;
const QUALITY: ReadonlySet<Measure> = new Set(['UNREADABLE', 'UNRESOLVED', 'UNKNOWN_CODES', 'KEYS_FAULTY']);

/** The fields of `DataInterface` that are known by watching it. @param at the field that lists it; null: it is shown for another reason. */
export function healthFields(
  info: InterfaceInfo,
  watch: HubWatch,
  at: Pick<GraphQLResolveInfo, 'path'> | null,
) {
  const note = (context: CallContext): void => {
    if (at !== null) watch.noteAway(context, at);
  };
  const healthFor = async (context: CallContext): Promise<InterfaceHealth | null> => {
    if (!isForCaller(info, context.caller)) return null;
    const health = await watch.healthOf(info.name, context);
    note(context);
    return health;
  };
  const of = <T>(show: (health: InterfaceHealth) => T) => {
    return async (_args: unknown, context: CallContext): Promise<T | null> => {
      const health = await healthFor(context);
      return health === null ? null : show(health);
    };
  };
  const all = (isMeant: (measurement: Measurement) => boolean) =>
    of(({ measurements }) => measurements.filter(isMeant).map(showMeasurement));
  return {
    state: of(({ state }) => state),
    since: of(({ since }) => momentOf(since)),
    freshness: of(({ measurements }) => showFirst(measurements, 'WATERMARK_AGE')),
    volume: of(({ measurements }) => showVolume(measurements)),
    quality: all(({ measure }) => QUALITY.has(measure)),
    drift: of(({ measurements }) => showDrift(measurements)),
    quota: all(({ measure }) => measure === 'QUOTA_USED'),
    sla: async (_args: unknown, context: CallContext) => {
      const level = isForCaller(info, context.caller) ? await watch.serviceLevel(info.name, context) : null;
      note(context);
      return level === null ? null : showLevel(level);
    },
    measurements: all(() => true),
    drop: of(({ drop }) => drop && showDrop(drop)),
    history: async ({ measure, about, from, to }: HistoryArguments, context: CallContext) => {
      const question = {
        interface: info.name,
        measure,
        about: about ?? null,
        from: readMoment('from', from),
        to: to == null ? Number.MAX_SAFE_INTEGER : readMoment('to', to),
      };
      if ((await healthFor(context)) === null) return null;
      const points = await watch.history(question, context);
      note(context);
      return points.map(showPoint);
    },
    incidents: async ({ first }: { readonly first: number }, context: CallContext) => {
      const limit = checkUpTo(MOST_INCIDENTS, 'first', first);
      if ((await healthFor(context)) === null) return null;
      const found = await watch.incidents({ interfaces: [info.name], limit }, context);
      note(context);
      return found.map(showIncident);
    },
  };
}

function showFirst(measurements: readonly Measurement[], measure: Measure) {
  const found = measurements.find((one) => one.measure === measure);
  return found === undefined ? null : showMeasurement(found);
}

function showMeasurement({ threshold, takenAt, ...said }: Measurement) {
  return {
    ...said,
    threshold: threshold?.at ?? null,
    isUpperLimit: threshold === null ? null : threshold.side === 'ABOVE',
    reason: threshold?.reason ?? null,
    isStated: threshold?.isStated ?? null,
    takenAt: momentOf(takenAt),
  };
}

function showVolume(measurements: readonly Measurement[]) {
  const rows = measurements.find(({ measure }) => measure === 'ROWS_OF_DAY');
  if (rows === undefined) return null;
  return { day: rows.about, rows: rows.value, byUsual: showFirst(measurements, 'ROWS_BY_USUAL') };
}

function showLevel({ days, ...level }: ServiceLevel) {
  return {
    ...level,
    days: ({ last }: { readonly last: number }) =>
      days.slice(Math.max(0, days.length - checkUpTo(MOST_DAYS, 'last', last))),
  };
}

function showDrift(measurements: readonly Measurement[]) {
  const countOf = (measure: Measure): number | undefined =>
    measurements.find((one) => one.measure === measure)?.value;
  const looked = measurements.find(({ measure }) => measure === 'COLUMNS_MISSING');
  if (looked === undefined) return null;
  return {
    missing: looked.value,
    retyped: countOf('COLUMNS_RETYPED') ?? 0,
    added: countOf('COLUMNS_NEW') ?? 0,
    lookedAt: momentOf(looked.takenAt),
  };
}

function showDrop({ serving, rejected }: DropHealth) {
  return {
    serving: serving && { ...serving, received: momentOf(Date.parse(serving.received)) },
    rejected: rejected && { ...rejected, at: momentOf(Date.parse(rejected.at)) },
  };
}

function showPoint({ at, ...point }: HistoryPoint) {
  return { ...point, at: momentOf(at) };
}
