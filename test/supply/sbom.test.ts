import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { buildConsole } from '../console/build-console.js';
import { type LockedPackage, lockedPackages } from './locked-packages.js';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly unknown[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

function makeSbom(bundled: readonly string[]): string {
  const script = `import { makeSbom } from './deploy/supply/make-sbom.mjs'; process.stdout.write(makeSbom(${JSON.stringify(bundled)}));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: findProjectRoot(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // No registry: the list is made of the lockfile alone.
    env: { PATH: process.env.PATH, npm_config_registry: 'http://127.0.0.1:9' },
  });
}

describe('npm run sbom', () => {
  let folder: string;
  let bundled: readonly string[];
  let text: string;
  let bom: Bom;
  beforeAll(async () => {
    folder = await buildConsole();
    bundled = JSON.parse(readFileSync(join(folder, 'packages.json'), 'utf8'));
    text = makeSbom(bundled);
    bom = JSON.parse(text);
  }, 120_000);

  it('lists every package of production and of the page with the hash of its lockfile, and none besides', () => {
    const isPart = ({ dev, path }: LockedPackage): boolean => dev !== true || bundled.includes(path);
    const locked = lockedPackages()
      .filter(isPart)
      .map(({ name, version, integrity = '' }) => {
        const hash = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
        return `${name}@${version} ${hash}`;
      });
    const listed = bom.components.map(({ name, version, hashes }) => {
      expect(hashes.map(({ alg }) => alg)).toEqual(['SHA-512']);
      return `${name}@${version} ${hashes[0]?.content}`;
    });
    expect(listed.sort()).toEqual([...new Set(locked)].sort());
  });

  it('tells which packages are in the page alone, as its licences do', () => {
    const inPage = bom.components.filter(({ properties = [] }) =>
      properties.some(({ name, value }) => name === 'enforcement-graph:part' && value === 'console'),
    );
    const notices = readFileSync(join(folder, 'notices.txt'), 'utf8');
    const told = new Set([...notices.matchAll(/^(\S+ \d[\w.-]*): /gm)].map(([, one]) => one));
    expect(inPage.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'antd', 'echarts']));
    expect(inPage.filter(({ name, version }) => !told.has(`${name} ${version}`))).toEqual([]);
    // Two packages may each have one of their own of the same version.
    const built = lockedPackages().filter(({ path }) => bundled.includes(path));
    expect(new Set(built.map(({ name, version }) => `${name} ${version}`))).toEqual(told);
    expect(bom.components.some(({ name }) => name === 'vite' || name === 'jest')).toBe(false);
  });

  it('is CycloneDX 1.5 of this application, with a licence of every package and what depends on what', () => {
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    expect(bom.metadata.component).toMatchObject({ name: 'enforcement-graph', type: 'application' });
    expect(bom.components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
    const refs = bom.dependencies.map(({ ref }) => ref);
    expect(new Set(refs).size).toBe(refs.length);
    expect(bom.dependencies.find(({ ref }) => ref.startsWith('@apollo/query-planner@'))?.dependsOn).toContain(
      `graphql@${bom.components.find(({ name }) => name === 'graphql')?.version}`,
    );
  });

  it('is the same text each time', () => {
    expect(makeSbom(bundled)).toBe(text);
    expect(text).not.toMatch(/serialNumber|timestamp|https?:\/\/(?!cyclonedx\.org)/);
  });
});
