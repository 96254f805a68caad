import { isJsonList, isJsonObject, type JsonTree } from '../../web/answer/json-tree.js';
import { openText, WHOLE } from './json-paths.js';

const MAX_DEPTH = 8;

/**
 * The path of the longest list of objects in an answer, or of its deepest lone object where there is no list: what a
 * person would look for first. `$` when the answer itself is the row.
 */
export function guessRowsPath(tree: JsonTree, action: string): string {
  let best = { path: WHOLE, rows: 0 };
  const visit = (at: JsonTree, path: string, depth: number): void => {
    const inside = openText(at, action);
    if (depth > MAX_DEPTH) return;
    if (isJsonList(inside)) {
      const rows = inside.filter((item) => isJsonObject(openText(item, action))).length;
      if (rows === inside.length && rows > best.rows) best = { path, rows };
      return;
    }
    if (!isJsonObject(inside)) return;
    for (const [name, member] of inside) visit(member, path === WHOLE ? name : `${path}.${name}`, depth + 1);
  };
  visit(tree, WHOLE, 0);
  return best.rows > 0 ? best.path : loneObject(tree, action);
}

/** Answers wrap one object in others that hold little else: `{ code, data: { … } }`. */
function loneObject(tree: JsonTree, action: string): string {
  const whole = openText(tree, action);
  if (!isJsonObject(whole)) return WHOLE;
  const objects = [...whole].filter(([, member]) => isJsonObject(openText(member, action)));
  const [name] = objects[0] ?? [];
  return name === undefined || objects.length > 1 || name.includes('.') ? WHOLE : name;
}
