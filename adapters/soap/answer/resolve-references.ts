import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import type { XmlNode } from '../xml/xml-node.js';

/** Elements of one answer once every reference is replaced by what it stands for. */
const MAX_NODES = 500_000;
const MAX_DEPTH = 200;

interface Resolved {
  readonly node: XmlNode;
  /** Elements and attributes in it, itself included. */
  readonly size: number;
}

/**
 * Replaces references by what they stand for: `href="#id0"` of SOAP's encoding (Axis 1 and PHP write rows and cells
 * that way), and `<xop:Include href="cid:…"/>` of MTOM by the part's bytes as base64.
 *
 * @param body the body of the answer; its elements may refer to each other.
 * @param part gives a part of a multipart answer by its Content-ID.
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} on a reference to nothing, to several elements or to itself.
 * @throws {SourceTooLarge} when the answer would become too large or too deep.
 */
export function resolveReferences(
  body: XmlNode,
  part: (id: string) => Buffer | null,
  action: string,
): XmlNode {
  const targets = new Map<string, XmlNode[]>();
  if (!collectTargets(body, targets)) return body;
  const known = new Map<XmlNode, Resolved>();
  const open = new Set<XmlNode>();

  const resolve = (node: XmlNode): Resolved => {
    const done = known.get(node);
    if (done !== undefined) return done;
    if (open.has(node) || open.size > MAX_DEPTH) {
      throw new SourceMalformed(
        `Cannot ${action}: references must end somewhere, but one leads to itself or through more than ${MAX_DEPTH} elements`,
      );
    }
    open.add(node);
    const resolved = resolveOnce(node);
    open.delete(node);
    if (resolved.size > MAX_NODES) {
      throw new SourceTooLarge(`Cannot ${action}: an XML answer must have at most ${MAX_NODES} parts`);
    }
    known.set(node, resolved);
    return resolved;
  };

  const resolveOnce = (node: XmlNode): Resolved => {
    const id = referenceOf(node);
    if (id !== null) {
      const { node: target, size } = resolve(targetOf(id));
      const children = target.children.filter(({ name }) => name !== '@id');
      return { node: { ...target, name: node.name, children }, size };
    }
    const attachment = attachmentOf(node);
    if (attachment !== null) return { node: readAttachment(node, attachment), size: 1 };
    const children = node.children.map(resolve);
    const size = children.reduce((sum, child) => sum + child.size, 1);
    return { node: { ...node, children: children.map((child) => child.node) }, size };
  };

  const targetOf = (id: string): XmlNode => {
    const [target, ...others] = targets.get(id) ?? [];
    if (target !== undefined && others.length === 0) return target;
    throw new SourceMalformed(
      `Cannot ${action}: an element refers to "#${id}", which must be one element, but ${others.length > 0 ? 'several have that id' : 'none has that id'}`,
    );
  };

  const readAttachment = (node: XmlNode, id: string): XmlNode => {
    const bytes = part(id);
    if (bytes !== null) return { ...node, text: bytes.toString('base64'), children: [] };
    throw new SourceMalformed(
      `Cannot ${action}: an element includes ${JSON.stringify(id)}, which must be a part of the answer, but is none`,
    );
  };

  return resolve(body).node;
}

/** Whether there is any reference at all; on the way, what has an id. */
function collectTargets(node: XmlNode, targets: Map<string, XmlNode[]>): boolean {
  let refers = referenceOf(node) !== null || attachmentOf(node) !== null;
  const id = attributeOf(node, '@id');
  if (id !== null) targets.set(id, [...(targets.get(id) ?? []), node]);
  for (const child of node.children) refers = collectTargets(child, targets) || refers;
  return refers;
}

/** The id that an otherwise empty element refers to; `ref` is SOAP 1.2's, as PHP writes it. */
function referenceOf(node: XmlNode): string | null {
  if (node.text.trim() !== '' || node.children.some(({ name }) => !name.startsWith('@'))) return null;
  const href = attributeOf(node, '@href') ?? attributeOf(node, '@ref');
  return href !== null && /^#./.test(href) ? href.slice(1) : null;
}

function attachmentOf(node: XmlNode): string | null {
  const [include, ...others] = node.children.filter(({ name }) => !name.startsWith('@'));
  if (include?.name !== 'Include' || others.length > 0) return null;
  const href = attributeOf(include, '@href');
  return href !== null && /^cid:/i.test(href) ? href : null;
}

function attributeOf(node: XmlNode, name: string): string | null {
  return node.children.find((child) => child.name === name)?.text ?? null;
}
