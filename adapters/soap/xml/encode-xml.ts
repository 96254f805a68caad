import iconv from 'iconv-lite';
import type { SoapCharset } from '../soap-config.js';

/** As `content-type` and the XML declaration name it. */
export const CHARSET_NAMES: Readonly<Record<SoapCharset, string>> = {
  'utf-8': 'UTF-8',
  gbk: 'GBK',
  gb18030: 'GB18030',
};

/**
 * Writes an XML text in a charset. Characters that the charset does not have, or that the encoder and other readers
 * take for different ones (19 private ones of GB18030), become numeric references; so they may not stand in names.
 */
export function encodeXml(xml: string, charset: SoapCharset): Buffer {
  if (charset === 'utf-8') return Buffer.from(xml, 'utf8');
  const bytes = iconv.encode(xml, charset);
  const decoder = new TextDecoder('gb18030');
  if (decoder.decode(bytes) === xml) return bytes;
  const writable = Array.from(xml, (character) => {
    const isWritable = decoder.decode(iconv.encode(character, charset)) === character;
    return isWritable ? character : `&#x${character.codePointAt(0)?.toString(16)};`;
  });
  return iconv.encode(writable.join(''), charset);
}
