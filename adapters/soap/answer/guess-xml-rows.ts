import { isLeaf, type XmlNode } from '../xml/xml-node.js';
import type { PathFinder } from './xml-paths.js';

const MAX_DEPTH = 16;

/**
 * The path of the element with content of its own that occurs most often beside its like: what a person would look
 * for first. Where none repeats, that of the deepest element whose children are all texts. Empty when there is nothing.
 */
export function guessRowsPath(body: XmlNode, finder: PathFinder): string {
  let best = { path: '', rows: 0, depth: -1 };
  const visit = (nodes: readonly XmlNode[], path: string, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    const [first] = nodes;
    if (first === undefined) return;
    const isRecord = nodes.every((node) => node.children.length > 0 && node.children.every(isLeaf));
    if (isRecord && (nodes.length > best.rows || (nodes.length === best.rows && depth > best.depth))) {
      best = { path, rows: nodes.length, depth };
    }
    const inside = isLeaf(first) ? finder.insideOf(first) : first.children;
    for (const name of new Set(inside.map((child) => child.name))) {
      const next = path === '' ? name : `${path}.${name}`;
      visit(finder.find(body, next), next, depth + 1);
    }
  };
  visit([body], '', 0);
  return best.path;
}
