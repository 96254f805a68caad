import { SaxesParser } from 'saxes';
import { DropRefused } from '../drop-fault.mjs';

/**
 * @typedef {Readonly<Record<string, string>>} Attributes without a prototype
 *
 * @typedef {object} XmlHandlers names come without their namespace's prefix
 * @property {(name: string, attributes: Attributes) => void} open
 * @property {(name: string) => void} [close]
 * @property {(text: string) => void} [text] may come in several pieces
 */

/**
 * Reads a part of a workbook as a stream. Only the five entities of XML itself are known, and a DOCTYPE is refused.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part
 * @param {XmlHandlers} handlers
 * @throws {DropRefused} on anything but well-formed XML in UTF-8.
 */
export async function parseXml(zip, part, { open, close, text }) {
  const parser = new SaxesParser({ position: false, xmlns: false });
  parser.on('opentag', ({ name, attributes }) => open(localName(name), attributes));
  if (close !== undefined) parser.on('closetag', ({ name }) => close(localName(name)));
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE is not allowed');
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of zip.read(part)) parser.write(decoder.decode(chunk, { stream: true }));
    parser.write(decoder.decode());
    parser.close();
  } catch (error) {
    if (!(error instanceof Error) || !isSyntax(error)) throw error;
    throw new DropRefused('broken-xlsx', { value: `${part}: ${error.message}` });
  }
}

/**
 * Whether the parser or the decoder said so: their errors are of no class of their own.
 *
 * @param {Error} error
 */
function isSyntax(error) {
  const isPlain = Object.getPrototypeOf(error) === Error.prototype && !('code' in error);
  return isPlain || ('code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA');
}

/** @param {string} name */
function localName(name) {
  return name.slice(name.indexOf(':') + 1);
}

/**
 * An attribute by its name without a prefix.
 *
 * @param {Attributes} attributes
 * @param {string} name
 * @returns {string | null}
 */
export function attributeOf(attributes, name) {
  const plain = attributes[name];
  if (plain !== undefined) return plain;
  const key = Object.keys(attributes).find((each) => each.endsWith(`:${name}`));
  return key === undefined ? null : (attributes[key] ?? null);
}
