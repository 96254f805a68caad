/** What a row beneath a table adds up: `合计`, `菜园镇小计`, `合计：3 家`, `Total`. */
const TOTAL =
  /^(?:\p{Script=Han}{0,10}(?:合计|总计|小计|累计|共计|汇总)(?:数|额|金额)?(?:[:：(（\d].*)?|(?:sub|grand)?-?totals?[:：]?)$/iu;
/** What a row around a table tells of it: who filled it in, and until when it is valid. */
const REMARK =
  /^[*※]?(?:注释?|备注|附注|说明|填[表报](?:说明|人|单位|日期|时间)|制表(?:人|单位|日期|时间)?|[报填]送(?:人|单位|日期|时间)|审核人?|复核人?|经办人|(?:单位|部门)?负责人|分管领导|联系(?:人|电话|方式)|统计(?:人|时间|日期|口径)|数据(?:来源|截[至止])|资料来源|截[至止])\d*[:：]/u;
/** What says that nothing follows. */
const END = /^[-—]*(?:以下空白|以下无正文|此页无正文|以下无数据)[-—]*$/u;

const BLANKS = /[\s\u200b-\u200f\u2060\ufeff]+/gu;

/**
 * Whether a row among the data is none of the table: a total, a remark, a line of signatures. It is one only if its key
 * is missing or can be no key.
 *
 * @param {readonly (string | null)[]} key texts of the key's cells
 * @param {readonly string[]} filled texts of all cells that are not empty, in their order
 * @returns {boolean}
 */
export function isRemarkRow(key, filled) {
  const keys = key.map((text) => bare(text ?? ''));
  const [first = '', ...others] = filled.map(bare).filter((text) => text !== '');
  const isPartly = keys.some((text) => text === '');
  if (keys.every((text) => text === '')) return isAside(first);
  if (keys.length > 1 && !isPartly) return false;
  if (keys.some((text) => TOTAL.test(text))) return true;
  const own = keys.find((text) => text !== '') ?? '';
  if (own !== first) return false;
  if (END.test(own)) return others.length === 0;
  return REMARK.test(own) && others.every((text) => REMARK.test(text) || !hasValue(text));
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
