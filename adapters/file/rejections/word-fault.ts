import { nearestWord } from '../../../runtime/nearest-word.js';
import type { DropFault } from '../thread/drop-fault.mjs';

/** What is wrong with a drop, for the people who made it. */
interface FaultSentence {
  readonly chinese: string;
  readonly english: string;
}

type Wording = (fault: DropFault) => readonly [chinese: string, english: string];

const WORDINGS: Readonly<Record<DropFault['code'], Wording>> = {
  'file-too-large': () => ['文件超过 200 MB，请拆分后再交', 'the file is larger than 200 MB; split it'],
  'old-excel': () => [
    '旧版 Excel（.xls）或加密文件无法读取，请另存为不带密码的 .xlsx 或 CSV',
    'old Excel (.xls) and encrypted files cannot be read; save as .xlsx without a password, or as CSV',
  ],
  'not-xlsx': () => [
    '扩展名为 .xlsx，内容却不是，请用 Excel 打开后另存为 .xlsx 或 CSV',
    'the name says .xlsx but the content does not; open it in Excel and save as .xlsx or CSV',
  ],
  'broken-xlsx': () => [
    '工作簿不完整或已损坏，请重新保存并上传',
    'the workbook is incomplete or damaged; save and upload it again',
  ],
  'unzips-too-large': () => ['解压后过大，拒绝读取', 'it unzips to more than is allowed'],
  'not-text': () => [
    '不是 UTF-8 或 GB18030 文本，请另存为 CSV 或 .xlsx',
    'not a text in UTF-8 or GB18030; save as CSV or .xlsx',
  ],
  'wrong-charset': () => [
    '映射写明 charset: gb18030，但文件是 UTF-8；请改为 charset: auto 或 utf-8',
    'the mapping states charset: gb18030, but the file is UTF-8; write charset: auto or utf-8',
  ],
  'broken-csv': () => ['引号不成对或位置不对', 'quotes are not closed, or stand where none may stand'],
  'no-rows': () => ['没有任何数据行', 'there is not a single row of data'],
  'too-many-rows': ({ value }) => [`超过 ${value} 行`, `there are more than ${value} rows`],
  'too-many-columns': ({ value }) => [`超过 ${value} 列`, `there are more than ${value} columns`],
  'missing-sheet': ({ sheet, known = [] }) => [
    `缺少工作表“${sheet}”${ratherChinese(sheet, known)}；有：${listNames(known)}`,
    `there is no sheet "${sheet}"${ratherEnglish(sheet, known)}; there are ${listNames(known)}`,
  ],
  'missing-heading': wordMissingHeading,
  'title-heading': ({ row, value }) => [
    `这一行是标题${value === null ? '' : `“${value}”`}，不是表头；请在映射中写 header: { row: ${Number(row) + 1} }，表头占两行时再加 rows: 2`,
    `the row is a title and no row of headings; write header: { row: ${Number(row) + 1} } in the mapping, with rows: 2 if they take two rows`,
  ],
  'duplicate-heading': ({ column, known }) => {
    const [row = '1', rows = '1'] = known ?? [];
    const stacked = `header: { row: ${row}, rows: 2 }`;
    const [chinese, english] =
      column === null
        ? ['有表头重复', 'a heading occurs twice']
        : [`表头“${column}”重复`, `the heading "${column}" occurs twice`];
    return rows === '1'
      ? [
          `${chinese}；如表头占两行，请在映射中写 ${stacked}`,
          `${english}; if the headings take two rows, write ${stacked} in the mapping`,
        ]
      : [chinese, english];
  },
  'reserved-heading': () => ['表头名称被系统占用，请改名', 'the heading is reserved; rename it'],
  'empty-key': ({ value }) =>
    value === null
      ? ['主键单元格为空', 'the key cell is empty']
      : [
          '主键单元格为空；如果该行不是数据（合计、备注等），请删除，或在映射的 where 中排除',
          'the key cell is empty; if the row is no data (a total, a remark), remove it or rule it out by where in the mapping',
        ],
  'imprecise-key': () => [
    '主键超过 15 位，末尾数字已被 Excel 丢失；请将该列设为文本格式后重新填写',
    'the key has more than 15 digits, and a spreadsheet has lost the last ones; format the column as text and enter it again',
  ],
  'duplicate-key': ({ row, sheet, known }) => {
    const [first = '', firstSheet = null] = known ?? [];
    const isElsewhere = firstSheet !== null && firstSheet !== sheet;
    return [
      `主键重复：第 ${first} 行${isElsewhere ? `（工作表“${firstSheet}”）` : ''}与第 ${row} 行相同`,
      `the key occurs twice: in row ${first}${isElsewhere ? ` of sheet "${firstSheet}"` : ''} and in row ${row}`,
    ];
  },
  'extra-cell': () => ['该列没有表头，却有内容', 'the cell stands in a column without a heading'],
  'short-row': ({ value, known }) => [
    `只有 ${value} 个单元格，应有 ${known?.[0]} 个`,
    `the row has ${value} cells, but there are ${known?.[0]} headings`,
  ],
  undecodable: ({ known }) => {
    const [charset] = known ?? [];
    return charset === undefined
      ? ['含有无法识别的字符（编码错误）', 'bytes that are no character (wrong encoding)']
      : [
          `含有无法识别的字符（按 ${charset} 读取；如编码不对，请在映射中写明 charset）`,
          `bytes that are no character of ${charset}; if the charset is wrong, state it in the mapping`,
        ];
  },
  mojibake: () => [
    '“锟斤拷”乱码：文件曾以错误的编码保存',
    'mojibake: the file was once saved in the wrong encoding',
  ],
  'error-cell': () => ['Excel 错误值', 'an Excel error value'],
  uncalculated: () => [
    '公式没有计算结果，请用 Excel 打开后重新保存',
    'the formula has no result; open the file in Excel and save it again',
  ],
  'too-long': () => ['单元格超过 32767 个字符', 'the cell is longer than 32,767 characters'],
  'wide-merge': () => [
    '数据区内有跨列合并的单元格（合计、备注等），请删除该行或取消合并',
    'cells are merged across columns among the data (a sum, a remark); remove the row or unmerge them',
  ],
  exhausted: () => ['文件过大或过于复杂，无法读取', 'the file is too large or too complex to be read'],
};

