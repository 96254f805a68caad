import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { CreditRecord, Organisation } from '../world.js';

/** An entry of one of the lists, before it is numbered among all records. */
export type ListEntry = Omit<CreditRecord, 'index'>;

/** An entry serves its time: three years (严重违法失信名单 by the regulation of 2021, 失信被执行人 two). */
const SERIOUS_DAYS = 1096;
const COURT_DAYS = 730;

const ABNORMAL_REASONS = [
  '未依照《企业信息公示暂行条例》第八条规定的期限公示年度报告的',
  '通过登记的住所或者经营场所无法联系的',
  '公示企业信息隐瞒真实情况、弄虚作假的',
];
const SERIOUS_REASONS = [
  '被列入经营异常名录届满3年仍未履行相关义务的',
  '提交虚假材料或者采取其他欺诈手段隐瞒重要事实取得许可的',
];

/** 经营异常名录: who is gone or could not be found, and a few of the others. */
export function* abnormalEntries(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): Generator<ListEntry> {
  let turn = 0;
  for (const { index, regState, established } of organisations) {
    const random = randomFor(seed, 'abnormal-list', index);
    const suspect = regState !== 'ACTIVE' || index % 19 === 6;
    if (!suspect && !random.chance(0.03)) continue;
    const times = turn % 5 === 3 ? 2 : 1;
    turn += 1;
    for (let time = 0; time < times; time += 1) {
      const date = addDays(today, -random.int(30, 900));
      const removedAt = random.chance(0.5) ? addDays(date, random.int(1, 29)) : null;
      const reason = random.pick(ABNORMAL_REASONS);
      if (date < established) continue;
      yield {
        ...entryOf('ABNORMAL_LIST', 'MARKET', index, date),
        number: `YC${String(index).padStart(8, '0')}-${time}`,
        endsAt: removedAt,
        status: removedAt === null ? 'VALID' : 'REPAIRED',
        reason,
      };
    }
  }
}

/** 严重违法失信名单: some whose licence was revoked, and a few of the others. */
export function* seriousEntries(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): Generator<ListEntry> {
  for (const { index, regState, established } of organisations) {
    const random = randomFor(seed, 'serious-list', index);
    if (!random.chance(regState === 'REVOKED' ? 0.6 : 0.04)) continue;
    const date = addDays(today, -random.int(30, 1400));
    const decidedAt = addDays(date, -random.int(0, 10));
    const reason = random.pick(SERIOUS_REASONS);
    if (decidedAt < established) continue;
    const number = String(index).padStart(8, '0');
    yield {
      ...entryOf('SERIOUS_LIST', 'MARKET', index, date),
      number: `YZ${number}`,
      decisionNo: `嵊市监严信〔${decidedAt.slice(0, 4)}〕${index + 1}号`,
      decidedAt,
      ...servedTime(random, date, today, SERIOUS_DAYS),
      reason,
    };
  }
}

/** 失信被执行人: courts of the county and elsewhere, whose case numbers name them. */
export function* courtEntries(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
  persons: number,
): Generator<ListEntry> {
  for (const { index, established } of organisations) {
    const random = randomFor(seed, 'court-list', index);
    if (!random.chance(0.06)) continue;
    const entry = courtEntry(random, today, index, 'Q');
    if ((entry.decidedAt ?? '') >= established) yield entry;
  }
  for (let index = 4; index < persons; index += 23) {
    const entry = courtEntry(randomFor(seed, 'court-list.person', index), today, index, 'G');
    yield { ...entry, subject: { kind: 'person', index } };
  }
}

function courtEntry(random: Random, today: string, index: number, series: 'Q' | 'G'): ListEntry {
  const date = addDays(today, -random.int(20, 900));
  const decidedAt = addDays(date, -random.int(5, 60));
  const year = decidedAt.slice(0, 4);
  const court = random.chance(0.7) ? '浙0922' : random.pick(['浙0902', '豫0724', '沪0115']);
  const word = random.pick(['执', '执', '执恢']);
  return {
    ...entryOf('COURT_DISHONESTY', 'UNKNOWN', index, date),
    number: `SX${series}${String(index).padStart(8, '0')}`,
    decisionNo: `(${year})${court}${word}${series === 'Q' ? index + 1 : index + 500_001}号`,
    decidedAt,
    ...servedTime(random, date, today, COURT_DAYS),
    reason: random.pick(['有履行能力而拒不履行生效法律文书确定义务', '违反财产报告制度']),
  };
}

/** Some get out before their time, once they have mended what was wrong. */
function servedTime(
  random: Random,
  date: string,
  today: string,
  days: number,
): Pick<ListEntry, 'endsAt' | 'status'> {
  const mendedAt = addDays(date, random.int(60, 300));
  if (random.chance(0.3) && mendedAt <= today) return { endsAt: mendedAt, status: 'REPAIRED' };
  const endsAt = addDays(date, days);
  return { endsAt, status: endsAt < today ? 'EXPIRED' : 'VALID' };
}

function entryOf(kind: ListEntry['kind'], department: string, index: number, date: string) {
  return {
    kind,
    department,
    date,
    subject: { kind: 'organisation', index },
    decisionNo: null,
    decidedAt: null,
    grade: null,
    fine: null,
    source: null,
  } as const satisfies Partial<ListEntry>;
}
