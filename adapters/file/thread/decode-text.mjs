import { DropRefused } from './drop-fault.mjs';
import { readChunks } from './read-chunks.mjs';

/**
 * The text of a file, piece by piece. Bytes that are no character become U+FFFD, by which the cell is found.
 *
 * @param {string} path
 * @param {'utf-8' | 'gb18030'} charset
 * @throws {DropRefused} when the file is no text in this charset.
 */
export async function* decodeFile(path, charset) {
  const decoder = new TextDecoder(charset);
  let isFirst = true;
  for await (const chunk of readChunks(path)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.includes('\0')) throw new DropRefused('not-text');
    // TextDecoder takes the byte order mark away from UTF-8 alone.
    yield isFirst && text.startsWith('\ufeff') ? text.slice(1) : text;
    if (text !== '') isFirst = false;
  }
  yield decoder.decode();
}
