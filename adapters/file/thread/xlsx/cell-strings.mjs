import { DropRefused } from '../drop-fault.mjs';
import { parseXml } from './parse-xml.mjs';

/** Kept in memory while the sheets are read. */
const MAX_SHARED_BYTES = 256 << 20;

/**
 * The texts that cells refer to by number.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string | null} part
 * @returns {Promise<readonly string[]>}
 */
export async function readSharedStrings(zip, part) {
  if (part === null || !zip.has(part)) return [];
  if (zip.sizeOf(part) > MAX_SHARED_BYTES) {
    throw new DropRefused('unzips-too-large', { value: String(zip.sizeOf(part)) });
  }
  /** @type {string[]} */
  const texts = [];
  const collector = new RichText();
  await parseXml(zip, part, {
    open: (name, _, parent) => {
      if (name === 'si') collector.begin();
      else collector.open(name, parent);
    },
    close: (name) => {
      if (name === 'si') texts.push(collector.end());
      else collector.close(name);
    },
    text: (text) => collector.add(text),
  });
  return texts;
}

/** Joins the runs of a text in several fonts; what tells the pronunciation (`rPh`) is not part of it. */
export class RichText {
  #text = '';
  #isInText = false;

  begin() {
    this.#text = '';
    this.#isInText = false;
  }

  /**
   * @param {string} name
   * @param {string} parent
   */
  open(name, parent) {
    this.#isInText = name === 't' && parent !== 'rPh';
  }

  /** @param {string} name */
  close(name) {
    if (name === 't') this.#isInText = false;
  }

  /** @param {string} text */
  add(text) {
    if (this.#isInText) this.#text += text;
  }

  end() {
    return unescapeText(this.#text);
  }
}

/** What XML cannot say is written `_x000D_` (ECMA-376 Part 1, 22.9.2.19). @param {string} text */
export function unescapeText(text) {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
