import type { Draw } from './draw.js';
import { isPermitLost, type TrueRow } from './true-table.js';

/** A format code, or the number of a built-in one. */
type Format = string | number;

/** A cell as a program stores it. */
export type SpeltCell =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'number';
      readonly number: string;
      readonly format: Format;
      readonly isFormula?: true;
    }
  | { readonly kind: 'truth'; readonly truth: boolean }
  | { readonly kind: 'moment'; readonly text: string };

const DAYS_1904 = 1462;
const GENERAL = 0;

const DAY_FORMATS: readonly [Format, ...Format[]] = [
  14,
  31,
  57,
  'yyyy-mm-dd',
  'yyyy/m/d;@',
  'yyyy"年"m"月"d"日";@',
  'yyyy年m月d日',
  '[$-804]yyyy"年"m"月"d"日"',
  '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
  '[DBNum1][$-804]yyyy"年"m"月"d"日"',
  'e"年"m"月"d"日"',
  'm/d/yy',
  'd\\-mmm\\-yy',
  'yyyy\\.mm\\.dd',
  'yyyymmdd',
  'aaaa',
];
const MOMENT_FORMATS: readonly [Format, ...Format[]] = [
  22,
  'yyyy-mm-dd hh:mm:ss',
  'yyyy/m/d\\ h:mm;@',
  'yyyy"年"m"月"d"日"\\ hh"时"mm"分"',
  'm/d/yy h:mm AM/PM',
  'yyyy\\-mm\\-dd\\ hh:mm:ss.000',
];
const AMOUNT_FORMATS: readonly [Format, ...Format[]] = [
  GENERAL,
  2,
  4,
  '0.00',
  '#,##0.00',
  '#,##0.00_);[Red]\\(#,##0.00\\)',
  '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
  '[$¥-804]#,##0.00',
  '"￥"#,##0.00;"￥"\\-#,##0.00',
  '#,##0.00"元"',
  '0.00_ ',
  'G/通用格式',
];

/** Spells the cells of a table as people and programs do. */
export class CellSpeller {
  readonly #draw: Draw;
  readonly #is1904: boolean;
  readonly #hasMoments: boolean;

  /** @param hasMoments the program writes days as ISO texts. */
  constructor(draw: Draw, options: { readonly is1904: boolean; readonly hasMoments: boolean }) {
    this.#draw = draw;
    this.#is1904 = options.is1904;
    this.#hasMoments = options.hasMoments;
  }

  spell(row: TrueRow): Readonly<Record<keyof TrueRow, SpeltCell | null>> {
    return {
      id: this.#identifier(row.id, /^KZ/),
      uscc: text(row.uscc),
      boat: row.boat === null ? null : this.#identifier(row.boat, /^浙嵊渔/),
      permit: row.permit === null ? null : this.#permit(row.permit, isPermitLost(row)),
      phone: row.phone === null ? null : this.#phone(row.phone),
      fine: row.fine === null ? null : this.#amount(row.fine),
      count: row.count === null ? null : this.#count(row.count),
      day: row.day === null ? null : this.#day(row.day),
      at: row.at === null ? null : this.#moment(row.at),
      ok: row.ok === null ? null : this.#truth(row.ok),
      town: text(row.town),
      note: text(row.note),
    };
  }

