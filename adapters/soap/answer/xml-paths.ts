import { decodeXml } from '../xml/decode-xml.js';
import { isLeaf, type XmlNode } from '../xml/xml-node.js';
import { decodeJsonText } from './decode-json-text.js';

/** Looks up dotted paths in one answer. */
export interface PathFinder {
  /**
   * Every node at the path, in order. A step that is not among a node's
   * children looks for it in the XML or JSON that the node's text is; then the root element is a step like others.
   *
   * @throws {SourceMalformed} on a text on the way that begins as XML or JSON and is none.
   */
  find(from: XmlNode, path: string): readonly XmlNode[];
  /** What stands inside the XML or JSON that a text is; nothing where it is neither. */
  insideOf(node: XmlNode): readonly XmlNode[];
  /** The items of a JSON list that a text is; else the node itself. */
  itemsOf(node: XmlNode): readonly XmlNode[];
}

/** @param action completes the sentence "Cannot …". */
export function createPathFinder(action: string): PathFinder {
  // Codes, totals and rows lie in the same text, which is parsed once.
  const opened = new Map<XmlNode, readonly XmlNode[]>();
  const open = (node: XmlNode): readonly XmlNode[] => {
    const known = opened.get(node);
    if (known !== undefined) return known;
    const inside = isLeaf(node) ? decodeInside(node.text, action) : [];
    opened.set(node, inside);
    return inside;
  };
  const step = (node: XmlNode, name: string): readonly XmlNode[] => {
    const children = childrenNamed(node, name);
    return children.length > 0 ? children : open(node).flatMap((inner) => childrenNamed(inner, name));
  };
  return {
    find: (from, path) => {
      let nodes: readonly XmlNode[] = [from];
      for (const name of path.split('.')) nodes = nodes.flatMap((node) => step(node, name));
      return nodes;
    },
    insideOf: (node) => open(node).flatMap(({ children }) => children),
    itemsOf: (node) => (isLeaf(node) && node.text.trimStart().startsWith('[') ? open(node) : [node]),
  };
}

function childrenNamed(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.filter((child) => child.name === name);
}

function decodeInside(text: string, action: string): readonly XmlNode[] {
  const [first] = text.replace(/^\ufeff/, '').trimStart();
  if (first === '<') return [decodeXml(text, action)];
  return first === '{' || first === '[' ? decodeJsonText(text, action) : [];
}
