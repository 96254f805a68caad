import { CharsetEvidence } from './charset-evidence.mjs';
import { readChunks } from './read-chunks.mjs';

/** Where headings are looked for. */
const HEAD_LENGTH = 65_536;

/**
 * UTF-8 if the bytes are that, else GB18030. Damaged UTF-8 still is UTF-8, to be rejected by row and column instead of
 * read as other characters: of GB18030 read as UTF-8, six of seven characters are broken.
 *
 * A few Chinese characters are in GB18030 the very bytes of a letter in UTF-8: 女 is Ů. Where a file has no others, the
 * headings decide, else whether such letters stand where people write them; `isDoubtful` then says that it was a guess.
 *
 * @param {string} path
 * @param {readonly string[]} headings that the file must have
 * @returns {Promise<{ charset: 'utf-8' | 'gb18030', isDoubtful: boolean }>}
 */
export async function detectCharset(path, headings) {
  const evidence = new CharsetEvidence();
  const heads = { utf8: '', gb: '' };
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const gb = new TextDecoder('gb18030');
  let isFirst = true;
  for await (const chunk of readChunks(path)) {
    const text = utf8.decode(chunk, { stream: true });
    if (isFirst && text.startsWith('\ufeff')) return { charset: 'utf-8', isDoubtful: false };
    if (text !== '') isFirst = false;
    evidence.add(text);
    if (heads.utf8.length < HEAD_LENGTH) heads.utf8 += text;
    if (heads.gb.length < HEAD_LENGTH) heads.gb += gb.decode(chunk, { stream: true });
  }
  evidence.end(utf8.decode());
  if (evidence.isAscii) return { charset: 'utf-8', isDoubtful: false };
  const hasAll = (/** @type {string} */ head) => headings.every((heading) => head.includes(heading));
  // Headings in ASCII are the same in both.
  const [isUtf8, isGb] = [hasAll(heads.utf8), hasAll(heads.gb)];
  if (isGb && !isUtf8) return { charset: 'gb18030', isDoubtful: false };
  return evidence.judge();
}

/**
 * Whether a file can be nothing but UTF-8: it holds Chinese characters of it, and nothing else.
 *
 * @param {string} path
 */
export async function isUtf8(path) {
  const evidence = new CharsetEvidence();
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of readChunks(path)) evidence.add(decoder.decode(chunk, { stream: true }));
  evidence.end(decoder.decode());
  return evidence.isCertainlyUtf8;
}
