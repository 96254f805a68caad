import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import { isJsonList, isJsonObject, type JsonTree } from '../../web/answer/json-tree.js';

const MAX_DEPTH = 64;
/** Values of one answer once every reference is replaced. */
const MAX_VALUES = 1_000_000;

/**
 * Replaces references by what they stand for: `{"$ref":"$.data.list[0].owner"}`, as Fastjson writes an object that
 * occurs again, and `{"$ref":"3"}` to an object with `"$id":"3"`, as .NET does. Without them a repeated owner would be
 * an owner without a name.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} on a reference to nothing, or in a circle.
 * @throws {SourceTooLarge}
 */
export function resolveJsonReferences(tree: JsonTree, action: string): JsonTree {
  const ids = new Map<string, JsonTree>();
  if (!collectIds(tree, ids)) return tree;

  let values = 0;
  const resolve = (at: JsonTree, depth: number): JsonTree => {
    values += 1;
    if (values > MAX_VALUES) {
      throw new SourceTooLarge(`Cannot ${action}: an answer must have at most ${MAX_VALUES} values`);
    }
    if (depth > MAX_DEPTH) {
      throw new SourceMalformed(`Cannot ${action}: references must end somewhere, but one leads in a circle`);
    }
    if (isJsonList(at)) return at.map((item) => resolve(item, depth + 1));
    if (!isJsonObject(at)) return at;
    const reference = referenceOf(at);
    if (reference !== null) return resolve(targetOf(reference), depth + 1);
    return new Map([...at].map(([name, member]) => [name, resolve(member, depth + 1)]));
  };

  const targetOf = (reference: string): JsonTree => {
    const target = reference.startsWith('$') ? follow(tree, reference) : ids.get(reference);
    if (target !== undefined) return target;
    throw new SourceMalformed(
      `Cannot ${action}: an object refers to ${JSON.stringify(reference)}, which must be in the answer, but is not`,
    );
  };

  return resolve(tree, 0);
}

/** Whether there is any reference; on the way, what has an id. */
function collectIds(tree: JsonTree, ids: Map<string, JsonTree>): boolean {
  if (isJsonList(tree)) return tree.reduce<boolean>((found, item) => collectIds(item, ids) || found, false);
  if (!isJsonObject(tree)) return false;
  const id = tree.get('$id');
  if (typeof id === 'string') ids.set(id, tree);
  let found = referenceOf(tree) !== null;
  for (const member of tree.values()) found = collectIds(member, ids) || found;
  return found;
}

/** The one member of an object that is nothing but a reference. */
function referenceOf(object: ReadonlyMap<string, JsonTree>): string | null {
  const reference = object.size === 1 ? object.get('$ref') : undefined;
  return typeof reference === 'string' ? reference : null;
}

/** What stands at `$.data.list[0].owner`; Fastjson's `@` and `..` stand for no row's own data. */
function follow(tree: JsonTree, path: string): JsonTree | undefined {
  let at: JsonTree | undefined = tree;
  for (const [, name, index, quoted] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[["']([^"']*)["']\]/g)) {
    if (at === undefined) return undefined;
    if (index !== undefined) at = isJsonList(at) ? at[Number(index)] : undefined;
    else at = isJsonObject(at) ? at.get(name ?? quoted ?? '') : undefined;
  }
  return at;
}
