import type { World } from '../../world/world.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';

const COLUMNS = [
  { name: 'caseCode', type: 'text', length: 60 },
  { name: 'sequence', type: 'integer' },
  { name: 'name', type: 'text', length: 100 },
  { name: 'number', type: 'text', length: 120 },
  { name: 'date', type: 'text', length: 10 },
] as const;

type DocumentRow = RecordOf<typeof COLUMNS>;

/** `ajws`: the documents of each case (文书目录), in the order in which they were made. */
export function documentTable(world: World): LegacyTable {
  return recordTable({
    name: 'ajws',
    columns: COLUMNS,
    primaryKey: ['caseCode', 'sequence'],
    indexes: [],
    records: () => records(world),
  });
}

function* records(world: World): Generator<DocumentRow> {
  for (const penaltyCase of world.cases) {
    if (penaltyCase.heldBy !== 'cases') continue;
    const { caseCode, filedAt, decidedAt, decisionNo, servedAt, closedAt } = penaltyCase;
    const documents: readonly (readonly [string, string | null, string | null])[] = [
      ['立案审批表', null, filedAt],
      ['现场检查笔录', null, filedAt],
      ['行政处罚决定书', decisionNo, decidedAt],
      ['送达回证', null, servedAt],
      ['结案报告', null, closedAt],
    ];
    const made = documents.filter(([, , date]) => date !== null);
    for (const [place, [name, number, date]] of made.entries()) {
      yield { caseCode, sequence: place + 1, name, number, date };
    }
  }
}