export function wordFault(fault: DropFault): FaultSentence {
  const [chinese, english] = WORDINGS[fault.code](fault);
  return { chinese, english };
}

/** Where another sheet or another delimiter is meant, every heading is missing. */
function wordMissingHeading({ sheet, column, known = [] }: DropFault): readonly [string, string] {
  const chinese = `缺少表头“${column}”${ratherChinese(column, known)}`;
  const english = `the heading "${column}" is missing${ratherEnglish(column, known)}`;
  if (findRather(column, known) !== null) return [chinese, english];
  if (sheet !== null) {
    return [
      `${chinese}；如该工作表不是数据表，请用 sheets 指定要读取的工作表`,
      `${english}; if the sheet is none of the table, name the sheets to read by sheets in the mapping`,
    ];
  }
  const [only = ''] = known;
  const sign = known.length === 1 ? /[;\t|；，]/.exec(only)?.[0] : undefined;
  if (sign === undefined) return [chinese, english];
  return [
    `${chinese}；整行只有一个单元格，分隔符可能是 ${JSON.stringify(sign)}，请在映射中写明 delimiter`,
    `${english}; the row is one cell: the delimiter may be ${JSON.stringify(sign)}, state it in the mapping`,
  ];
}

/** Names that a sentence has room for. */
const MAX_NAMES = 8;

function listNames(names: readonly string[]): string {
  const more = names.length > MAX_NAMES ? '…' : '';
  return (
    names
      .slice(0, MAX_NAMES)
      .map((name) => `“${name}”`)
      .join('、') + more
  );
}

function ratherChinese(wanted: string | null, known: readonly string[] | undefined): string {
  const rather = findRather(wanted, known);
  return rather === null ? '' : `，是否为“${rather}”`;
}

function ratherEnglish(wanted: string | null, known: readonly string[] | undefined): string {
  const rather = findRather(wanted, known);
  return rather === null ? '' : `; is it "${rather}"`;
}

/** The nearest name; also one that lies under another group of headings. */
function findRather(wanted: string | null, known: readonly string[] = []): string | null {
  if (wanted === null) return null;
  const last = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
  return nearestWord(wanted, known) ?? known.find((name) => last(name) === last(wanted)) ?? null;
}
