import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';
import { lockedPackages, productionPackages } from './locked-packages.js';

const root = findProjectRoot();
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

/** Two of one of these in a process do not know each other's objects, or count and open twice. */
const ONLY_ONCE = [
  ...['graphql', '@apollo/federation-internals', '@apollo/query-graphs', '@apollo/query-planner'],
  ...['better-sqlite3', 'prom-client', 'pino'],
];

describe('package-lock.json', () => {
  it('names no address: packages come from whichever registry the machine is set to', () => {
    const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(lockedPackages().filter(({ resolved, link }) => resolved !== undefined || link)).toEqual([]);
    expect(text.match(/"[^"]*(git\+|git@|github:|file:|\.tgz)[^"]*"/g) ?? []).toEqual([]);
  });

  it('has a SHA-512 hash of every package', () => {
    const packages = lockedPackages();
    expect(packages.length).toBeGreaterThan(400);
    const unhashed = packages.filter(
      ({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
    );
    expect(unhashed.map(({ path }) => path)).toEqual([]);
  });

  it('is asked for exact versions alone', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('has packages with install scripts only where package.json has decided on them', () => {
    const withScripts = lockedPackages().filter(({ hasInstallScript }) => hasInstallScript === true);
    const decided = Object.keys(manifest.allowScripts);
    expect([...new Set(withScripts.map(({ name }) => name))].sort()).toEqual(decided.sort());
  });

  it('runs no install script but the one that compiles SQLite', () => {
    const { allowScripts } = manifest;
    expect(Object.keys(allowScripts).filter((name) => allowScripts[name])).toEqual(['better-sqlite3']);
  });

  it.each(ONLY_ONCE)('has %s once', (name) => {
    const paths = lockedPackages().filter((locked) => locked.name === name);
    expect(paths.map(({ path }) => path)).toEqual([`node_modules/${name}`]);
  });
});

describe('deploy/supply/licences.yaml', () => {
  const allowed = parse(readFileSync(join(root, 'deploy/supply/licences.yaml'), 'utf8')) as Readonly<
    Record<string, { readonly why: string; readonly only?: readonly string[] }>
  >;

  it('allows the licence of every production package', () => {
    const refused = productionPackages().filter(({ name, license = '' }) => {
      const rule = allowed[license];
      return rule === undefined || rule.only?.includes(name) === false;
    });
    expect(refused.map(({ name, version, license }) => `${name}@${version}: ${license}`)).toEqual([]);
  });

  it('has a reason for each, and lists none that no package has', () => {
    const used = new Set(productionPackages().map(({ license }) => license));
    expect(Object.keys(allowed).filter((licence) => !used.has(licence))).toEqual([]);
    expect(Object.values(allowed).filter(({ why }) => (why ?? '').length < 5)).toEqual([]);
  });

  it('limits the Elastic License to the packages that NOTICE names', () => {
    const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
    const named = [...(notice.split('Copyright')[0] ?? '').matchAll(/@apollo\/[a-z-]+/g)].map(
      ([name]) => name,
    );
    expect(allowed['Elastic-2.0']?.only).toEqual(named);
  });
});
