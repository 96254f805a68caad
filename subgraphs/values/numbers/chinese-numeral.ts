const DIGITS: ReadonlyMap<string, number> = new Map(
  ['零〇○Ｏ', '一壹弌', '二贰貳弍两兩', '三叁參弎', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => [...characters].map((character): [string, number] => [character, value]),
  ),
);
const UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);
const SECTIONS: ReadonlyMap<string, bigint> = new Map([
  ['万', 10_000n],
  ['萬', 10_000n],
  ['亿', 100_000_000n],
  ['億', 100_000_000n],
]);

/** Digits read one by one: `二〇二〇` is `2020`. Null when a character is no digit. */
export function chineseDigits(text: string): string | null {
  let digits = '';
  for (const character of text) {
    const value = DIGITS.get(character);
    if (value === undefined) return null;
    digits += String(value);
  }
  return digits === '' ? null : digits;
}

/**
 * A whole number in words, ordinary or capital: `二十一`, `贰仟`, `壹亿零伍拾万`. Null for anything else,
 * for a lone unit but `十`, and for `一万五`, which is 15000 to some and 10005 to others.
 */
export function chineseInteger(text: string): bigint | null {
  let total = 0n;
  let section = 0;
  let digit: number | null = null;
  let lastUnit = Number.POSITIVE_INFINITY;
  let lastSection: bigint | null = null;
  // The unit of ten thousand, hundred or thousand that the last digit follows with no zero between them.
  let bareAfterUnit = false;
  for (const [index, character] of [...text].entries()) {
    const value = DIGITS.get(character);
    if (value !== undefined) {
      // Two digits in a row are digits read one by one, not a number in words.
      if (digit !== null && digit !== 0) return null;
      bareAfterUnit =
        digit === null &&
        value !== 0 &&
        (lastUnit === 100 || lastUnit === 1000 || (section === 0 && lastSection !== null));
      digit = value;
      continue;
    }
    const unit = UNITS.get(character);
    if (unit !== undefined) {
      if (unit >= lastUnit || (digit === null && !(unit === 10 && (index === 0 || section === 0))))
        return null;
      section += (digit === null || (digit === 0 && unit === 10) ? 1 : digit) * unit;
      [digit, lastUnit, bareAfterUnit] = [null, unit, false];
      continue;
    }
    const factor = SECTIONS.get(character);
    if (factor === undefined || (section === 0 && digit === null && total === 0n)) return null;
    if (bareAfterUnit && digit !== null) return null;
    if (factor === lastSection || total >= 100_000_000n) {
      // After 亿 come 万 and less, once.
      if (lastSection === null || factor >= lastSection) return null;
    }
    const part = BigInt(section + (digit ?? 0));
    // 万亿: what was counted so far is multiplied as a whole.
    total = factor === 100_000_000n ? (total + part) * factor : total + part * factor;
    [section, digit, lastUnit, lastSection] = [0, null, Number.POSITIVE_INFINITY, factor];
  }
  if (text === '' || (bareAfterUnit && digit !== null)) return null;
  return total + BigInt(section + (digit ?? 0));
}
