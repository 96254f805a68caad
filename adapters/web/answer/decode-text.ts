import { isAscii, isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { SourceMalformed } from '../../source-error.js';

/** Charsets that a connection can name. */
export const answerCharset = z.enum(['utf-8', 'gbk', 'gb18030']);
export type AnswerCharset = z.infer<typeof answerCharset>;

const GB_LABEL = /^(?:x-)?(?:gb_?2312(?:-80|-1980)?|gbk|cp936|gb18030)$/i;
const IDEOGRAPH = /\p{Script=Han}/u;

/** The charset that a content-type states; null when it states none. */
export function charsetOf(contentType: string): string | null {
  return /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? null;
}

/**
 * Reads the bytes of an answer as text: as GB18030 when they are said to be that or a part of it, else as UTF-8, which
 * old servers send under any label. Bytes that are neither are refused, never replaced.
 *
 * @param charset as stated.
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} on bytes that are not what they are said to be.
 */
export function decodeText(bytes: Buffer, charset: string | null, action: string): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  const label = charset !== null && GB_LABEL.test(charset) ? 'gb18030' : 'utf-8';
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes);
    // Of UTF-8 the decoder itself takes the byte order mark off.
    if (label === 'utf-8' || !isUtf8InDisguise(bytes)) return text.replace(/^\ufeff/, '');
  } catch (cause) {
    throw new SourceMalformed(
      `Cannot ${action}: the answer must be ${label}, but has bytes that are not${WRONG_CHARSET}`,
      { cause },
    );
  }
  throw new SourceMalformed(`Cannot ${action}: the answer must be ${label}, but is UTF-8${WRONG_CHARSET}`);
}

const WRONG_CHARSET =
  ' (if the source states a wrong charset, answerCharset of its connection must say the right one)';

/**
 * UTF-8 often passes for GB18030 and then reads `宓婃硹` for 嵊泗. The other way round hardly a word of Chinese passes
 * for UTF-8 with ideographs in it.
 */
function isUtf8InDisguise(bytes: Buffer): boolean {
  return isUtf8(bytes) && IDEOGRAPH.test(bytes.toString('utf8'));
}