  #permit(permit: string, isLost: boolean): SpeltCell {
    if (!isLost) return this.#identifier(permit, /^JY2330922/);
    return {
      kind: 'number',
      number: this.#draw.pick([permit, String(Number(permit))]),
      format: this.#draw.pick<Format>([GENERAL, 1]),
    };
  }

  /** As a text, or as a number whose format shows the rest. */
  #identifier(identifier: string, prefix: RegExp): SpeltCell {
    const before = prefix.exec(identifier)?.[0] ?? '';
    const digits = identifier.slice(before.length);
    if (!/^\d{1,15}$/.test(digits) || this.#draw.chance(0.5)) return { kind: 'text', text: identifier };
    const places = '0'.repeat(digits.length);
    const literal = before === '' ? '' : `"${before}"`;
    const needsFormat = before !== '' || digits.startsWith('0');
    const format = needsFormat
      ? `${literal}${places}`
      : this.#draw.pick<Format>([GENERAL, 1, places, '@', '0_ ']);
    return { kind: 'number', number: this.#written(Number(digits)), format };
  }

  #phone(phone: string): SpeltCell {
    if (this.#draw.chance(0.5)) return { kind: 'text', text: phone };
    const isLandline = phone.includes('-');
    const number = this.#written(Number(phone.replace('-', '')));
    return {
      kind: 'number',
      number,
      format: isLandline
        ? this.#draw.pick(['0000"-"0000000', '0000\\-0000000'])
        : this.#draw.pick<Format>([GENERAL, 1]),
    };
  }

  #amount(fine: string): SpeltCell {
    const [whole = '', fraction = ''] = fine.split('.');
    const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
    if (this.#draw.chance(0.25)) {
      const texts = [fine, grouped, `${fine}元`, String(Number(fine))] as const;
      return { kind: 'text', text: fine.startsWith('-') ? fine : this.#draw.pick([...texts, `¥${grouped}`]) };
    }
    const format = this.#draw.pick(AMOUNT_FORMATS);
    const number = Number(fine);
    if (this.#draw.chance(0.3))
      return { kind: 'number', number: dusty(this.#draw, number), format, isFormula: true };
    return { kind: 'number', number: this.#written(number), format };
  }

  #count(count: number): SpeltCell {
    if (this.#draw.chance(0.25))
      return { kind: 'text', text: this.#draw.pick([String(count), `${count}人`]) };
    const format = this.#draw.pick<Format>([GENERAL, 1, 3, '0"人"', '#,##0', '"共"0"人"', '000']);
    return { kind: 'number', number: this.#written(count), format };
  }

  #day(day: string): SpeltCell {
    if (this.#draw.chance(0.3)) return { kind: 'text', text: this.#draw.pick(dayTexts(day)) };
    if (this.#hasMoments) return { kind: 'moment', text: this.#draw.pick([day, `${day}T00:00:00`]) };
    if (this.#draw.chance(0.05)) return { kind: 'number', number: day.replaceAll('-', ''), format: GENERAL };
    return { kind: 'number', number: String(this.#serial(day)), format: this.#draw.pick(DAY_FORMATS) };
  }

  #moment(at: string): SpeltCell {
    const [day = '', time = ''] = at.split(' ');
    if (this.#draw.chance(0.3)) {
      return { kind: 'text', text: this.#draw.pick([at, at.replaceAll('-', '/'), at.replace(' ', 'T')]) };
    }
    if (this.#hasMoments) {
      const ends = this.#draw.pick(['', '.000', 'Z', '+08:00']);
      return { kind: 'moment', text: `${day}T${time}${ends}` };
    }
    const seconds = Date.parse(`1970-01-01T${time}Z`) / 1000;
    const serial = this.#serial(day) + seconds / 86_400;
    const number = this.#draw.pick([String(serial), serial.toFixed(10), serial.toPrecision(17)]);
    return { kind: 'number', number, format: this.#draw.pick(MOMENT_FORMATS) };
  }

  #truth(truth: boolean): SpeltCell {
    if (this.#draw.chance(0.3)) return { kind: 'truth', truth };
    if (this.#draw.chance(0.3)) {
      return {
        kind: 'number',
        number: truth ? '1' : '0',
        format: this.#draw.pick<Format>([GENERAL, '"是";;"否"', '[=1]"是";[=0]"否"']),
      };
    }
    return { kind: 'text', text: truth ? '是' : '否' };
  }

  #serial(day: string): number {
    return Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569 - (this.#is1904 ? DAYS_1904 : 0);
  }

  /** Java writes `1.0`, others exponents; all mean the same number. */
  #written(number: number): string {
    const plain = String(number);
    const forms = [plain, plain, plain, number.toExponential().replace('e+', 'E').replace('e', 'E')];
    if (Number.isInteger(number)) forms.push(`${plain}.0`);
    return forms[this.#draw.below(forms.length)] ?? plain;
  }
}

/** The number with what a calculation left in its last binary places. */
function dusty(draw: Draw, number: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  if (number === 0) return '0';
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(draw.pick([-1, 1])));
  const changed = view.getFloat64(0);
  return changed.toPrecision(17);
}

function dayTexts(day: string): [string, ...string[]] {
  const [year = '', month = '', date = ''] = day.split('-');
  const [shortMonth, shortDate] = [String(Number(month)), String(Number(date))];
  return [
    day,
    `${year}/${shortMonth}/${shortDate}`,
    `${year}.${shortMonth}.${shortDate}`,
    `${year}年${shortMonth}月${shortDate}日`,
    `${year}${month}${date}`,
    ` ${day} `,
    `${day} 00:00:00`,
  ];
}

function text(value: string | null): SpeltCell | null {
  return value === null ? null : { kind: 'text', text: value };
}
