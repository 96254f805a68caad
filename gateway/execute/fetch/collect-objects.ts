import { memberOf } from './generated-code.js';

/** Calls `take` for every object at a path of the answer. Whatever has another shape on the way is passed over. */
export type CollectObjects = (root: unknown, take: (object: Record<string, unknown>) => void) => void;

/** @param path response names from the root; `@` for every element of a list. */
export function compileCollect(path: readonly string[]): CollectObjects {
  let code = 'let v0 = root;\n';
  let end = '';
  let depth = 0;
  for (const part of path) {
    const from = `v${depth}`;
    depth++;
    if (part === '@') {
      code += `if (Array.isArray(${from})) for (let i${depth} = 0; i${depth} < ${from}.length; i${depth}++) { const v${depth} = ${from}[i${depth}];\n`;
    } else {
      code += `if (typeof ${from} === 'object' && ${from} !== null && !Array.isArray(${from})) { const v${depth} = ${memberOf(from, part)};\n`;
    }
    end += '}';
  }
  code += `if (typeof v${depth} === 'object' && v${depth} !== null && !Array.isArray(v${depth})) take(v${depth});\n`;
  return new Function('root', 'take', code + end) as CollectObjects;
}

interface FoundObject {
  readonly object: Record<string, unknown>;
  /** In the answer, with places in lists. */
  readonly path: readonly (string | number)[];
}

/** The same objects in the same order, with their places: for errors. */
export function findObjects(root: unknown, path: readonly string[]): readonly FoundObject[] {
  const found: FoundObject[] = [];
  const visit = (value: unknown, depth: number, at: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const part = path[depth];
    if (part === '@') {
      if (!Array.isArray(value)) return;
      for (const [index, element] of value.entries()) visit(element, depth + 1, [...at, index]);
    } else if (!Array.isArray(value)) {
      if (part === undefined) found.push({ object: value as Record<string, unknown>, path: at });
      else if (Object.hasOwn(value, part)) {
        visit((value as Record<string, unknown>)[part], depth + 1, [...at, part]);
      }
    }
  };
  visit(root, 0, []);
  return found;
}
