import { type Random, randomFor } from '../../random.js';
import { type JointTask, jointTasksOf } from '../../world/joint/make-joint-tasks.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { itemAt } from '../world-lookups.js';
import { SCENARIOS, TASK_STATES } from './joint-codes.js';

const COLUMNS = [
  { name: 'rwbh', type: 'text', length: 30 },
  { name: 'jhbh', type: 'text', length: 20 },
  { name: 'jhmc', type: 'text', length: 80 },
  { name: 'cj', type: 'text', length: 20 },
  { name: 'qtbm', type: 'text', length: 40 },
  { name: 'cybm', type: 'text', length: 200 },
  { name: 'sxbm', type: 'text', length: 200 },
  { name: 'jcry', type: 'text', length: 200 },
  { name: 'zb', type: 'text', length: 100 },
  { name: 'dxbm', type: 'text', length: 64 },
  { name: 'dxmc', type: 'text', length: 200 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'jcrq', type: 'text', length: 10 },
  { name: 'rwzt', type: 'text', length: 20 },
  { name: 'hbqcs', type: 'integer' },
  { name: 'jscs', type: 'text', length: 10 },
  { name: 'fxwts', type: 'text', length: 10 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type TaskRow = RecordOf<typeof COLUMNS>;

/** `zhc_rw`: 综合查一次任务. Departments are codes joined by `,`, people and equipment names joined by `、`. */
export function taskTable(world: World): LegacyTable {
  return recordTable({
    name: 'zhc_rw',
    columns: COLUMNS,
    primaryKey: ['rwbh'],
    indexes: [['jcrq'], ['dxbm'], ['jhbh']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<TaskRow> {
  for (const task of jointTasksOf(world)) {
    const { index: turn } = task;
    const row = writeTask(randomFor(world.seed, 'joint.task', turn), world, task);
    yield row;
    if (turn % 11 === 4) yield { ...row, rwbh: `${row.rwbh}S`, sfsc: '1' };
  }
}

function writeTask(random: Random, world: World, task: JointTask): TaskRow {
  const { index: turn, participants, subject, township, date, state, problems } = task;
  const { length } = participants;
  const done = state === 'DONE';
  return {
    rwbh: task.number,
    jhbh: task.plan,
    jhmc: planNameOf(task),
    cj: spell(SCENARIOS, task.scenario, turn % 3 === 2 ? 1 : null),
    qtbm: institutionOf(participants[0].department).uscc,
    cybm: participants.map(({ department }) => institutionOf(department).uscc).join(','),
    sxbm: participants.map(({ itemCode }) => itemCode).join(','),
    jcry: participants
      .flatMap(({ officers }) => officers.map((each) => itemAt(world.officers, each).name))
      .join('、'),
    zb: task.equipment.join('、'),
    dxbm: subjectCode(random, world, subject, turn),
    dxmc: subjectName(world, subject),
    xzqh: turn % 4 === 1 ? dirtyTownship(random, township) : township,
    jcrq: date,
    rwzt: spell(TASK_STATES, state, turn % 5 === 3 ? 1 : null),
    hbqcs: length,
    jscs: done ? String(length - 1) : null,
    fxwts: done ? String(problems) : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj:
      turn === 0 ? lastDelivery(world.today) : deliveredAt(done ? date : world.today, world.today, 0, turn),
  };
}

export function planNameOf({ plan }: JointTask): string {
  const [year = '', month = ''] = plan.slice(4).split('-');
  return `${year}年${Number(month)}月“综合查一次”计划`;
}
