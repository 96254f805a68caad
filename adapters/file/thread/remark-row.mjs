/** What a row beneath a table adds up: `合计`, `菜园镇小计`, `合计：3 家`, `共60项`, `Total`. */
const TOTAL =
  /^(?:(?:以上|本[表页])?共[:：]?\d+(?:[项条件户家人辆艘宗起个份处]|[项条]事项)[。.]?|\p{Script=Han}{0,10}(?:合计|总计|小计|累计|共计|汇总)(?:数|额|金额)?(?:[:：(（\d].*)?|(?:sub|grand)?-?totals?[:：]?)$/iu;
/** What a row around a table tells of it: who filled it in, and until when it is valid. */
const REMARK =
  /^[*※]?(?:注释?|备注|附注|说明|填[表报](?:说明|单位|日期|时间)|制表(?:人|单位|日期|时间)?|[报填]送(?:人|单位|日期|时间)|审核人?|复核人?|分管领导|联系(?:电话|方式)|统计(?:人|时间|日期|口径)|数据(?:来源|截[至止])|资料来源|截[至止]|[\p{Script=Han}（()）]{0,8}(?:负责人|经办人|填[表报]人|联系人|签字|签名|签章|盖章))[)）]?\d*[:：]/u;
/** A sentence is no key. */
const SENTENCE = /\p{Script=Han}{2}.*[，。；]/u;
/** What says that nothing follows. */
const END = /^[-—]*(?:以下空白|以下无正文|此页无正文|以下无数据)[-—]*$/u;

/** What tells that a row shows how to fill in the others. */
const EXAMPLE = /^[（(【]?(?:填写)?(?:示例|样例|范例)(?:[:：）)】].*)?$/u;
/** How the columns of a statistic are numbered. */
const STEMS = '甲乙丙丁戊己庚辛壬癸';
/** Columns that a row of numbers may leave out. */
const MOST_EMPTY = 1;

const BLANKS = /[\s\u200b-\u200f\u2060\ufeff]+/gu;

/**
 * Whether a row among the data is none of the table: a total, a remark, a line of signatures. It is one only if its key
 * is missing or can be no key.
 *
 * @param {readonly (string | null)[]} key texts of the key's cells
 * @param {readonly (string | null)[]} texts of all cells, in their order
 * @returns {boolean}
 */
export function isRemarkRow(key, texts) {
  if (key.every(isOrdinary)) return false;
  const keys = key.map((text) => bare(text ?? ''));
  const [first = '', ...others] = texts.map((text) => bare(text ?? '')).filter((text) => text !== '');
  const isPartly = keys.some((text) => text === '');
  if (keys.every((text) => text === '')) return isAside(first);
  if (keys.length > 1 && !isPartly) return false;
  if (keys.some((text) => TOTAL.test(text))) return true;
  const own = keys.find((text) => text !== '') ?? '';
  if (own !== first) return false;
  if (EXAMPLE.test(own)) return true;
  if (END.test(own) || SENTENCE.test(own)) return others.length === 0;
  return REMARK.test(own) && others.every((text) => REMARK.test(text) || !hasValue(text));
}

/** Spares most rows the rest: a text that begins like an identifier begins no remark. @param {string | null} text */
function isOrdinary(text) {
  return text !== null && /^(?!sub|grand|total)[a-z\d]/i.test(text);
}

/**
 * Whether a row says the headings again, as ledgers do on every printed page.
 *
 * @param {readonly (string | null)[]} texts
 * @param {readonly string[]} headings by column; stacked ones joined by `/`
 */
export function repeatsHeadings(texts, headings) {
  let count = 0;
  for (const [index, text] of texts.entries()) {
    const own = bare(text ?? '');
    if (own === '') continue;
    const heading = bare(headings[index] ?? '');
    if (own !== heading && !heading.split('/').includes(own)) return false;
    count += 1;
  }
  return count > 1;
}

/**
 * Whether a row numbers the columns: `1 2 3 4`, `甲 乙 1 2`.
 *
 * @param {readonly (string | null)[]} texts
 */
export function numbersColumns(texts) {
  const all = texts.map((text) => bare(text ?? '').replace(/^[（(]|[）)]$/g, ''));
  const own = all.filter((text) => text !== '');
  const stems = own.findIndex((text, index) => text !== STEMS.charAt(index));
  const first = stems < 0 ? own.length : stems;
  const isWhole = own.length > 2 && own.length >= all.length - MOST_EMPTY;
  return isWhole && own.slice(first).every((text, index) => text === String(index + 1));
}

/** @param {string} text */
function isAside(text) {
  return TOTAL.test(text) || REMARK.test(text) || END.test(text);
}

/** Whether a cell is more than a name beside the word that asks for it. @param {string} text */
function hasValue(text) {
  return /\d/.test(text) || text.length > 10;
}

/** @param {string} text */
function bare(text) {
  return text.replace(BLANKS, '');
}
