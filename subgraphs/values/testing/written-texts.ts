import fc from 'fast-check';
import { spellDocumentNumber } from '../texts/document-number.js';
import { wide } from './dirty-cells.js';
import type { WrittenCells } from './written-cell.js';

/** A cell with the blanks and guards that exporters leave around it; numbers stay numbers. */
export function guarded(cell: string | number): fc.Arbitrary<string | number> {
  if (typeof cell === 'number') return fc.constant(cell);
  return fc.constantFrom(
    cell,
    cell,
    cell,
    ` ${cell}`,
    `${cell}\t`,
    `\u3000${cell}`,
    `'${cell}`,
    `="${cell}"`,
  );
}

const NAMES = fc.constantFrom('张三', '李四', '欧阳修', '王五', '阿布都·热合曼');

/** Lists of names: the separator differs from cell to cell, and titles stand in brackets. */
export const WRITTEN_NAMES: WrittenCells = fc
  .tuple(
    fc.array(NAMES, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('、', ',', '，', ';', '；', ' ', '\n'),
    fc.constantFrom('', '（组长）', '(主办、协办)'),
  )
  .chain(([names, separator, title]) => {
    const [first = '', ...rest] = names;
    return guarded([`${first}${title}`, ...rest].join(separator)).map((cell) => ({ cell, truth: names }));
  });

const PLAIN = fc.constantFrom(
  '0012',
  '海晏渔业有限公司',
  "O'Neil",
  'A-01',
  '3楼',
  '1/2',
  '"一号"仓库',
  '=',
  '100%',
);

export const WRITTEN_TEXTS: WrittenCells = PLAIN.chain((text) =>
  /['"]/.test(text)
    ? fc.constantFrom(text, ` ${text}\r\n`).map((cell) => ({ cell, truth: text }))
    : guarded(text).map((cell) => ({ cell, truth: text })),
);

/** One decision number in the spellings of §2.6.2. */
export const WRITTEN_DOCUMENT_NUMBERS: WrittenCells = fc
  .tuple(
    fc.constantFrom('嵊综执罚决字', '嵊市监处罚', '浙舟嵊应急罚决', '嵊渔罚'),
    fc.integer({ min: 2018, max: 2027 }),
    fc.integer({ min: 1, max: 999 }),
    fc.constantFrom('〔〕', '[]', '()', '（）', '【】', '［］'),
    fc.constantFrom('', '第', ' 第 '),
    fc.constantFrom(1, 3, 4),
    fc.boolean(),
  )
  .chain(([word, year, number, brackets, prefix, width, isWide]) => {
    const digits = String(number).padStart(width, '0');
    const [open = '', close = ''] = brackets;
    const text = `${word}${open}${year}${close}${prefix}${digits}号`;
    return guarded(isWide ? wide(text) : text).map((cell) => ({
      cell,
      truth: spellDocumentNumber(`${word}〔${year}〕${number}号`),
    }));
  });
