import type { RequestReport } from '../../../subgraphs/port/request-report.js';
import type { AuditRecord } from '../audit-record.js';
import { listSegments } from '../trail/segment-names.js';
import { readRecords } from './read-records.js';

/** A trail of months takes longer to read than anybody waits. */
const SEARCH_MS = 4000;

/**
 * The newest record of a request, from the newest segment on; null: there is none, or none that was found in time.
 *
 * @throws {RecordUnreadable} on a line that is no record.
 */
export async function findRequest(folder: string, requestId: string): Promise<RequestReport | null> {
  const until = performance.now() + SEARCH_MS;
  const texts = [`"requestId":${JSON.stringify(requestId)}`];
  for (const segment of [...(await listSegments(folder))].reverse()) {
    if (performance.now() > until) return null;
    let newest: AuditRecord | null = null;
    for await (const { record } of readRecords(folder, {
      from: null,
      to: null,
      texts,
      segments: [segment],
    })) {
      if (record.requestId === requestId) newest = record;
    }
    if (newest !== null) return reportOf(newest);
  }
  return null;
}

const OUTCOMES = { ok: 'OK', partial: 'PARTIAL', failed: 'FAILED', refused: 'REFUSED' } as const;

function reportOf(record: AuditRecord): RequestReport {
  const { caller, operation, interfaces, detail, errors } = record;
  const reason = record.outcome === 'refused' && typeof detail?.reason === 'string' ? [detail.reason] : [];
  return {
    id: record.requestId,
    at: Date.parse(record.time),
    memory: 'AUDIT',
    caller: caller?.name ?? null,
    role: caller?.role ?? null,
    operation: operation?.name ?? null,
    registered: null,
    documentHash: operation?.documentHash ?? null,
    outcome: OUTCOMES[record.outcome],
    errors: [...errors, ...reason],
    cost: record.cost,
    tookMs: record.durationMs,
    origin: null,
    level: record.level,
    masks: record.masks,
    planMs: null,
    steps: null,
    calls: null,
    omitted: 0,
    coverage: interfaces.map((name) => ({ interface: name, state: null, asOf: null, reason: null })),
  };
}
