/** Bytes that are looked at for the declaration. */
const HEAD_BYTES = 256;

/**
 * The text of an XML file, piece by piece: in UTF-16 after a mark, else in the charset that the declaration names, which
 * is UTF-8 where it names none.
 *
 * @param {AsyncIterable<Uint8Array>} chunks
 * @throws {TypeError} on bytes that are no character.
 * @throws {RangeError} on a charset that nobody knows.
 */
export async function* decodeXml(chunks) {
  /** @type {import('node:util').TextDecoder | null} */
  let decoder = null;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(charsetOf(chunk), { fatal: true });
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

/** @param {Uint8Array} chunk the first one */
function charsetOf(chunk) {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le';
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be';
  const head = Buffer.from(chunk.subarray(0, HEAD_BYTES)).toString('latin1');
  const declared =
    /^(?:\xef\xbb\xbf)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  // Some programs declare UTF-16 and write UTF-8.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
