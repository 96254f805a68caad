/** The first character, in the order of Chinese dictionaries, of each letter with which a syllable can begin. */
const FIRST_OF_LETTER: readonly (readonly [letter: string, character: string])[] = [
  ...'a阿b八c嚓d哒e妸f发g旮h哈j讥k咔l垃m痳n拏o噢p妑q七r呥s仨t它w穵x夕y丫z帀'.matchAll(/(.)(.)/gu),
].map(([, letter = '', character = '']) => [letter, character]);

const BY_PINYIN = new Intl.Collator('zh-Hans-CN-u-co-pinyin');

/**
 * Names of fields after their columns, each once: `S_EXT_VALIDFLAG` → `sExtValidflag`, `检查日期` → `jcrq`, as these
 * systems abbreviate headings themselves. Units in brackets are no part of a name.
 */
export function fieldNames(columns: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return columns.map((column, index) => {
    const wanted = fieldName(column) ?? `column${index + 1}`;
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`;
    taken.add(name);
    return name;
  });
}

/** Null for a column without a letter or character, such as `#`. */
function fieldName(column: string): string | null {
  const outside = column.replace(/[（(][^（()）]*[)）]/g, ' ').trim();
  const text = outside === '' ? column : outside;
  const words = [...text.normalize('NFKC')]
    .map((character) => (/\p{Script=Han}/u.test(character) ? initialOf(character) : character))
    .join('')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  const name = words.map(inCamelCase).join('');
  return /^[a-z]/.test(name) ? name : `c${name}`;
}

function inCamelCase(word: string, index: number): string {
  const lower = word === word.toUpperCase() ? word.toLowerCase() : word;
  const first = index === 0 ? lower.charAt(0).toLowerCase() : lower.charAt(0).toUpperCase();
  return first + lower.slice(1);
}

/** The first letter of a character's commonest reading; empty for one that the dictionary lacks. */
function initialOf(character: string): string {
  let found = '';
  for (const [letter, first] of FIRST_OF_LETTER) {
    if (BY_PINYIN.compare(first, character) > 0) break;
    found = letter;
  }
  return found;
}
