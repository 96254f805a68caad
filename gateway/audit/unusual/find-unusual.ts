import { type AuditRecord, isLevelFrom } from '../audit-record.js';
import { FollowWatch } from './follow-watch.js';
import { NightWatch } from './night-watch.js';
import type { UnusualRules } from './unusual-rules.js';
import { VolumeWatch } from './volume-watch.js';
import type { Finding, Watch } from './watch.js';

const LOOKING = new Set<AuditRecord['kind']>(['operation', 'export', 'unmask']);

/** Applies the rules to records in their order; a finding comes when it is over, and each once. */
export async function* findUnusual(
  records: AsyncIterable<AuditRecord> | Iterable<AuditRecord>,
  rules: UnusualRules,
): AsyncGenerator<Finding> {
  const watches: readonly Watch[] = [
    new NightWatch(rules.night),
    new VolumeWatch(rules.volume),
    new FollowWatch(rules.follow),
  ];
  for await (const record of records) {
    if (record.caller === null || !LOOKING.has(record.kind) || !isAnswer(record)) continue;
    for (const watch of watches) yield* watch.see({ caller: record.caller.name, record });
  }
  for (const watch of watches) yield* watch.end();
}

function isAnswer({ outcome, level }: AuditRecord): boolean {
  return (outcome === 'ok' || outcome === 'partial') && isLevelFrom(level, 'L1');
}
