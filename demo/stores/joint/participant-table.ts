import { jointTasksOf } from '../../world/joint/make-joint-tasks.js';
import type { World } from '../../world/world.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { CHECK_RESULTS } from '../supervision/supervision-codes.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { itemAt } from '../world-lookups.js';

const COLUMNS = [
  { name: 'taskCode', type: 'text', length: 30 },
  { name: 'sequence', type: 'integer' },
  { name: 'deptCode', type: 'text', length: 40 },
  { name: 'deptName', type: 'text', length: 80 },
  { name: 'itemCode', type: 'text', length: 40 },
  { name: 'officers', type: 'text', length: 200 },
  { name: 'certNos', type: 'text', length: 200 },
  { name: 'result', type: 'text', length: 20 },
  { name: 'submitTime', type: 'text', length: 10 },
] as const;

type ParticipantRow = RecordOf<typeof COLUMNS>;

/** `participants`: what the platform answers of one task, by its number. */
export function participantTable(world: World): LegacyTable {
  return recordTable({
    name: 'participants',
    columns: COLUMNS,
    primaryKey: ['taskCode', 'sequence'],
    indexes: [],
    records: () => records(world),
  });
}

function* records(world: World): Generator<ParticipantRow> {
  for (const { number, participants } of jointTasksOf(world)) {
    for (const [place, { department, itemCode, officers, result, submittedAt }] of participants.entries()) {
      const people = officers.map((each) => itemAt(world.officers, each));
      yield {
        taskCode: number,
        sequence: place + 1,
        deptCode: institutionOf(department).uscc,
        deptName: institutionOf(department).name,
        itemCode,
        officers: people.map(({ name }) => name).join('、'),
        certNos: people.map(({ certNo }) => certNo).join('、'),
        result: result === null ? null : spell(CHECK_RESULTS, result, null),
        submitTime: submittedAt,
      };
    }
  }
}
