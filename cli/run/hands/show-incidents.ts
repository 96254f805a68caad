import type { Ask, Found } from './found.js';
import { textTable } from './text-table.js';

interface Told {
  readonly interface: string;
  readonly cause: string;
  readonly about: string | null;
  readonly severity: string;
  readonly since: string;
  readonly until: string | null;
  readonly detail: string;
  readonly requestId: string | null;
  readonly acknowledged: { readonly by: string; readonly why: string } | null;
}

/** What lasts first, the newest before others. */
export async function showIncidents(ask: Ask, isOpen: boolean): Promise<Found> {
  const { incidents } = await ask<{ incidents: readonly Told[] }>(
    `query Incidents($where: InterfaceIncidentFilter) { incidents(where: $where) {
      id interface cause about severity since until detail heals requestId times raised acknowledged { at by why } } }`,
    { where: isOpen ? { open: true } : {} },
  );
  const rows = incidents.map((one) => [
    one.interface,
    one.about === null ? one.cause : `${one.cause} ${one.about}`,
    one.severity,
    one.since,
    one.until,
    one.requestId,
    one.acknowledged === null ? null : `${one.acknowledged.by}: ${one.acknowledged.why}`,
    one.detail,
  ]);
  const head = [
    '接口 interface',
    '原因 cause',
    '程度 severity',
    '始于 since',
    '止于 until',
    '请求 request',
    '知悉 acknowledged',
    '情况 detail',
  ];
  return {
    value: incidents,
    lines: incidents.length === 0 ? ['没有异常事件 no incidents'] : textTable(head, rows),
  };
}
