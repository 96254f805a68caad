import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import { NO_XML_CHARACTER } from './xml-characters.js';

const MAX_DEPTH = 64;
/** Elements, texts and attributes of one document; each takes some hundred bytes once it is parsed. */
const MAX_NODES = 500_000;
const LONG_TEXT = 200;
const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

// The validator checks names by themselves.
const OPENING = /<[^\s<>&"'=/!?]+/y;
const ATTRIBUTE = /[ \t\r\n]+[^\s<>&"'=/!?]+[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*')/y;
const OPENING_END = /[ \t\r\n]*\/?>/y;
const CLOSING = /<\/[^\s<>&"'=/!?]+[ \t\r\n]*>/y;
const BLANK = /^[ \t\r\n]*$/;

/** A stretch of text or of the content of CDATA. */
export interface TextSpan {
  readonly from: number;
  readonly to: number;
}

interface Token {
  readonly kind: 'open' | 'empty' | 'close' | 'text' | 'cdata' | 'comment';
  readonly end: number;
  readonly attributes: number;
}

/**
 * Refuses what the parser behind `decodeXml` would let pass or read otherwise than others do: DOCTYPE and other
 * declarations, processing instructions (SOAP forbids them), loose tags and attributes, characters that XML does not
 * have, anything around the root, and documents that are too deep or too large to be held in memory.
 *
 * @param text without its XML declaration.
 * @returns the texts that are longer than most cells, in order.
 * @throws {SourceMalformed}
 * @throws {SourceTooLarge}
 */
export function scanXml(text: string, action: string): readonly TextSpan[] {
  const odd = NO_XML_CHARACTER.exec(text);
  if (odd !== null) throw malformed(action, 'must hold characters of XML only', odd.index);
  let depth = 0;
  let roots = 0;
  let nodes = 0;
  const long: TextSpan[] = [];
  let at = 0;
  while (at < text.length) {
    const token = readToken(text, at, action);
    if (depth === 0 && isOutOfPlace(token, text.slice(at, token.end))) {
      throw malformed(action, 'must hold nothing beside its root element', at);
    }
    if (depth === 0 && (token.kind === 'open' || token.kind === 'empty')) roots += 1;
    if (roots > 1) throw malformed(action, 'must have one root element', at);
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    if (depth > MAX_DEPTH) throw malformed(action, `must not be deeper than ${MAX_DEPTH} elements`, at);
    nodes += 1 + token.attributes;
    if (nodes > MAX_NODES) {
      throw new SourceTooLarge(`Cannot ${action}: an XML answer must have at most ${MAX_NODES} parts`);
    }
    if (depth > 0 && token.end - at > LONG_TEXT) long.push(...spanOf(token, at));
    at = token.end;
  }
  return long;
}

function spanOf({ kind, end }: Token, at: number): readonly TextSpan[] {
  if (kind === 'text') return [{ from: at, to: end }];
  return kind === 'cdata' ? [{ from: at + CDATA_START.length, to: end - CDATA_END.length }] : [];
}

function isOutOfPlace(token: Token, text: string): boolean {
  return token.kind === 'close' || token.kind === 'cdata' || (token.kind === 'text' && !BLANK.test(text));
}

function readToken(text: string, at: number, action: string): Token {
  if (text[at] !== '<') {
    const next = text.indexOf('<', at);
    return { kind: 'text', end: next === -1 ? text.length : next, attributes: 0 };
  }
  if (text.startsWith('<!--', at)) return readUntil('comment', '-->', at + 4);
  if (text.startsWith(CDATA_START, at)) return readUntil('cdata', CDATA_END, at + CDATA_START.length);
  if (text.startsWith('<!', at) || text.startsWith('<?', at)) {
    throw malformed(action, 'must have no DOCTYPE, no declarations and no processing instructions', at);
  }
  if (text.startsWith('</', at)) {
    return { kind: 'close', end: matchAt(CLOSING, text, at, action), attributes: 0 };
  }
  return readOpening(text, at, action);

  function readUntil(kind: Token['kind'], close: string, from: number): Token {
    const end = text.indexOf(close, from);
    if (end === -1) throw malformed(action, `must close every ${kind}`, at);
    return { kind, end: end + close.length, attributes: 0 };
  }
}

/** Attribute by attribute: one expression for all of them would run out of stack on a hostile tag. */
function readOpening(text: string, at: number, action: string): Token {
  let end = matchAt(OPENING, text, at, action);
  let attributes = 0;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    if (!ATTRIBUTE.test(text)) break;
    end = ATTRIBUTE.lastIndex;
    attributes += 1;
  }
  end = matchAt(OPENING_END, text, end, action);
  return { kind: text[end - 2] === '/' ? 'empty' : 'open', end, attributes };
}

function matchAt(pattern: RegExp, text: string, at: number, action: string): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw malformed(action, 'must have well-formed tags only', at);
  return pattern.lastIndex;
}

function malformed(action: string, must: string, at: number): SourceMalformed {
  return new SourceMalformed(`Cannot ${action}: the XML ${must}, but does not at character ${at + 1}`);
}
