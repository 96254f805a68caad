import { decodeJson, isJsonList, isJsonObject, type JsonTree } from '../../web/answer/json-tree.js';
import { resolveJsonReferences } from './resolve-json-references.js';

/** Stands for the whole answer where a path is asked for. */
export const WHOLE = '$';

/**
 * What stands at a dotted path such as `data.list` or `$`; undefined when there is nothing, not even null. A step
 * that meets JSON inside a text goes on inside it; one of digits counts the items of a list from 0.
 *
 * @throws {SourceMalformed} on a text on the way that begins as JSON and is none.
 */
export function findPath(tree: JsonTree, path: string, action: string): JsonTree | undefined {
  const { at, isEnd } = followPath(tree, path, action);
  return isEnd ? at : undefined;
}

/** How far a path leads: to its end, or to the last value on the way. */
export function followPath(
  tree: JsonTree,
  path: string,
  action: string,
): { readonly at: JsonTree; readonly isEnd: boolean } {
  const steps = path === WHOLE ? [] : path.replace(/^\$\./, '').split('.');
  let at = tree;
  for (const step of steps) {
    const inside = openText(at, action);
    const next = takeStep(inside, step);
    if (next === undefined) return { at: inside, isEnd: false };
    at = next;
  }
  return { at, isEnd: true };
}

/** The JSON that a text is; anything else as it is. */
export function openText(tree: JsonTree, action: string): JsonTree {
  return typeof tree === 'string' && /^\s*[[{]/.test(tree)
    ? resolveJsonReferences(decodeJson(tree, action), action)
    : tree;
}

function takeStep(tree: JsonTree, step: string): JsonTree | undefined {
  if (isJsonObject(tree)) return tree.get(step);
  return isJsonList(tree) && /^\d{1,6}$/.test(step) ? tree[Number(step)] : undefined;
}
