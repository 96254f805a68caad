import { createReadStream } from 'node:fs';
import { DropRefused } from './drop-fault.mjs';

/** @typedef {'auto' | 'utf-8' | 'gb18030'} Charset */

/**
 * The text of a file, piece by piece. Bytes that are no character become U+FFFD, by which the cell is found.
 *
 * @param {string} path
 * @param {Charset} charset
 * @throws {DropRefused} when the file is no text in these charsets.
 */
export async function* decodeFile(path, charset) {
  const decoder = new TextDecoder(charset === 'auto' ? await detectCharset(path) : charset);
  let isFirst = true;
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new DropRefused('not-text');
    // TextDecoder takes the byte order mark away from UTF-8 alone.
    yield isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    if (text !== '') isFirst = false;
  }
  yield decoder.decode();
}

/**
 * UTF-8 if the bytes are that, else GB18030. Damaged UTF-8 still is UTF-8, to be rejected by row and column instead of
 * read as other characters: of GB18030 read as UTF-8, six of seven characters are broken.
 *
 * @param {string} path
 * @returns {Promise<'utf-8' | 'gb18030'>}
 */
async function detectCharset(path) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let broken = 0;
  let whole = 0;
  let isFirst = true;
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk, { stream: true });
    if (isFirst && text.startsWith('\ufeff')) return 'utf-8';
    if (text !== '') isFirst = false;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit === 0xfffd) broken += 1;
      else if (unit >= 0x80) whole += 1;
    }
  }
  if (decoder.decode() !== '') broken += 1;
  return broken * 2 <= whole ? 'utf-8' : 'gb18030';
}
