import type { DropNote } from '../thread/drop-note.mjs';

type Wording = readonly [chinese: string, english: string];

const OWN_CHARSET = '如不对，请在映射中写明 charset';
const OWN_CHARSET_ENGLISH = 'if that is wrong, state charset in the mapping';

/** Notes of one code make one sentence, so that a hundred rows of subtotals do not hide the rest. */
const WORDINGS: Readonly<Record<DropNote['code'], (places: string, placesEnglish: string) => Wording>> = {
  gb18030: () => ['编码：GB18030', 'read as GB18030'],
  'doubtful-gb18030': () => [
    `编码无法确定，按 GB18030 读取；${OWN_CHARSET}`,
    `its bytes may be UTF-8 as well, and were read as GB18030; ${OWN_CHARSET_ENGLISH}`,
  ],
  'doubtful-utf-8': () => [
    `编码无法确定，按 UTF-8 读取；${OWN_CHARSET}`,
    `its bytes may be GB18030 as well, and were read as UTF-8; ${OWN_CHARSET_ENGLISH}`,
  ],
  'remark-row': (places, english) => [
    `${places}是合计、备注或签名，不是数据行，已略过`,
    `${english}: a total, a remark or signatures, and no row of the table; left out`,
  ],
  'table-total': (places, english) => [
    `${places}是表格的汇总行，已略过`,
    `${english}: the totals of a table, left out`,
  ],
  'unread-sheet': (places, english) => [
    `${places}有内容，但没有任何数据接口读取；如属无关，请写入 sheets 的 except`,
    `${english}: not empty, and read by no interface; if it is none of the table, name it in except of sheets`,
  ],
};

/** Places that one sentence names. */
const MAX_PLACES = 10;

/** The notes on a version as sentences, Chinese first. */
export function wordNotes(notes: readonly DropNote[]): readonly string[] {
  const codes = [...new Set(notes.map(({ code }) => code))];
  return codes.map((code) => {
    const places = notes.filter((note) => note.code === code);
    const rest = places.length > MAX_PLACES ? places.length - MAX_PLACES : 0;
    const named = places.slice(0, MAX_PLACES);
    const chinese = `${named.map(placeOf).join('、')}${rest > 0 ? `等 ${places.length} 处` : ''}`;
    const english = `${named.map(placeOfEnglish).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
    return WORDINGS[code](chinese, english).join(' / ');
  });
}

function placeOf({ sheet, row }: DropNote): string {
  return `${sheet === null ? '' : `工作表“${sheet}”`}${row === null ? '' : `第 ${row} 行`}`;
}

function placeOfEnglish({ sheet, row }: DropNote): string {
  const words = [...(sheet === null ? [] : [`sheet "${sheet}"`]), ...(row === null ? [] : [`row ${row}`])];
  return words.join(' ');
}
