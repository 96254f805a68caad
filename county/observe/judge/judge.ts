import type { IncidentCause } from '../../../subgraphs/port/observation.js';
import type { Criteria, Seen } from '../seen.js';
import { judgeCalls } from './judge-calls.js';
import { judgeCells } from './judge-cells.js';
import { judgeCodes } from './judge-codes.js';
import { judgeColumns } from './judge-columns.js';
import { judgeCredentials } from './judge-credentials.js';
import { judgeDays } from './judge-days.js';
import { judgeDrops, judgeIndexed, judgeSnapshot } from './judge-held.js';
import { judgeNews } from './judge-news.js';
import { judgeReach } from './judge-reach.js';
import { type Finding, joinVerdicts, type Verdict } from './verdict.js';

/** What an interface is like, from what was seen of it and nothing else. */
export function judge(seen: Seen, by: Criteria): Verdict {
  const verdict = joinVerdicts([
    judgeReach(seen, by),
    judgeCalls(seen, by),
    judgeNews(seen, by),
    judgeDays(seen, by),
    judgeColumns(seen, by),
    judgeCells(seen, by),
    judgeCodes(seen),
    judgeCredentials(seen, by),
    judgeDrops(seen, by),
    judgeSnapshot(seen, by),
    judgeIndexed(seen),
  ]);
  return { ...verdict, findings: withoutConsequences(onceEach(verdict.findings)) };
}

/** Of a cause that two judgements found, the last one told knows more. */
function onceEach(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.cause} ${one.about}`, one])).values()];
}

/** What follows from another cause is not told beside it. */
const FOLLOWS: ReadonlyMap<IncidentCause, readonly IncidentCause[]> = new Map([
  ['ROWS_NONE', ['LATE']],
  ['ROWS_FEW', ['LATE', 'DROP_SHORT']],
  ['CELLS_UNREADABLE', ['COLUMN_RETYPED']],
  ['ROWS_MANY', ['KEYS_FAULTY']],
]);

function withoutConsequences(findings: readonly Finding[]): readonly Finding[] {
  const causes = new Set(findings.map(({ cause }) => cause));
  return findings.filter(({ cause }) => !(FOLLOWS.get(cause) ?? []).some((other) => causes.has(other)));
}
