import { SaxesParser } from 'saxes';
import { DropRefused } from '../drop-fault.mjs';
import { decodeXml } from './decode-xml.mjs';

/**
 * By local name: attributes without a prefix, and as `r:id` those that refer to another part.
 *
 * @typedef {Readonly<Record<string, string>>} Attributes without a prototype
 *
 * @typedef {object} XmlHandlers told of the elements in the namespace of the root, with the names of their parents in
 *   it (`''` of the root). Extensions have namespaces of their own and are passed over with all that is in them.
 * @property {(name: string, attributes: Attributes, parent: string) => void} open
 * @property {(name: string, parent: string) => void} [close]
 * @property {(text: string) => void} [text] may come in several pieces
 */

/** The last part of the namespace of `r:id`, which is the same in both standards. */
const RELATIONS = '/relationships';

/**
 * Reads a part of a workbook as a stream. Only the five entities of XML itself are known, and a DOCTYPE is refused.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part
 * @param {XmlHandlers} handlers
 * @throws {DropRefused} on anything but well-formed XML.
 */
export async function parseXml(zip, part, handlers) {
  const parser = new SaxesParser({ position: false, xmlns: true });
  const elements = new OwnElements(handlers);
  parser.on('opentag', (tag) => elements.open(tag));
  parser.on('closetag', (tag) => elements.close(tag));
  if (handlers.text !== undefined) {
    parser.on('text', (text) => elements.text(text));
    parser.on('cdata', (text) => elements.text(text));
  }
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE is not allowed');
  });
  try {
    for await (const text of decodeXml(zip.read(part))) parser.write(text);
    parser.close();
  } catch (error) {
    if (!(error instanceof Error) || !isSyntax(error)) throw error;
    throw new DropRefused('broken-xlsx', { value: `${part}: ${error.message}` });
  }
}

/** @typedef {import('saxes').SaxesTagNS} Tag */

/** Keeps to the namespace of the root. */
class OwnElements {
  #handlers;
  /** @type {string | null} */
  #namespace = null;
  /** Names of the elements that are open, all in the root's namespace. @type {string[]} */
  #open = [];
  /** Elements that are open within an element of another namespace, itself included. */
  #foreign = 0;

  /** @param {XmlHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param {Tag} tag */
  open(tag) {
    this.#namespace ??= tag.uri;
    if (this.#foreign > 0 || tag.uri !== this.#namespace) {
      this.#foreign += 1;
      return;
    }
    this.#handlers.open(tag.local, attributesOf(tag), this.#open.at(-1) ?? '');
    this.#open.push(tag.local);
  }

  /** @param {Tag} tag */
  close(tag) {
    if (this.#foreign > 0) {
      this.#foreign -= 1;
      return;
    }
    this.#open.pop();
    this.#handlers.close?.(tag.local, this.#open.at(-1) ?? '');
  }

  /** @param {string} text */
  text(text) {
    if (this.#foreign === 0) this.#handlers.text?.(text);
  }
}

/** @param {Tag} tag */
function attributesOf({ attributes }) {
  /** @type {Record<string, string>} */
  const found = Object.create(null);
  for (const key in attributes) {
    const attribute = attributes[key];
    if (attribute === undefined) continue;
    if (attribute.prefix === '') found[attribute.local] = attribute.value;
    else if (attribute.uri.endsWith(RELATIONS)) found[`r:${attribute.local}`] = attribute.value;
  }
  return found;
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
