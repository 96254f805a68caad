import { SourceMalformed } from '../../source-error.js';
import type { AnswerTree, FoundRows } from '../../web/answer/answer-tree.js';
import { countBeside } from '../../web/answer/count-beside.js';
import { isLeaf, type XmlNode } from '../xml/xml-node.js';
import { guessRowsPath } from './guess-xml-rows.js';
import { readXmlRow } from './read-xml-row.js';
import { createPathFinder, type PathFinder } from './xml-paths.js';

/**
 * The body of a SOAP answer for the reader of answers. Paths begin inside the body, at the operation's answer.
 *
 * @param columns those that the mapping reads.
 * @param action completes the sentence "Cannot …".
 */
export function createXmlAnswer(body: XmlNode, columns: readonly string[], action: string): AnswerTree {
  const finder = createPathFinder(action);
  return {
    textAt: (path) => textAt(body, path, finder, action),
    messageAt: (path) => finder.find(body, path)[0]?.text ?? null,
    rowsAt: (path) => rowsAt(body, path, finder, (row) => readXmlRow(row, columns, finder, action)),
    guessRowsPath: () => guessRowsPath(body, finder),
  };
}

/** Null when it is absent or nil. Blanks around it mean nothing in codes and numbers. */
function textAt(body: XmlNode, path: string, finder: PathFinder, action: string): string | null {
  const [node, ...others] = finder.find(body, path);
  if (node === undefined || node.isNil) return null;
  if (others.length > 0 || !isLeaf(node)) {
    throw new SourceMalformed(
      `Cannot ${action}: the answer must have one text at ${path}, but has several or elements there`,
    );
  }
  return node.text.trim();
}

function rowsAt(
  body: XmlNode,
  path: string,
  finder: PathFinder,
  read: (row: XmlNode) => ReadonlyMap<string, string | null>,
): FoundRows {
  const found = finder.find(body, path);
  if (found.length > 0) {
    const items = found.flatMap((node) => finder.itemsOf(node)).filter((node) => !node.isNil);
    if (items.every(isBare)) return { kind: items.length === 0 ? 'rows' : 'nothing', rows: [] };
    return { kind: 'rows', rows: items.map(read) };
  }
  return { kind: whyAbsent(lastOnTheWay(body, path, finder)) };
}

/** What stands where the path breaks off. */
function whyAbsent(lists: readonly XmlNode[]): Exclude<FoundRows['kind'], 'rows'> {
  if (lists.some((list) => list.children.some((child) => !isLeaf(child)))) return 'others';
  const beside = lists.flatMap((list) =>
    list.children.map(({ name, text }) => [name.replace('@', ''), text] as const),
  );
  const count = countBeside(beside);
  if (count !== 'unknown') return count === 'none' ? 'nothing' : 'others';
  // Attributes, such as the type of an empty array, say something of the list and are no rows.
  const isEmpty = (list: XmlNode) => list.isNil || (isLeaf(list) && list.text.trim() === '');
  return lists.length > 0 && lists.every(isEmpty) ? 'nothing' : 'absent';
}

/** The elements at which a path breaks off; none when not even its first step is there. */
function lastOnTheWay(body: XmlNode, path: string, finder: PathFinder): readonly XmlNode[] {
  const steps = path.split('.');
  for (let length = steps.length - 1; length > 0; length -= 1) {
    const found = finder.find(body, steps.slice(0, length).join('.'));
    if (found.length > 0) return found;
  }
  return [];
}

/** An element without content: what services write for no rows, such as the diffgram of an empty DataSet. */
function isBare(node: XmlNode): boolean {
  return node.children.length === 0 && node.text.trim() === '';
}
