import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type {
  HistoryPoint,
  InterfaceHealth,
  InterfaceWatch,
  Measure,
  Measurement,
  ServiceLevel,
} from '../../port/observation.js';
import { checkUpTo } from '../filter/bad-input.js';
import { isForCaller } from './is-for-caller.js';
import { momentOf, readMoment } from './moments.js';
import { MOST_INCIDENTS, showIncident } from './show-incident.js';

interface HistoryArguments {
  readonly measure: Measure;
  readonly about?: string | null;
  readonly from: string;
  readonly to?: string | null;
}

const QUALITY: ReadonlySet<Measure> = new Set(['UNREADABLE', 'UNRESOLVED', 'UNKNOWN_CODES', 'KEYS_FAULTY']);

/** The fields of `DataInterface` that are known by watching it. */
export function healthFields(info: InterfaceInfo, watch: InterfaceWatch) {
  const of = <T>(show: (health: InterfaceHealth) => T) => {
    return (_args: unknown, { caller }: CallContext): T | null => {
      const health = isForCaller(info, caller) ? watch.health(info.name) : null;
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
    sla: async (_args: unknown, { caller }: CallContext): Promise<ServiceLevel | null> =>
      isForCaller(info, caller) ? watch.serviceLevel(info.name) : null,
    measurements: all(() => true),
    history: async (args: HistoryArguments, { caller }: CallContext) => {
      if (!isForCaller(info, caller) || watch.health(info.name) === null) return null;
      const points = await watch.history({
        interface: info.name,
        measure: args.measure,
        about: args.about ?? null,
        from: readMoment('from', args.from),
        to: args.to == null ? Number.MAX_SAFE_INTEGER : readMoment('to', args.to),
      });
      return points.map(showPoint);
    },
    incidents: async ({ first }: { readonly first: number }, { caller }: CallContext) => {
      if (!isForCaller(info, caller) || watch.health(info.name) === null) return null;
      const limit = checkUpTo(MOST_INCIDENTS, 'first', first);
      return (await watch.incidents({ interfaces: [info.name], limit })).map(showIncident);
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

function showPoint({ at, ...point }: HistoryPoint) {
  return { ...point, at: momentOf(at) };
}
