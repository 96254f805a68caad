import { DateTime } from 'luxon';
import { COUNTY_ZONE, countyMoment } from '../../runtime/clock.js';
import type { Incident, IncidentNotes } from '../../subgraphs/port/observation.js';
import { CAUSE_WORDS } from './cause-words.js';

/**
 * `BEGAN`: it lasts. `AGAIN`: it lasts again, after its end was told. `ENDED`: it is over. `PASSED`: it began and ended
 * before it could be told. `ESCALATED`: it lasts too long. `RAISED`: what was told as a warning is critical.
 */
export type NoticeKind = 'RAISED' | 'BEGAN' | 'AGAIN' | 'ENDED' | 'PASSED' | 'ESCALATED';

/** What is to be told of one incident. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly incident: Incident;
  readonly title: string;
  readonly department: string;
}

/** What is sent at once. Holds no cell, host or secret, as incidents hold none. */
export interface Message {
  /** The same each time that it is sent, so that a receiver can tell one that comes twice. */
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** In the part of Markdown that robots show. */
  readonly markdown: string;
  /** For programs; moments are ISO 8601 at +08:00. */
  readonly facts: Readonly<Record<string, unknown>>;
}

const KIND_WORDS: Readonly<Record<NoticeKind, string>> = {
  BEGAN: '发生',
  AGAIN: '再次发生',
  ENDED: '已恢复',
  PASSED: '曾发生，已恢复',
  ESCALATED: '升级：仍未恢复',
  RAISED: '升为严重',
};

/** Lines of a summary that name an incident; it says how many more there are. */
const MOST_LINES = 15;

export function writeNotice(notice: Notice): Message {
  const { kind, incident, title, department } = notice;
  const { id, about, since, until, detail, heals, requestId, times, raisedAt, notes } = incident;
  const lines = [
    `### ${headline(notice)}`,
    `- 接口 Interface：${title}（${incident.interface}）`,
    `- 部门 Department：${department}`,
    `- 开始 Since：${shown(since)}`,
    ...(raisedAt === undefined ? [] : [`- 升为严重 Critical since：${shown(raisedAt)}`]),
    ...(until === null ? [] : [`- 结束 Until：${shown(until)}`]),
    ...(times > 1 ? [`- 次数 Times：${times}`] : []),
    `- 情况 What：${detail}`,
    ...(notes?.acknowledged === undefined
      ? []
      : [`- 知悉 Acknowledged：${acknowledgedBy(notes.acknowledged)}`]),
    ...(until === null ? [`- 恢复条件 Ends when：${heals}`] : []),
    ...(requestId === null ? [] : [`- 请求号 Request：${requestId}`]),
    `- 编号 Incident：${id}`,
  ];
  return {
    id: `${id}/${kind}/${times}`,
    title: headline(notice),
    markdown: lines.join('\n'),
    facts: { kind, ...factsOf(notice), about, detail, heals, requestId, times },
  };
}

/** Many in one message. */
export function writeSummary(notices: readonly Notice[]): Message {
  const title = `另有 ${notices.length} 条通知 ${notices.length} more notices`;
  const rest = notices.length - MOST_LINES;
  const lines = notices.slice(0, MOST_LINES).map((notice) => `- ${headline(notice)}`);
  return {
    id: `${notices[0]?.incident.id ?? ''}/SUMMARY/${notices.length}`,
    title,
    markdown: [
      `### ${title}`,
      ...lines,
      ...(rest > 0 ? [`- 其余 ${rest} 条见状态页。${rest} others: see the status page.`] : []),
    ].join('\n'),
    facts: { kind: 'SUMMARY', notices: notices.map((notice) => ({ kind: notice.kind, ...factsOf(notice) })) },
  };
}

function factsOf({ incident, title, department }: Notice): Readonly<Record<string, unknown>> {
  const { id, interface: name, cause, severity, since, until } = incident;
  return {
    incident: id,
    interface: name,
    title,
    department,
    cause,
    severity,
    since: countyMoment(new Date(since)),
    until: until === null ? null : countyMoment(new Date(until)),
  };
}

/** `【严重】检查 market.inspection 无法连接（发生）`. */
function headline({ kind, incident, title }: Notice): string {
  const level = incident.severity === 'CRITICAL' ? '严重' : '警告';
  const { zh, en } = CAUSE_WORDS[incident.cause];
  return `【${level}】${title} ${incident.interface} ${zh} ${en}（${KIND_WORDS[kind]}）`;
}

function acknowledgedBy({ at, by, why }: NonNullable<IncidentNotes['acknowledged']>): string {
  return `${by} ${shown(at)}：${why}`;
}

function shown(ms: number): string {
  return DateTime.fromMillis(ms, { zone: COUNTY_ZONE }).toFormat('yyyy-MM-dd HH:mm');
}
