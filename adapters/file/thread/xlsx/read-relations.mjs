import { posix } from 'node:path';
import { parseXml } from './parse-xml.mjs';

/** @typedef {{ readonly type: string, readonly part: string }} Relation */

/**
 * What a part refers to, by id. `type` is the last word of the relation's URI, which is the same in both standards.
 *
 * @param {import('./zip-package.mjs').ZipPackage} zip
 * @param {string} part empty: the whole package
 * @returns {Promise<ReadonlyMap<string, Relation>>}
 */
export async function readRelations(zip, part) {
  const folder = posix.dirname(part);
  /** @type {Map<string, Relation>} */
  const relations = new Map();
  await parseXml(zip, relationsOf(part), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      // What lies outside of the file is never looked up.
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const path = decodePath(Target);
      const absolute = path.startsWith('/') ? path : posix.join('/', folder, path);
      relations.set(Id, { type: posix.basename(Type), part: posix.normalize(absolute).slice(1) });
    },
  });
  return relations;
}

/** The part that holds the relations of another one. @param {string} part */
export function relationsOf(part) {
  return posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`);
}

/** Some programs write the separators of Windows; others encode what need not be encoded. @param {string} target */
function decodePath(target) {
  const path = target.replaceAll('\\', '/');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
