import { randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import { cleanProductionOf, creditRatingsOf } from '../../world/environment/environment-ratings.js';
import type { World } from '../../world/world.js';
import { deliveredAt } from '../delivery-times.js';
import { dirtyDecisionNo, fullWidth, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { GRADES } from './environment-codes.js';

const CREDIT_COLUMNS = [
  { name: 'rec_id', type: 'integer' },
  { name: 'main_nm', type: 'text', length: 200 },
  { name: 'uni_social_crd_cd', type: 'text', length: 64 },
  { name: 'eval_year', type: 'text', length: 10 },
  { name: 'cmnt_lvel', type: 'text', length: 40 },
  { name: 'cmnt_score', type: 'text', length: 20 },
  { name: 'valid_dt', type: 'text', length: 40 },
  { name: 'dsc_biz_timestamp', type: 'datetime' },
] as const;

/** `hb_qyxypj`: 企业环境信用评价. Grades were colours until the measure of 2020 was taken over, here in 2024. */
export function creditTable(world: World): LegacyTable {
  return recordTable({
    name: 'hb_qyxypj',
    columns: CREDIT_COLUMNS,
    primaryKey: ['rec_id'],
    indexes: [['uni_social_crd_cd'], ['dsc_biz_timestamp']],
    records: () => creditRecords(world),
  });
}

const LETTERS_SINCE = 2024;

function* creditRecords(world: World): Generator<RecordOf<typeof CREDIT_COLUMNS>> {
  for (const [turn, rating] of creditRatingsOf(world).entries()) {
    const { holder, year, grade, score, validTo } = rating;
    const random = randomFor(world.seed, 'environment.credit', turn);
    yield {
      rec_id: turn + 1,
      main_nm: subjectName(world, holder),
      uni_social_crd_cd: subjectCode(random, world, holder, turn),
      eval_year: String(year),
      cmnt_lvel: spell(GRADES, grade, year < LETTERS_SINCE ? 1 + (turn % 2) : null),
      cmnt_score: turn % 3 === 1 ? fullWidth(score) : score,
      valid_dt: typedDate(random, validTo, turn),
      dsc_biz_timestamp: deliveredAt(addDays(`${year + 1}-03-31`, turn % 20), world.today, 0, turn),
    };
  }
}

const CLEAN_COLUMNS = [
  { name: 'xh', type: 'integer' },
  { name: 'qymc', type: 'text', length: 200 },
  { name: 'tyshxydm', type: 'text', length: 64 },
  { name: 'wh', type: 'text', length: 60 },
  { name: 'sshy', type: 'text', length: 40 },
  { name: 'mdfbrq', type: 'text', length: 40 },
  { name: 'mdfbjg', type: 'text', length: 100 },
  { name: 'gxsj', type: 'datetime' },
] as const;

/** `hb_qjscmd`: 清洁生产审核名单. */
export function cleanProductionTable(world: World): LegacyTable {
  return recordTable({
    name: 'hb_qjscmd',
    columns: CLEAN_COLUMNS,
    primaryKey: ['xh'],
    indexes: [['tyshxydm'], ['gxsj']],
    records: () => cleanRecords(world),
  });
}

function* cleanRecords(world: World): Generator<RecordOf<typeof CLEAN_COLUMNS>> {
  for (const [turn, { holder, documentNumber, industry, publishedAt }] of cleanProductionOf(
    world,
  ).entries()) {
    const random = randomFor(world.seed, 'environment.clean', turn);
    yield {
      xh: turn + 1,
      qymc: subjectName(world, holder),
      tyshxydm: subjectCode(random, world, holder, turn),
      wh: turn % 3 === 1 ? dirtyDecisionNo(random, documentNumber) : documentNumber,
      sshy: turn % 4 === 2 ? nullWord(random) : industry,
      mdfbrq: typedDate(random, publishedAt, turn),
      mdfbjg: '舟山市生态环境局',
      gxsj: deliveredAt(publishedAt, world.today, 0, turn),
    };
  }
}
