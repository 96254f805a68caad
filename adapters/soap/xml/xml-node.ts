/** An element, an attribute (`@name`) or a JSON property of an answer. */
export interface XmlNode {
  /** Without a namespace prefix. */
  readonly name: string;
  /** Its own text and CDATA exactly, joined in order; that of its children is theirs. */
  readonly text: string;
  /** `xsi:nil`, or JSON's null: there is no value, which is not the same as no text. */
  readonly isNil: boolean;
  readonly children: readonly XmlNode[];
}

/** Whether it is a cell rather than a record: attributes do not count. */
export function isLeaf(node: XmlNode): boolean {
  return node.children.every((child) => child.name.startsWith('@'));
}
