/** What can be told of a GraphQL text without parsing it. */
export interface DocumentScan {
  readonly tokens: number;
  /** How deep brackets stand within each other: `{`, `(` and `[`, whatever they belong to. */
  readonly nesting: number;
}

const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const DOT = 46;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

/** Characters by what they begin. */
const OPENING = new Set([...'{(['].map(codeOf));
const CLOSING = new Set([...'})]'].map(codeOf));
const IN_NAME = tableOf(/\w/);
const IN_NUMBER = tableOf(/[\w.]/);
const SIGN = tableOf(/[+-]/);
const EXPONENT = tableOf(/e/i);
const BEGINS_NUMBER = tableOf(/[\d-]/);

/**
 * Counts tokens and nested brackets in one pass without recursion, so that it may look at what the parser must not see. Of a text
 * that is no GraphQL it counts at least what the parser reads before it gives up.
 */
export function scanDocument(text: string): DocumentScan {
  let tokens = 0;
  let depth = 0;
  let nesting = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= SPACE || code === COMMA || code === BYTE_ORDER_MARK) {
      at += 1;
      continue;
    }
    if (code === HASH) {
      at = endOfLine(text, at);
      continue;
    }
    tokens += 1;
    if (code === QUOTE) at = endOfString(text, at);
    else if (code < 128 && BEGINS_NUMBER[code] === true) at = endOfNumber(text, at + 1);
    else if (code < 128 && IN_NAME[code] === true) at = endOfName(text, at + 1);
    else if (code === DOT) at += text.startsWith('...', at) ? 3 : 1;
    else {
      at += 1;
      if (OPENING.has(code)) {
        depth += 1;
        if (depth > nesting) nesting = depth;
      } else if (CLOSING.has(code)) depth -= 1;
    }
  }
  return { tokens, nesting };
}

function endOfName(text: string, from: number): number {
  let at = from;
  while (IN_NAME[text.charCodeAt(at)] === true) at += 1;
  return at;
}

/** A sign belongs to a number behind its `e` alone. */
function endOfNumber(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    const isPart =
      IN_NUMBER[code] === true || (SIGN[code] === true && EXPONENT[text.charCodeAt(at - 1)] === true);
    if (!isPart) return at;
    at += 1;
  }
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== LINE_FEED && text.charCodeAt(at) !== RETURN) at += 1;
  return at;
}

/** Behind the string that begins at `from`; one that does not end is no token, and nothing behind it is read. */
function endOfString(text: string, from: number): number {
  if (text.startsWith('"""', from)) {
    for (let at = from + 3; ; ) {
      const end = text.indexOf('"""', at);
      if (end === -1) return text.length;
      if (text.charCodeAt(end - 1) !== BACKSLASH) return end + 3;
      at = end + 3;
    }
  }
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
    else if (code === LINE_FEED || code === RETURN) return at;
  }
  return text.length;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

function tableOf(pattern: RegExp): readonly boolean[] {
  return Array.from({ length: 128 }, (_, code) => pattern.test(String.fromCharCode(code)));
}
