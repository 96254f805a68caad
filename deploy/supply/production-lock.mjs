import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * package.json and package-lock.json without what only development needs.
 *
 * `npm sbom --omit dev` (npm 10 and 11) leaves out every package that a development package also asks for, such as graphql.
 * Of these two files it leaves out none.
 *
 * @param {string} root folder of the project
 * @returns {{ manifest: any, lock: any }}
 */
export function readProduction(root) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const { devDependencies: _, ...manifest } = read('package.json');
  const lock = read('package-lock.json');
  const { devDependencies: __, ...own } = lock.packages[''];
  const needed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  return { manifest, lock: { ...lock, packages: { '': own, ...Object.fromEntries(needed) } } };
}
