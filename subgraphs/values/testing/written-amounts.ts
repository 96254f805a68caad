import fc from 'fast-check';
import { wide } from './dirty-cells.js';
import type { WrittenCell, WrittenCells } from './written-cell.js';
import { guarded } from './written-texts.js';

/** Fen of everyday and of rare sizes. */
const FEN = fc.oneof(
  fc.integer({ min: 0, max: 9_999_999 }),
  fc.integer({ min: 0, max: 99_999 }).map((yuan) => yuan * 100),
  fc.integer({ min: 0, max: 99_999_999_999 }),
);

type Writer = (fen: number) => string | number;

const plain = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
const grouped = (fen: number): string => plain(fen).replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',');

const WRITERS: readonly Writer[] = [
  plain,
  (fen) => fen / 100,
  (fen) => String(fen / 100),
  grouped,
  (fen) => `￥${grouped(fen)}`,
  (fen) => `¥ ${grouped(fen)}`,
  (fen) => `RMB ${plain(fen)}`,
  (fen) => `人民币${plain(fen)}元`,
  (fen) => `${plain(fen)}元整`,
  (fen) => `${grouped(fen)} 元`,
  (fen) => wide(plain(fen)),
  (fen) => capital(fen),
  (fen) => `人民币（大写）${capital(fen)}`,
  (fen) => `${plain(fen)}元（${capital(fen)}）`,
  (fen) => `${tenThousands(fen)}万元`,
  // Sums and products of a spreadsheet.
  (fen) => (fen / 300) * 3,
  (fen) => fen / 100 + 0.1 - 0.1,
  (fen) => String(((fen / 100) * 1.1) / 1.1),
];
const NEGATIVE_WRITERS: readonly Writer[] = [
  (fen) => `-${plain(fen)}`,
  (fen) => `-￥${grouped(fen)}`,
  (fen) => `￥-${grouped(fen)}`,
  (fen) => `(${grouped(fen)})`,
  (fen) => `（￥${grouped(fen)}）`,
  (fen) => `负${capital(fen)}`,
  (fen) => -fen / 100,
];
const DOUBTFUL_WRITERS: readonly Writer[] = [
  (fen) => `$${grouped(fen)}`,
  (fen) => `${plain(fen)}美元`,
  (fen) => `USD ${plain(fen)}`,
  (fen) => `约${plain(fen)}元`,
  (fen) => `${plain(fen)}-`,
];

export const WRITTEN_AMOUNTS: WrittenCells = fc.oneof(
  { weight: 3, arbitrary: written(WRITERS, plain) },
  { weight: 1, arbitrary: written(NEGATIVE_WRITERS, (fen) => (fen === 0 ? '0.00' : `-${plain(fen)}`)) },
  {
    weight: 1,
    arbitrary: written(DOUBTFUL_WRITERS, plain).map((cell): WrittenCell => ({ ...cell, isDoubtful: true })),
  },
);

/** Whole numbers as Excel, Java and clerks write them. */
export const WRITTEN_INTEGERS: WrittenCells = fc
  .tuple(
    fc.integer({ min: 0, max: 9_999_999 }),
    fc.constantFrom<(value: number) => string | number>(
      (value) => value,
      String,
      (value) => `${value}.0`,
      (value) => `${value}人`,
      (value) => wide(String(value)),
      (value) => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/g, ','),
      (value) => (value === 0 ? '0' : value.toExponential().replace('e+', 'E')),
    ),
  )
  .chain(([value, write]) => guarded(write(value)).map((cell) => ({ cell, truth: value })));

function written(writers: readonly Writer[], truthOf: (fen: number) => string): WrittenCells {
  return fc
    .tuple(FEN, fc.constantFrom(...writers))
    .chain(([fen, write]) => guarded(write(fen)).map((cell) => ({ cell, truth: truthOf(fen) })));
}

function tenThousands(fen: number): string {
  return `${Math.floor(fen / 1_000_000)}.${String(fen % 1_000_000).padStart(6, '0')}`.replace(/\.?0+$/, '');
}

const DIGITS = '零壹贰叁肆伍陆柒捌玖';

/** `壹万贰仟元整`, `叁佰元零伍分`: how the rules for notes want it. */
function capital(fen: number): string {
  const [yuan, jiao, rest] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan === 0 && fen > 0 ? '' : `${integer(yuan)}元`;
  if (jiao === 0 && rest === 0) return `${whole}整`;
  const tens = jiao === 0 ? (whole === '' ? '' : '零') : `${DIGITS.charAt(jiao)}角`;
  return `${whole}${tens}${rest === 0 ? '整' : `${DIGITS.charAt(rest)}分`}`;
}

function integer(value: number): string {
  if (value === 0) return '零';
  let text = '';
  let pendingZero = false;
  for (const [unit, word] of [
    [100_000_000, '亿'],
    [10_000, '万'],
    [1, ''],
  ] as const) {
    const part = Math.floor(value / unit) % (unit === 100_000_000 ? Number.MAX_SAFE_INTEGER : 10_000);
    if (part === 0) {
      pendingZero = text !== '';
      continue;
    }
    if (text !== '' && (pendingZero || part < 1000)) text += '零';
    text += `${section(part)}${word}`;
    pendingZero = false;
  }
  return text;
}

function section(value: number): string {
  let text = '';
  for (const [unit, word] of [
    [1000, '仟'],
    [100, '佰'],
    [10, '拾'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit > 0) text += `${DIGITS.charAt(digit)}${word}`;
    else if (text !== '' && !text.endsWith('零') && value % unit > 0) text += '零';
  }
  return text;
}
