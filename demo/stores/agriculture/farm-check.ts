import { type Random, randomFor } from '../../random.js';
import type { Inspection, World } from '../../world/world.js';
import { caseCodesByInspection } from '../cases/case-links.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { damagedText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { spellAll } from '../spell-codes.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { unlessProvince } from '../unless-province.js';
import { itemAt } from '../world-lookups.js';
import { CHECK_KINDS, CHECK_RESULTS, DISPOSALS } from './agriculture-codes.js';

const COLUMNS = [
  { name: 'id', type: 'text', length: 32 },
  { name: 'jcbh_varchar1', type: 'text', length: 50 },
  { name: 'bjcr_varchar2', type: 'text', length: 200 },
  { name: 'bjcrdm_varchar3', type: 'text', length: 64 },
  { name: 'jcrq_varchar4', type: 'text', length: 10 },
  { name: 'jcsj_datetime1', type: 'datetime' },
  { name: 'jclx_select1', type: 'text', length: 40 },
  { name: 'jcjg_checkbox1', type: 'text', length: 200 },
  { name: 'czcs_checkbox2', type: 'text', length: 200 },
  { name: 'zfry_varchar5', type: 'text', length: 200 },
  { name: 'zfzh_varchar6', type: 'text', length: 200 },
  { name: 'sxbm_varchar7', type: 'text', length: 30 },
  { name: 'xz_select2', type: 'text', length: 40 },
  { name: 'sflh_switch1', type: 'text', length: 5 },
  { name: 'ajbh_varchar8', type: 'text', length: 60 },
  { name: 'jcnr_textarea1', type: 'text', length: 400 },
  { name: 'sfcs_switch2', type: 'text', length: 5 },
  { name: 'is_deleted', type: 'integer' },
  { name: 'modify_time', type: 'datetime' },
] as const;

type CheckRow = RecordOf<typeof COLUMNS>;

/** `form_nyzfjc`: 农业执法检查, a form of the low-code platform. Chosen options are keys, or words from before. */
export function farmCheckTable(world: World): LegacyTable {
  return recordTable({
    name: 'form_nyzfjc',
    columns: COLUMNS,
    primaryKey: ['id'],
    indexes: [
      ['jcrq_varchar4', 'id'],
      ['bjcrdm_varchar3'],
      ['jcbh_varchar1'],
      ['ajbh_varchar8'],
      ['modify_time'],
    ],
    records: () => unlessProvince(world, () => records(world)),
  });
}

function* records(world: World): Generator<CheckRow> {
  const caseCodes = caseCodesByInspection(world);
  let turn = 0;
  for (const inspection of world.inspections) {
    if (inspection.heldBy !== 'agriculture') continue;
    const random = randomFor(world.seed, 'agriculture.check', inspection.index);
    const row = writeCheck(random, world, inspection, caseCodes.get(inspection.index) ?? null, turn);
    yield row;
    const id = String(row.id);
    if (turn % 4 === 1) yield { ...row, id: `${id}d`, jcjg_checkbox1: 'option_14', is_deleted: 1 };
    if (turn % 4 === 2) yield { ...row, id: `${id}t`, jcbh_varchar1: '测试', sfcs_switch2: 'true' };
    turn += 1;
  }
}

function writeCheck(
  random: Random,
  world: World,
  inspection: Inspection,
  caseCode: string | null,
  turn: number,
): CheckRow {
  const { index, number, subject, date, time, kind, unknownResult, results } = inspection;
  const officers = inspection.officers.map((officer) => itemAt(world.officers, officer));
  return {
    id: `6${String(index).padStart(23, '0')}`,
    jcbh_varchar1: number,
    bjcr_varchar2: subject === null ? '无名小艇' : subjectName(world, subject),
    bjcrdm_varchar3: subject === null ? nullWord(random) : subjectCode(random, world, subject, turn),
    jcrq_varchar4: date,
    jcsj_datetime1: `${date} ${time}`,
    jclx_select1: spell(CHECK_KINDS, kind, turn % 3 === 2 ? 1 : null),
    jcjg_checkbox1: unknownResult ?? spellAll(CHECK_RESULTS, results, ',', turn % 3 === 1 ? 1 : null),
    czcs_checkbox2: spellAll(DISPOSALS, inspection.disposals, ',', turn % 4 === 3 ? 1 : null),
    zfry_varchar5: officers.map(({ name }) => name).join('/'),
    zfzh_varchar6: officers.map(({ certNo }) => certNo).join('/'),
    sxbm_varchar7: inspection.itemCode,
    xz_select2: turn % 3 === 1 ? dirtyTownship(random, inspection.township) : inspection.township,
    sflh_switch1: inspection.jointCheck ? 'true' : 'false',
    ajbh_varchar8: caseCode ?? (turn % 2 === 1 ? nullWord(random) : null),
    jcnr_textarea1: turn % 23 === 9 ? damagedText(random, '检查农资台账') : '检查生产记录与农资台账',
    sfcs_switch2: 'false',
    is_deleted: 0,
    modify_time: turn === 0 ? lastDelivery(world.today) : deliveredAt(date, world.today, 0, turn),
  };
}
