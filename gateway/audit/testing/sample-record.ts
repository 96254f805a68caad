import type { AuditRecord } from '../audit-record.js';

/** A record as a list of ten subjects leaves it. */
export function sampleRecord(index: number, change: Partial<AuditRecord> = {}): AuditRecord {
  return {
    time: '2026-07-01T09:30:00.000+08:00',
    kind: 'operation',
    requestId: `request-${index}`,
    caller: { name: `idp/analyst-${index % 7}`, role: 'analyst', kind: 'user' },
    address: '10.33.9.22',
    operation: { name: 'VesselsWithFines', documentHash: 'd'.repeat(64), variablesDigest: 'e'.repeat(64) },
    lists: ['subjects'],
    touched: [{ type: 'Subject', count: 10 }],
    subjects: Array.from({ length: 10 }, (_, subject) => `subject-${(index * 10 + subject) % 997}`),
    purpose: '330200-CF-0101',
    level: 'L3',
    masks: ['name', 'phone'],
    interfaces: ['market.inspection', 'marine.vessel'],
    outcome: 'ok',
    errors: [],
    durationMs: 12.5,
    cost: 30,
    detail: null,
    ...change,
  };
}
