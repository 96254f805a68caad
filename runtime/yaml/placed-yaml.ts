import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/** Where something stands in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A parsed YAML text that knows where everything stands. */
export interface PlacedYaml {
  readonly value: unknown;
  /** Syntax errors, if any; `value` is then not to be trusted. */
  readonly errors: readonly { readonly place: Place; readonly message: string }[];
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
  const errors = document.errors.map((error) => ({
    place: placeAt(error.pos[0]),
    message: (error.message.split('\n')[0] ?? error.code).replace(/ at line \d+, column \d+:?$/, ''),
  }));
  return {
    value: errors.length === 0 ? document.toJS({ maxAliasCount: 100 }) : null,
    errors,
    placeOf: (path) => placeAt(offsetOf(document, path)),
    placeOfKey: (path, key) => placeAt(offsetOfKey(document, path, key)),
  };
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
