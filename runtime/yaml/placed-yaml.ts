import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { explainSyntax } from './explain-syntax.js';
import type { Wording } from './wording.js';

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What is wrong with the text itself, and where. */
interface SyntaxFault extends Wording {
  readonly place: Place;
}

/** A parsed YAML text that knows where everything stands. */
export interface PlacedYaml {
  readonly value: unknown;
  /** What could be read of a text with syntax errors: a guess at what was meant, never to be used as data. */
  readonly guess: unknown;
  /** Syntax errors, if any; `value` is then null. */
  readonly errors: readonly SyntaxFault[];
  /** Place of the value at a path; of the nearest enclosing value when there is none. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Place of the key itself. */
  placeOfKey(path: readonly PropertyKey[], key: string): Place;
}

/** @param file path as it should be shown in messages. */
export function parsePlacedYaml(text: string, file: string): PlacedYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, merge: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const errors = document.errors.map(({ code, message, pos: [from, to] }): SyntaxFault => {
    const { offset, zh, en } = explainSyntax({ code, message, from, to }, text);
    return { place: placeAt(offset), zh, en };
  });
  const guess = guessValue(document);
  return {
    value: errors.length === 0 ? guess : null,
    guess,
    errors,
    placeOf: (path) => placeAt(offsetOf(document, path)),
    placeOfKey: (path, key) => placeAt(offsetOfKey(document, path, key)),
  };
}

function guessValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // What has syntax errors may not make sense as a whole.
    if (document.errors.length > 0) return null;
    throw error;
  }
}

function nodeAt(document: Document, path: readonly PropertyKey[]): Node | null {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return typeof node === 'object' && node !== null && 'range' in node ? (node as Node) : null;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(document, path.slice(0, length));
    if (node?.range) return node.range[0];
  }
  return 0;
}

function offsetOfKey(document: Document, path: readonly PropertyKey[], key: string): number {
  const node = nodeAt(document, path);
  if (isMap(node)) {
    for (const pair of node.items) {
      if (isScalar(pair.key) && String(pair.key.value) === key && pair.key.range) return pair.key.range[0];
    }
  }
  return offsetOf(document, path);
}
