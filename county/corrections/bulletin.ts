import { type Correction, dayOf } from '../../subgraphs/hub/reference/correction.js';
import { CAUSE_WORDS } from '../notify/cause-words.js';

/** A department's corrections of one week (数据校核通报). */
export interface Bulletin {
  /** As the mappings name it. */
  readonly department: string;
  /** `2026-W27`, Monday to Sunday. */
  readonly week: string;
  readonly from: string;
  readonly to: string;
  /** Titles by interface. */
  readonly titles: ReadonlyMap<string, string>;
  /** What is overdue first, then what began first. */
  readonly corrections: readonly Correction[];
}

export const HEADINGS = [
  '接口',
  '名称',
  '问题',
  '字段',
  '情况',
  '发现日期',
  '办理期限',
  '状态',
  '发出日期',
  '部门答复',
  '知悉',
  '改正日期',
  '编号',
] as const;

const STATES: Readonly<Record<Correction['state'], string>> = {
  OPEN: '待改正',
  SENT: '已发',
  ANSWERED: '已答复',
  OVERDUE: '已逾期',
  CORRECTED: '已改正',
};

export function titleOf({ department, week, from, to }: Bulletin): string {
  return `数据校核通报：${department}，${week}（${from} 至 ${to}）`;
}

/** `待改正 2 项（其中已发未答复 1 项，已答复 0 项），已逾期 1 项，已改正 3 项。` */
export function sumOf({ corrections }: Bulletin): string {
  const count = (state: Correction['state']): number =>
    corrections.filter((one) => one.state === state).length;
  return `待改正 ${count('OPEN') + count('SENT') + count('ANSWERED')} 项（其中已发未答复 ${count('SENT')} 项，已答复 ${count('ANSWERED')} 项），已逾期 ${count('OVERDUE')} 项，已改正 ${count('CORRECTED')} 项。`;
}

/** A line of texts for each correction, under `HEADINGS`. */
export function linesOf({ corrections, titles }: Bulletin): readonly (readonly string[])[] {
  return corrections.map(
    ({
      id,
      interface: name,
      defect,
      field,
      detail,
      since,
      deadline,
      state,
      sent,
      answered,
      acknowledged,
      correctedAt,
    }) => [
      name,
      titles.get(name) ?? name,
      CAUSE_WORDS[defect].zh,
      field ?? '',
      detail,
      dayOf(since),
      deadline,
      STATES[state],
      sent === null ? '' : dayOf(sent.at),
      answered === null ? '' : answerOf(answered),
      acknowledged === null ? '' : `${dayOf(acknowledged.at)} ${acknowledged.by}：${acknowledged.why}`,
      correctedAt === null ? '' : dayOf(correctedAt),
      id,
    ],
  );
}

function answerOf({ at, isAccepted, text }: NonNullable<Correction['answered']>): string {
  return `${dayOf(at)} ${isAccepted ? '将改正' : '不改'}：${text}`;
}
