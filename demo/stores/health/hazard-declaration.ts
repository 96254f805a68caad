import { randomFor } from '../../random.js';
import { type HazardDeclaration, hazardDeclarationsOf } from '../../world/health/occupational-hazards.js';
import type { World } from '../../world/world.js';
import { deliveredAt } from '../delivery-times.js';
import { dirtyText, dirtyTownship } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { itemAt } from '../world-lookups.js';
import { HAZARD_RISKS } from './health-codes.js';

const COLUMNS = [
  { name: 'lsh', type: 'integer' },
  { name: 'sbbh', type: 'text', length: 40 },
  { name: 'yrdwmc', type: 'text', length: 200 },
  { name: 'yrdwbm', type: 'text', length: 64 },
  { name: 'sbrq', type: 'text', length: 10 },
  { name: 'whys', type: 'text', length: 200 },
  { name: 'zgrs', type: 'text', length: 20 },
  { name: 'jcrs', type: 'text', length: 20 },
  { name: 'fxfl', type: 'text', length: 20 },
  { name: 'zyfzr', type: 'text', length: 100 },
  { name: 'lxdh', type: 'text', length: 20 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type DeclarationRow = RecordOf<typeof COLUMNS>;

/** `zybsb`: 职业病危害项目申报. Of one `sbbh` the row counts that was saved last. */
export function hazardTable(world: World): LegacyTable {
  return recordTable({
    name: 'zybsb',
    columns: COLUMNS,
    primaryKey: ['lsh'],
    indexes: [['yrdwbm'], ['sbrq']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<DeclarationRow> {
  let lsh = 0;
  for (const declaration of hazardDeclarationsOf(world)) {
    const turn = declaration.index;
    const row = writeDeclaration(world, declaration);
    for (const each of [...earlier(row, turn), row, ...strangers(row, turn)]) {
      lsh += 1;
      yield { ...each, lsh };
    }
  }
}

/** D14: as it was saved before it was handed in. */
function earlier(row: DeclarationRow, turn: number): readonly DeclarationRow[] {
  return turn % 4 === 2 ? [{ ...row, whys: '待填', jcrs: null, gxsj: `${String(row.sbrq)} 09:00:00` }] : [];
}

/** Rows that must never be shown: deleted (D12) and trials (D13). */
function strangers(row: DeclarationRow, turn: number): readonly DeclarationRow[] {
  const sbbh = String(row.sbbh);
  if (turn % 5 === 1) return [{ ...row, sbbh: `${sbbh}S`, sfsc: '1' }];
  if (turn % 5 !== 3) return [];
  return [{ ...row, sbbh: `${sbbh}T`, whys: '测试', csbz: turn % 10 === 3 ? '1' : '测试' }];
}

function writeDeclaration(world: World, declaration: HazardDeclaration): DeclarationRow {
  const {
    index: turn,
    number,
    employer,
    declaredOn,
    factors,
    workers,
    exposed,
    risk,
    township,
  } = declaration;
  const random = randomFor(world.seed, 'health.hazard', turn);
  const name = subjectName(world, employer);
  const head = itemAt(world.persons, itemAt(world.organisations, employer.index).legalRep);
  return {
    lsh: 0,
    sbbh: number,
    yrdwmc: turn % 4 === 1 ? dirtyText(random, name) : name,
    yrdwbm: subjectCode(random, world, employer, turn),
    sbrq: declaredOn,
    // D15: separators of several editions of the form.
    whys: factors.join(['、', ';', '；', ','][turn % 4]),
    zgrs: String(workers),
    jcrs: exposed === 0 ? (turn % 2 === 0 ? '无' : '0') : turn % 5 === 4 ? ` ${exposed}` : String(exposed),
    fxfl: spell(HAZARD_RISKS, risk, turn % 3 === 1 ? 1 : null),
    zyfzr: head.name,
    lxdh: head.phone,
    xzqh: turn % 4 === 3 ? dirtyTownship(random, township) : township,
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: deliveredAt(declaredOn, world.today, 0, turn),
  };
}
