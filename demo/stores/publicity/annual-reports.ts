import { type Random, randomFor } from '../../random.js';
import { type AnnualReport, annualReportsOf } from '../../world/publicity/public-profile.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { fullWidth, inTenThousands } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { type Spellings, spell } from '../spell-code.js';
import { NOTHING, PARTY_COLUMNS, publishedParty } from './published-party.js';

const COLUMNS = [
  ...PARTY_COLUMNS,
  { name: 'ANCHEID', type: 'text', length: 24 },
  { name: 'ANCHEYEAR', type: 'text', length: 10 },
  { name: 'ANCHEDATE', type: 'text', length: 20 },
  { name: 'BUSST_CN', type: 'text', length: 20 },
  { name: 'EMPNUM', type: 'text', length: 20 },
  { name: 'ASSGRO', type: 'text', length: 30 },
  { name: 'VENDINC', type: 'text', length: 30 },
  { name: 'S_EXT_TIMESTAMP', type: 'text', length: 19 },
] as const;

const STATES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['OPEN', ['开业', '存续', '正常开业']],
  ['SUSPENDED', ['歇业', '停业']],
  ['LIQUIDATING', ['清算']],
]);

const UNPUBLISHED = '企业选择不公示';

/** 年度报告 as published; a report that is handed in again replaces the earlier one. */
export function annualReportTable(world: World): LegacyTable {
  return recordTable({
    name: 'pub_an_baseinfo',
    columns: COLUMNS,
    primaryKey: ['ANCHEID', 'S_EXT_TIMESTAMP'],
    indexes: [['UNISCID'], ['REGNO'], ['PRIPID'], ['S_EXT_TIMESTAMP']],
    records: function* (): Generator<RecordOf<typeof COLUMNS>> {
      let turn = 0;
      for (const organisation of world.organisations) {
        for (const report of annualReportsOf(world.seed, world.today, organisation)) {
          const random = randomFor(world.seed, 'publicity.annual', report.number);
          const at = (later: number) => deliveredAt(report.submittedAt, world.today, later, turn);
          const row = {
            ...publishedParty(random, organisation, turn),
            ...reportCells(random, report, turn),
            S_EXT_TIMESTAMP: turn === 0 ? lastDelivery(world.today) : at(0),
          };
          if (turn % 8 === 3) {
            yield { ...row, EMPNUM: '999', ASSGRO: '1' };
            yield { ...row, S_EXT_TIMESTAMP: at(2) };
          } else yield row;
          turn += 1;
        }
      }
    },
  });
}

function reportCells(random: Random, report: AnnualReport, turn: number) {
  const { number, year, submittedAt, state, employees, assets, revenue } = report;
  const unpublished = () => random.pick([UNPUBLISHED, UNPUBLISHED, NOTHING]);
  return {
    ANCHEID: number,
    ANCHEYEAR: turn % 5 === 3 ? fullWidth(String(year)) : String(year),
    ANCHEDATE: turn % 4 === 1 ? submittedAt : `${submittedAt} 00:00:00`,
    BUSST_CN: spell(STATES, state, turn % 3 === 2 ? 1 + (turn % 2) : null),
    EMPNUM: employees === null ? unpublished() : turn % 6 === 1 ? `${employees}人` : String(employees),
    ASSGRO: assets === null ? unpublished() : inTenThousands(assets),
    VENDINC: revenue === null ? unpublished() : `${inTenThousands(revenue).replace(/\.?0+$/, '')}万元`,
  };
}
