import { SourceMalformed } from '../../source-error.js';
import type { WebRow } from '../../web/web-protocol.js';
import { isLeaf, type XmlNode } from '../xml/xml-node.js';
import type { PathFinder } from './xml-paths.js';

/**
 * One row: a column for every element that holds only text, by its dotted path, and for every `@attribute`. An element
 * that occurs several times, or that holds elements, is no column.
 *
 * @param columns those that the mapping reads; they may also lead into XML or JSON that a text is.
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} when one of these is there but is no column, as then its value would be a guess.
 */
export function readXmlRow(
  row: XmlNode,
  columns: readonly string[],
  finder: PathFinder,
  action: string,
): WebRow {
  const cells = new Map<string, string | null>();
  const unclear = new Set<string>();
  collectCells(row, '', cells, unclear);
  for (const name of unclear) cells.delete(name);
  for (const column of columns) {
    const isUnclear = unclear.has(column) || (!cells.has(column) && !readInside(row, column, cells, finder));
    if (!isUnclear) continue;
    throw new SourceMalformed(
      `Cannot ${action}: a row must have one text as ${column}, but has several or elements there`,
    );
  }
  return cells;
}

function collectCells(
  node: XmlNode,
  prefix: string,
  cells: Map<string, string | null>,
  unclear: Set<string>,
): void {
  for (const child of node.children) {
    const path = prefix + child.name;
    if (cells.has(path) || !isLeaf(child)) unclear.add(path);
    if (isLeaf(child)) cells.set(path, child.isNil ? null : child.text);
    collectCells(child, `${path}.`, cells, unclear);
  }
}

/** False when there is something else than one text. A column that is not there at all stays absent. */
function readInside(
  row: XmlNode,
  column: string,
  cells: Map<string, string | null>,
  finder: PathFinder,
): boolean {
  if (!column.includes('.')) return true;
  const [found, ...others] = finder.find(row, column);
  if (found === undefined) return true;
  if (others.length > 0 || !isLeaf(found)) return false;
  cells.set(column, found.isNil ? null : found.text);
  return true;
}
