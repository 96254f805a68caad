import { quietUntil } from '../../subgraphs/engine/calls/quiet-windows.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import type { NoticeKind } from './message.js';
import type { ChannelSettings } from './notify-settings.js';
import type { Told } from './told.js';

/** What is to be told of an incident. */
export interface DueNotice {
  readonly kind: NoticeKind;
  readonly incident: Incident;
}

export interface DueQuestion {
  readonly channel: ChannelSettings;
  /** All of them: what was told there may be due here. */
  readonly channels: readonly ChannelSettings[];
  readonly told: Pick<Told, 'startedAt' | 'incidents' | 'channels'>;
  readonly departmentOf: (interfaceName: string) => string;
  /** Epoch milliseconds by the county's clock. */
  readonly now: number;
}

/** What a channel is to be told now: what is critical first, then what began first. */
export function dueNotices(question: DueQuestion): readonly DueNotice[] {
  const { channel, told, now } = question;
  const isQuiet = quietUntil(channel.quiet, new Date(now)) !== null;
  const due: DueNotice[] = [];
  for (const incident of told.incidents.values()) {
    if (isQuiet && incident.severity !== 'CRITICAL') continue;
    const kind = owedNotice(incident, question);
    if (kind !== null) due.push({ kind, incident });
  }
  return due.sort(byUrgency);
}

/** What a channel is to be told of an incident, now or when its quiet hours end; null: nothing. */
export function owedNotice(incident: Incident, question: DueQuestion): NoticeKind | null {
  const { channel, told, departmentOf } = question;
  // Whoever was told its beginning is told its end, though it be for others now.
  const isTold = told.channels.get(channel.name)?.get(incident.id)?.endedAt === null;
  if (!isTold && !concerns(channel, incident, departmentOf(incident.interface))) return null;
  return dueKind(incident, question);
}

/** Whether a channel is for such incidents. */
function concerns(
  { departments, causes, severity }: ChannelSettings,
  incident: Pick<Incident, 'cause' | 'severity'>,
  department: string,
): boolean {
  return (
    (departments === null || departments.includes(department)) &&
    (causes === null || causes.includes(incident.cause)) &&
    (severity !== 'CRITICAL' || incident.severity === 'CRITICAL')
  );
}

function dueKind(incident: Incident, question: DueQuestion): NoticeKind | null {
  const { channel, channels, told } = question;
  const known = told.channels.get(channel.name)?.get(incident.id);
  if (known !== undefined && known.endedAt === null) {
    if (incident.until !== null) return 'ENDED';
    return known.severity === 'WARNING' && incident.severity === 'CRITICAL' ? 'RAISED' : null;
  }
  const before = channels.filter(({ escalate }) => escalate?.to === channel.name);
  if (before.length > 0) {
    return before.some((one) => isTooLong(one, incident, question)) ? 'ESCALATED' : null;
  }
  if (known !== undefined) return incident.until === null ? 'AGAIN' : null;
  if (incident.until === null) return 'BEGAN';
  return incident.until >= startOf(channel.name, question) ? 'PASSED' : null;
}

/** Whether it lasts too long for a channel; one that could not be told there counts from its beginning. */
function isTooLong(channel: ChannelSettings, incident: Incident, question: DueQuestion): boolean {
  const { name, escalate, quiet } = channel;
  const { told, departmentOf, now } = question;
  if (escalate === null || incident.until !== null || isSeenTo(incident)) return false;
  if (!concerns(channel, incident, departmentOf(incident.interface))) return false;
  const known = told.channels.get(name)?.get(incident.id);
  if (known !== undefined && known.endedAt === null) return now - known.beganAt >= escalate.afterMs;
  const waits = incident.severity !== 'CRITICAL' && quietUntil(quiet, new Date(now)) !== null;
  return !waits && now - Math.max(incident.since, startOf(name, question)) >= escalate.afterMs;
}

/** Somebody acknowledged it as bad as it is. */
function isSeenTo({ notes, raisedAt = 0 }: Incident): boolean {
  return notes?.acknowledged !== undefined && notes.acknowledged.at >= raisedAt;
}

function startOf(channel: string, { told, now }: DueQuestion): number {
  return told.startedAt.get(channel) ?? now;
}

function byUrgency({ incident: left }: DueNotice, { incident: right }: DueNotice): number {
  return (
    Number(right.severity === 'CRITICAL') - Number(left.severity === 'CRITICAL') || left.since - right.since
  );
}
