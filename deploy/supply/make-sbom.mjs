// Writes the list of all production packages, and of those that are built into the console's page, as CycloneDX JSON to
// dist/sbom.cdx.json: `npm run sbom`, after `npm run build`. Asks no registry.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBundled, readProduction } from './production-lock.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SBOM = [
  'sbom',
  '--sbom-format=cyclonedx',
  '--sbom-type=application',
  '--package-lock-only',
  '--offline',
];

/**
 * The same text for the same lockfile, whichever npm writes it: without moment, serial number and npm's version.
 *
 * @param {readonly string[]} bundled places in the lockfile of what is built into the page
 * @param {string} root folder of the project
 * @returns {string}
 */
export function makeSbom(bundled, root = ROOT) {
  const { manifest, lock } = readProduction(root, bundled);
  const parent = mkdtempSync(join(tmpdir(), 'enforcement-sbom-'));
  try {
    // npm names the application after its folder.
    const folder = join(parent, manifest.name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const text = execFileSync('npm', SBOM, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const all = withoutChance(JSON.parse(text));
    return `${JSON.stringify(ofProduct(all, root, bundled), null, 2)}\n`;
  } finally {
    rmSync(parent, { recursive: true });
  }
}

/** Without what the bundled packages ask for and the page has nothing of; what the page alone has is told as such. */
function ofProduct({ components, dependencies, ...bom }, root, bundled) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const refOf = ([path, { name = path.slice(path.lastIndexOf('node_modules/') + 13), version }]) =>
    `${name}@${version}`;
  const refs = (isMeant) => new Set(Object.entries(packages).filter(isMeant).map(refOf));
  const installed = refs(([path, { dev }]) => path !== '' && dev !== true);
  const built = refs(([path]) => bundled.includes(path));
  const isPart = (ref) => installed.has(ref) || built.has(ref);
  const own = bom.metadata.component['bom-ref'];
  const inPage = { name: 'enforcement-graph:part', value: 'console' };
  return {
    ...bom,
    components: components
      .filter((one) => isPart(one['bom-ref']))
      .map((one) =>
        installed.has(one['bom-ref']) ? one : { ...one, properties: [...(one.properties ?? []), inPage] },
      ),
    dependencies: dependencies
      .filter(({ ref }) => ref === own || isPart(ref))
      .map((one) => ({ ...one, dependsOn: one.dependsOn.filter(isPart) })),
  };
}

function withoutChance({ serialNumber: _, metadata, components, dependencies, ...bom }) {
  const { timestamp: __, tools, ...about } = metadata;
  return {
    ...bom,
    metadata: {
      ...about,
      tools: tools.map(({ vendor, name }) => ({ vendor, name })),
      component: withoutPath(about.component),
    },
    components: onceEach(components, 'bom-ref').map(withoutPath),
    dependencies: onceEach(dependencies, 'ref'),
  };
}

/** npm 10 lists a package once for each folder that it lies in, npm 11 once. */
function onceEach(entries, key) {
  const byKey = new Map(entries.map((entry) => [entry[key], entry]));
  return [...byKey.values()].sort((a, b) => (a[key] < b[key] ? -1 : 1));
}

/** Only npm 10 tells where in node_modules a package lies. */
function withoutPath({ properties = [], ...component }) {
  const told = properties.filter(({ name }) => name !== 'cdx:npm:package:path');
  return { ...component, ...(told.length > 0 && { properties: told }) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(ROOT, 'dist', 'sbom.cdx.json');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, makeSbom(readBundled(join(ROOT, 'dist', 'console'))));
  process.stdout.write(`${file}\n`);
}
