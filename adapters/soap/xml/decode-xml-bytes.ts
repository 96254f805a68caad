import { charsetOf, decodeText } from '../../web/answer/decode-text.js';
import type { SoapCharset } from '../soap-config.js';

const DECLARED_CHARSET = /^\s*<\?xml\s[^?>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * Reads the bytes of an answer as text: in the charset of its content-type, else of its XML declaration, else of the
 * connection. What calls itself GBK or GB2312 is read as GB18030, which holds both and is what is really sent.
 *
 * @param contentType as sent; empty when there was none.
 * @param action completes the sentence "Cannot …".
 * @param known what they are in, whatever they state.
 * @throws {SourceMalformed} on bytes that are not in that charset.
 */
export function decodeXmlBytes(
  bytes: Buffer,
  contentType: string,
  fallback: SoapCharset,
  action: string,
  known?: SoapCharset,
): string {
  const declared = DECLARED_CHARSET.exec(bytes.toString('latin1', 0, 256))?.[1];
  return decodeText(bytes, known ?? charsetOf(contentType) ?? declared ?? fallback, action);
}
