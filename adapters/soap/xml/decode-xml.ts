import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SourceMalformed } from '../../source-error.js';
import { plainNumber } from '../../web/answer/json-number.js';
import { decodeEntities } from './decode-entities.js';
import { scanXml } from './scan-xml.js';
import { setAsideTexts } from './set-aside-texts.js';
import type { XmlNode } from './xml-node.js';

const DECLARATION = /^\ufeff?[ \t\r\n]*(?:<\?xml[ \t\r\n][^?<>]*\?>)?/;
/** Keeps names of elements apart from the parser's own keys, and from `__proto__`, which it would refuse. */
const ELEMENT_MARK = '<';
const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';
/** Attributes of the schema-instance namespace; they say something of the element and are no part of the data. */
const SCHEMA_INSTANCE = new Set(['nil', 'type', 'schemaLocation', 'noNamespaceSchemaLocation']);

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // `decodeEntities` resolves them, so that there are none but those that it knows.
  processEntities: false,
  jPath: false,
  transformTagName: (name) => `${ELEMENT_MARK}${name}`,
});

/**
 * Reads one XML document, which may begin with a declaration. (Its encoding is not looked at: the bytes have become
 * text already.) Line breaks are `\n` and attributes have blanks for them, as XML says; all other text stays as it is.
 *
 * @param action completes the sentence "Cannot …".
 * @returns a nameless node whose only child is the root element.
 * @throws {SourceMalformed} on XML that is not well-formed, and on DOCTYPE.
 * @throws {SourceTooLarge}
 */
export function decodeXml(text: string, action: string): XmlNode {
  const document = text.replace(DECLARATION, '');
  const { xml, restore } = setAsideTexts(document, scanXml(document, action));
  const verdict = XMLValidator.validate(xml);
  if (verdict !== true) {
    throw new SourceMalformed(`Cannot ${action}: the XML must be well-formed, but: ${verdict.err.msg}`);
  }
  const root: unknown = parser.parse(xml);
  return readElement({ name: '', content: root, attributes: undefined }, restore, action);
}

/** An element as the parser gives it. */
interface ParsedElement {
  readonly name: string;
  readonly content: unknown;
  readonly attributes: unknown;
}

function readElement(
  { name, content, attributes }: ParsedElement,
  restore: (text: string) => string,
  action: string,
): XmlNode {
  const { children, isNil, isDouble } = readAttributes(attributes, action);
  let text = '';
  for (const item of Array.isArray(content) ? content : []) {
    const parts = partsOf(item);
    for (const [key, value] of parts) {
      if (key === TEXT) text += decodeEntities(restore(String(value)), action);
      else if (key === CDATA) text += restore(cdataOf(value));
      else if (key !== ATTRIBUTES) {
        const child = { name: localName(key), content: value, attributes: parts.get(ATTRIBUTES) };
        children.push(readElement(child, restore, action));
      }
    }
  }
  return { name, text: isDouble ? plainDouble(text) : text, isNil, children };
}

/** A double by its value, as in JSON: Axis writes `1.0389321E7` of a long in a map. */
function plainDouble(text: string): string {
  const digits = text.trim();
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(digits) ? plainNumber(digits) : text;
}

function readAttributes(
  attributes: unknown,
  action: string,
): { readonly children: XmlNode[]; readonly isNil: boolean; readonly isDouble: boolean } {
  const found = new Map<string, XmlNode>();
  let isNil = false;
  let isDouble = false;
  for (const [key, value] of partsOf(attributes)) {
    if (key === '@xmlns' || key.startsWith('@xmlns:')) continue;
    const local = localName(key);
    const text = decodeEntities(String(value).replace(/[\t\n]/g, ' '), action);
    if (key.includes(':') && SCHEMA_INSTANCE.has(local)) {
      isNil ||= local === 'nil' && (text === 'true' || text === '1');
      isDouble ||= local === 'type' && /(?:^|:)(?:double|float)$/.test(text.trim());
      continue;
    }
    const name = `@${local}`;
    if (found.has(name)) {
      throw new SourceMalformed(
        `Cannot ${action}: an element must have each attribute once, but has ${name} twice`,
      );
    }
    found.set(name, { name, text, isNil: false, children: [] });
  }
  return { children: [...found.values()], isNil, isDouble };
}

function cdataOf(content: unknown): string {
  const items: readonly unknown[] = Array.isArray(content) ? content : [];
  return items.map((item) => String(partsOf(item).get(TEXT) ?? '')).join('');
}

/** `<m:row` and `@m:row` are `row`. (An empty element has the mark twice.) */
function localName(key: string): string {
  const colon = key.indexOf(':');
  return colon === -1 ? key.replace(/^[<@]+/, '') : key.slice(colon + 1);
}

/** The parser's objects have own properties named from outside; nothing may be read of them by inheritance. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
