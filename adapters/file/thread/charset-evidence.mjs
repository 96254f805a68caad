/** The characters that Chinese texts consist of: level 1 of GB 2312. */
const COMMON = listCommon();

/** What a text that was decoded as UTF-8 tells of the charset that its bytes are in. */
export class CharsetEvidence {
  /** Bytes that are no character. */
  #broken = 0;
  /** Characters of three or four bytes, as Chinese ones are. */
  #long = 0;
  /** Characters of two bytes: letters of other alphabets, and signs. */
  #short = 0;
  /** Of those: where nobody writes them, while GB18030 has a common character for the same bytes. */
  #strange = 0;
  /** What has not been looked at, for want of what follows. */
  #rest = '';

  /** @param {string} text */
  add(text) {
    const all = this.#rest + text;
    const start = Math.min(this.#rest.length, 1);
    for (let index = start; index < all.length - 1; index += 1) this.#weigh(all, index);
    this.#rest = all.slice(-2);
  }

  /** @param {string} text the last piece */
  end(text) {
    // A line end on both sides stands for the beginning and the end of the file.
    if (this.#rest === '') this.#rest = '\n';
    this.add(`${text}\n`);
  }

  get isAscii() {
    return this.#broken + this.#long + this.#short === 0;
  }

  /** In GB18030 such runs of bytes are no words. */
  get isCertainlyUtf8() {
    return this.#broken === 0 && this.#long > 1;
  }

  /** @returns {{ charset: 'utf-8' | 'gb18030', isDoubtful: boolean }} */
  judge() {
    const isBroken = this.#broken * 2 > this.#long;
    if (this.#broken === 0) {
      const isDoubtful = this.#long === 0;
      return { charset: isDoubtful && this.#strange > 0 ? 'gb18030' : 'utf-8', isDoubtful };
    }
    const isOther = isBroken && (this.#strange > 0 || this.#broken * 2 > this.#long + this.#short);
    return { charset: isOther ? 'gb18030' : 'utf-8', isDoubtful: false };
  }

  /**
   * @param {string} text
   * @param {number} index
   */
  #weigh(text, index) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) return;
    if (unit === 0xfffd) this.#broken += 1;
    else if (unit >= 0x800) this.#long += 1;
    else {
      this.#short += 1;
      const character = text.charAt(index);
      const isCommon = COMMON.has(character);
      if (isCommon && !isInPlace(text.charAt(index - 1), character, text.slice(index + 1, index + 2)))
        this.#strange += 1;
    }
  }
}

/** Letters of UTF-8 whose two bytes are a common character in GB18030. */
function listCommon() {
  const gb = new TextDecoder('gb18030');
  const common = new Set();
  for (let code = 0x80; code < 0x800; code += 1) {
    const letter = String.fromCharCode(code);
    const [first = 0, second = 0] = Buffer.from(letter);
    // Rows 16 to 55 of GB 2312.
    if (first >= 0xb0 && first <= 0xd7 && second >= 0xa1 && gb.decode(Buffer.of(first, second)).length === 1)
      common.add(letter);
  }
  return common;
}

/**
 * Whether a letter or sign stands where people write it: `é` in a word, `·` between names, `°` behind a number.
 *
 * @param {string} before
 * @param {string} character
 * @param {string} after
 */
function isInPlace(before, character, after) {
  if (/[°²³]/.test(character)) return /[\da-z]/i.test(before);
  if (/[±¥£]/.test(character)) return /[\d\s]/.test(after) && !/[\da-z]/i.test(before);
  if (character === '·') return /[\p{L}\d]/u.test(before) && /[\p{L}\d]/u.test(after);
  const letter = /[a-z\u00e0-\u00ff]/i;
  if (/\p{L}/u.test(character)) return letter.test(before) || letter.test(after);
  return /[\w ]/.test(before) && /[\w ]/.test(after);
}
