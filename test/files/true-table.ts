import { usccCheckCharacter } from '../../subgraphs/values/identifiers/uscc.js';
import type { Draw } from './draw.js';

/** A row as a careful person knows it, whatever program wrote it down. */
export interface TrueRow {
  /** Key: letters and digits, of one length each. */
  readonly id: string;
  readonly uscc: string | null;
  /** `浙嵊渔` and five digits. */
  readonly boat: string | null;
  readonly permit: string | null;
  readonly phone: string | null;
  /** Yuan with two places. */
  readonly fine: string | null;
  readonly count: number | null;
  /** `yyyy-MM-dd` */
  readonly day: string | null;
  /** `yyyy-MM-dd HH:mm:ss` */
  readonly at: string | null;
  readonly ok: boolean | null;
  readonly town: string | null;
  readonly note: string | null;
}

export type Column = keyof TrueRow;

/** The headings that a department writes. */
export const HEADINGS: Readonly<Record<Column, string>> = {
  id: '编号',
  uscc: '统一社会信用代码',
  boat: '船名',
  permit: '许可证号',
  phone: '联系电话',
  fine: '罚款金额',
  count: '人数',
  day: '检查日期',
  at: '录入时间',
  ok: '是否合格',
  town: '乡镇',
  note: '备注',
};

export const COLUMNS = Object.keys(HEADINGS).filter((name): name is Column => name in HEADINGS);

const NOTES = [
  '听海「海晏」民宿',
  '第一行\n第二行',
  '逗号,分号;引号"好"',
  '=1+1 之外',
  "90'后 O'Neil",
  '共 3 处，合计 12 元',
  '100%',
  '-5℃',
  '2026年6月',
  '1/2',
  '<&>"',
  'A·B',
  '许可证 JY23309220000123（副本）',
] as const;
const TOWNS = ['菜园镇', '嵊山镇', '洋山镇', '五龙乡', '黄龙乡'] as const;

export function drawTable(draw: Draw): readonly TrueRow[] {
  const length = 1 + draw.below(3);
  const style = draw.pick(['KZ', '', 'plain'] as const);
  let town: string | null = draw.pick(TOWNS);
  return Array.from({ length }, (_, index) => {
    if (draw.chance(0.4)) town = draw.chance(0.1) ? null : draw.pick(TOWNS);
    return drawRow(draw, drawId(draw, style, index), town);
  });
}

function drawId(draw: Draw, style: 'KZ' | '' | 'plain', index: number): string {
  const number = index * 1000 + draw.below(999) + 1;
  if (style === 'plain') return String(100_000 + number);
  return `${style}${String(number).padStart(6, '0')}`;
}

function drawRow(draw: Draw, id: string, town: string | null): TrueRow {
  const maybe = <T>(make: () => T): T | null => (draw.chance(0.15) ? null : make());
  return {
    id,
    uscc: maybe(() => drawUscc(draw)),
    boat: maybe(() => `浙嵊渔${digits(draw, 5)}`),
    permit: maybe(() => drawPermit(draw)),
    phone: maybe(() => draw.pick([`138${digits(draw, 8)}`, `0580-${digits(draw, 7)}`])),
    fine: maybe(() => drawFine(draw)),
    count: maybe(() => draw.below(500)),
    day: maybe(() => drawDay(draw)),
    at: maybe(() => `${drawDay(draw)} ${drawTime(draw)}`),
    ok: maybe(() => draw.chance(0.5)),
    town,
    note: maybe(() => draw.pick(NOTES)),
  };
}

/** A number of eighteen digits is always entered as one, so that a spreadsheet keeps a part of it. */
function drawPermit(draw: Draw): string {
  if (draw.chance(0.03)) return `3309222008${digits(draw, 8)}`;
  return draw.pick([`JY2330922${digits(draw, 7)}`, String(2_026_000_000 + draw.below(999))]);
}

/** Whether nobody can tell the permit any more. */
export function isPermitLost({ permit }: TrueRow): boolean {
  return permit !== null && /^\d{18}$/.test(permit);
}

function drawUscc(draw: Draw): string {
  const body = `91330922MA${digits(draw, 7)}`;
  return `${body}${usccCheckCharacter(body) ?? ''}`;
}

function drawFine(draw: Draw): string {
  const fen = draw.below(10 ** (2 + draw.below(8)));
  const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
  return draw.chance(0.05) && fen > 0 ? `-${text}` : text;
}

function drawDay(draw: Draw): string {
  return new Date(Date.UTC(2001, 0, 1) + draw.below(9300) * 86_400_000).toISOString().slice(0, 10);
}

function drawTime(draw: Draw): string {
  const seconds = draw.chance(0.2) ? 0 : draw.below(86_400);
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

/** The first is no zero, so that all of them are digits of a number. */
function digits(draw: Draw, count: number): string {
  return Array.from({ length: count }, (_, index) => (index === 0 ? 1 + draw.below(9) : draw.below(10))).join(
    '',
  );
}
