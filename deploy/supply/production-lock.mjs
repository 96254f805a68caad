import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * package.json and package-lock.json without what only development needs. What is built into the console's page goes along with what
 * it depends on.
 *
 * `npm sbom --omit dev` (npm 10 and 11) leaves out every package that a development package also asks for, such as graphql.
 * Of these two files it leaves out none.
 *
 * @param {string} root folder of the project
 * @param {readonly string[]} bundled places in the lockfile of what is built into the page
 * @returns {{ manifest: any, lock: any }}
 */
export function readProduction(root, bundled) {
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const { devDependencies, ...manifest } = read('package.json');
  const lock = read('package-lock.json');
  const { devDependencies: _, ...own } = lock.packages[''];
  const built = pick(devDependencies, (name) => bundled.includes(`node_modules/${name}`));
  const withBuilt = (one) => ({ ...one, dependencies: { ...one.dependencies, ...built } });
  const needed = needs(lock.packages, Object.keys(built));
  const kept = Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && (entry.dev !== true || needed.has(path)))
    .map(([path, { dev: __, ...entry }]) => [path, entry]);
  return {
    manifest: withBuilt(manifest),
    lock: { ...lock, packages: { '': withBuilt(own), ...Object.fromEntries(kept) } },
  };
}

/**
 * @param {string} folder where `npm run build` has put the page
 * @returns {readonly string[]} what is built into it
 */
export function readBundled(folder) {
  const file = join(folder, 'packages.json');
  if (!existsSync(file)) {
    throw new Error(
      `Cannot list packages: the console must be built (npm run build), but ${file} is missing`,
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

function pick(members, isMeant) {
  return Object.fromEntries(Object.entries(members).filter(([name]) => isMeant(name)));
}

/** Places of packages, and of all that they ask for. */
function needs(packages, names) {
  const found = new Set();
  const waiting = names.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = packages[path];
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const place = placeOf(packages, path, name);
      if (place !== null) waiting.push(place);
    }
  }
  return found;
}

/** Where a package finds another one, as Node looks for it; null: it is optional and not there. */
function placeOf(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    if (folder === '') return null;
  }
}
