import { SaxesParser } from 'saxes';
import { DropRefused } from '../drop-fault.mjs';
import { decodeXml } from './decode-xml.mjs';

/**
 * @typedef {Readonly<Record<string, string>>} Attributes by their names as they are written, without a prototype
 *
 * @typedef {object} XmlHandlers told of the elements in the namespace of the root, with the names of their parents in
 *   it (`''` of the root). Extensions have namespaces of their own and are passed over with all that is in them.
 * @property {(name: string, attributes: Attributes, parent: string, namespaces: ReadonlyMap<string, string>) => void} open
 *   `namespaces` by prefix
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
  // Its own reading of namespaces takes as long as everything else together.
  const parser = new SaxesParser({ position: false, xmlns: false });
  const elements = new OwnElements(handlers);
  parser.on('opentag', ({ name, attributes }) => elements.open(name, attributes));
  parser.on('closetag', ({ name }) => elements.close(name));
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

/** Keeps to the namespace of the root. */
class OwnElements {
  #handlers;
  /** @type {string | null} */
  #namespace = null;
  /** By prefix. @type {ReadonlyMap<string, string>} */
  #scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
  /** Names of the elements that are open, all in the root's namespace. @type {string[]} */
  #open = [];
  /** What was known before an element declared namespaces, by the depth of that element. @type {Map<number, ReadonlyMap<string, string>>} */
  #outer = new Map();
  /** Local names of the elements in the root's namespace, by their names as written in the present scope. @type {Map<string, string>} */
  #own = new Map();
  /** Elements that are open within an element of another namespace, itself included. */
  #foreign = 0;

  /** @param {XmlHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /**
   * @param {string} name
   * @param {Attributes} attributes
   */
  open(name, attributes) {
    this.#declare(attributes);
    const local = this.#foreign > 0 ? '' : this.#localName(name);
    if (local === '') {
      this.#foreign += 1;
      return;
    }
    this.#handlers.open(local, attributes, this.#open.at(-1) ?? '', this.#scope);
    this.#open.push(local);
  }

  /** @param {string} name */
  close(name) {
    const isOwn = this.#foreign === 0;
    if (isOwn) {
      const local = this.#open.pop() ?? name;
      this.#handlers.close?.(local, this.#open.at(-1) ?? '');
    } else this.#foreign -= 1;
    const depth = this.#open.length + this.#foreign;
    const outer = this.#outer.size === 0 ? undefined : this.#outer.get(depth);
    if (outer === undefined) return;
    this.#outer.delete(depth);
    this.#enter(outer);
  }

  /** @param {string} text */
  text(text) {
    if (this.#foreign === 0) this.#handlers.text?.(text);
  }

  /** @param {Attributes} attributes */
  #declare(attributes) {
    /** @type {Map<string, string> | null} */
    let scope = null;
    for (const key in attributes) {
      if (!key.startsWith('xmlns') || (key.length > 5 && key[5] !== ':')) continue;
      scope ??= new Map(this.#scope);
      scope.set(key.slice(6), attributes[key] ?? '');
    }
    if (scope === null) return;
    this.#outer.set(this.#open.length + this.#foreign, this.#scope);
    this.#enter(scope);
  }

  /** @param {ReadonlyMap<string, string>} scope */
  #enter(scope) {
    this.#scope = scope;
    this.#own.clear();
  }

  /** Empty of an element in another namespace. @param {string} name */
  #localName(name) {
    const known = this.#own.get(name);
    if (known !== undefined) return known;
    const colon = name.indexOf(':');
    const namespace = this.#scope.get(name.slice(0, Math.max(0, colon))) ?? '';
    this.#namespace ??= namespace;
    const local = namespace === this.#namespace ? name.slice(colon + 1) : '';
    this.#own.set(name, local);
    return local;
  }
}

/**
 * The id of the part that an element refers to, by whatever prefix: `r:id`.
 *
 * @param {Attributes} attributes
 * @param {ReadonlyMap<string, string>} namespaces
 * @returns {string | undefined}
 */
export function relationIdOf(attributes, namespaces) {
  const key = Object.keys(attributes).find(
    (name) => name.endsWith(':id') && namespaces.get(name.slice(0, -3))?.endsWith(RELATIONS),
  );
  return key === undefined ? undefined : attributes[key];
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
