import {
  decodeJson,
  isJsonList,
  isJsonObject,
  type JsonTree,
  textOfJson,
} from '../../web/answer/json-tree.js';
import type { XmlNode } from '../xml/xml-node.js';

/**
 * Reads JSON that stands as a text in an answer. Numbers keep their digits; a list of several is several nodes of one
 * name, as in XML, and an empty list is a node that is nil, as there is a list but no value.
 *
 * @param action completes the sentence "Cannot …".
 * @returns one nameless node, or those of a list.
 * @throws {SourceMalformed} on what is no JSON, gives one name two values or is too deep.
 */
export function decodeJsonText(text: string, action: string): readonly XmlNode[] {
  return toNodes('', decodeJson(text.replace(/^\ufeff/, ''), action));
}

function toNodes(name: string, tree: JsonTree): readonly XmlNode[] {
  if (isJsonList(tree) && tree.length > 0) return tree.flatMap((item) => toNodes(name, item));
  if (isJsonObject(tree)) {
    const children = [...tree].flatMap(([member, value]) => toNodes(member, value));
    return [{ name, text: '', isNil: false, children }];
  }
  const isNil = tree === null || isJsonList(tree);
  return [{ name, text: isNil ? '' : (textOfJson(tree) ?? ''), isNil, children: [] }];
}
