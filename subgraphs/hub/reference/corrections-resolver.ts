import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { WorkingDays } from '../../values/dates/working-days.js';
import { badInput, checkUpTo } from '../filter/bad-input.js';
import { type Correction, type CorrectionDefect, correctionOf, DEFECTS } from './correction.js';
import type { HubWatch } from './hub-watch.js';
import { type WatchedFilter, watchedQuestion } from './incidents-resolver.js';
import { momentOf } from './moments.js';
import { showNoted } from './show-incident.js';

interface CorrectionArguments {
  readonly where?:
    | (WatchedFilter & {
        readonly defect?: readonly CorrectionDefect[] | null;
        readonly state?: readonly Correction['state'][] | null;
      })
    | null;
  readonly workingDays: number;
  readonly first: number;
}

interface CorrectionTimes {
  readonly workingDays: Pick<WorkingDays, 'limitOf'>;
  /** The present moment by the county's clock. */
  now(): Date;
}

export const MOST_CORRECTIONS = 1000;
const MOST_WORKING_DAYS = 250;
/** All incidents that may be looked at: part of them would give part of the corrections. */
const MOST_INCIDENTS = 10_000;

/** `corrections` of the graph: what is overdue first, then what began first. */
export function correctionsResolver(
  interfaces: () => readonly InterfaceInfo[],
  watch: Pick<HubWatch, 'incidents'>,
  { workingDays, now }: CorrectionTimes,
) {
  return async (_parent: unknown, given: CorrectionArguments, context: CallContext) => {
    const { defect, state, ...filter } = given.where ?? {};
    const first = checkUpTo(MOST_CORRECTIONS, 'first', given.first);
    const allowed = checkUpTo(MOST_WORKING_DAYS, 'workingDays', given.workingDays);
    const infos = interfaces();
    const question = watchedQuestion(infos, filter, context);
    const incidents = await watch.incidents(
      { ...question, causes: defect ?? DEFECTS, limit: MOST_INCIDENTS },
      context,
    );
    if (incidents.length === MOST_INCIDENTS)
      throw badInput('where', '异常事件过多，请缩小范围。', 'must be of less: there are too many incidents.');
    const asOf = Math.min(question.to ?? Number.POSITIVE_INFINITY, now().getTime());
    const departments = new Map(infos.map((info) => [info.name, info.department]));
    return incidents
      .flatMap((incident) => correctionOf(incident, { workingDays, allowed, asOf }) ?? [])
      .filter((one) => state == null || state.includes(one.state))
      .sort(byUrgency)
      .slice(0, first)
      .map((one) => showCorrection(one, departments.get(one.interface) ?? null));
  };
}

/** What is overdue first, then what began first. */
export function byUrgency(left: Correction, right: Correction): number {
  return Number(right.state === 'OVERDUE') - Number(left.state === 'OVERDUE') || left.since - right.since;
}

export function showCorrection(
  { since, correctedAt, sent, answered, acknowledged: _, ...one }: Correction,
  department: string | null,
) {
  return {
    ...one,
    sent: showNoted(sent),
    answer:
      answered === null
        ? null
        : { ...showNoted(answered), accepted: answered.isAccepted, text: answered.text },
    department,
    since: momentOf(since),
    correctedAt: correctedAt === null ? null : momentOf(correctedAt),
  };
}
