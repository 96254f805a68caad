import { type Random, randomFor } from '../../random.js';
import { commandRoomOf, type EventStep, stepsOf } from '../../world/grassroots/event-steps.js';
import type { World } from '../../world/world.js';
import { nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { itemAt } from '../world-lookups.js';
import { platformEvents } from './events.js';
import { STEP_ACTIONS } from './grassroots-codes.js';
import { STEP_COLUMNS, type StepRow } from './grassroots-columns.js';

const REMARKS: Readonly<Record<EventStep['action'], string>> = {
  REPORT: '现场发现并上报',
  ACCEPT: '情况属实，转相关部门处置',
  REJECT: '信息不全，退回补充',
  REPLY: '已到现场处置并反馈',
  CLOSE: '核查属实，予以办结',
};

/** `sjlc`: who did what with an event, and when; the remarks hold what was typed, telephones too. */
export function stepTable(world: World): LegacyTable {
  return recordTable({
    name: 'sjlc',
    columns: STEP_COLUMNS,
    primaryKey: ['lcid'],
    indexes: [['sjbh']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<StepRow> {
  let lcid = 0;
  for (const event of platformEvents(world)) {
    const random = randomFor(world.seed, 'grassroots.step', event.index);
    for (const step of stepsOf(event)) {
      lcid += 1;
      yield {
        lcid,
        sjbh: event.number,
        hj: spell(STEP_ACTIONS, step.action, lcid % 4 === 1 ? 1 + (lcid % 2) : null),
        czjg: step.department === null ? commandRoomOf(event) : institutionOf(step.department).name,
        czsj: step.at.replaceAll('-', '/'),
        czyj: writeRemark(random, world, step, lcid),
      };
    }
  }
}

function writeRemark(random: Random, world: World, { action }: EventStep, turn: number): string {
  if (turn % 9 === 2) return nullWord(random);
  const { phone } = itemAt(world.persons, turn % world.persons.length);
  return turn % 6 === 4 ? `${REMARKS[action]}，联系电话${phone}` : REMARKS[action];
}
