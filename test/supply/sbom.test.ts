import { execFileSync } from 'node:child_process';
import { findProjectRoot } from '../../runtime/project-root.js';
import { productionPackages } from './locked-packages.js';

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly unknown[];
}

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly type: string } };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

function makeSbom(): string {
  const script =
    "import { makeSbom } from './deploy/supply/make-sbom.mjs'; process.stdout.write(makeSbom());";
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: findProjectRoot(),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // No registry: the list is made of the lockfile alone.
    env: { PATH: process.env.PATH, npm_config_registry: 'http://127.0.0.1:9' },
  });
}

describe('npm run sbom', () => {
  const text = makeSbom();
  const bom = JSON.parse(text) as Bom;

  it('lists every production package with the hash of its lockfile, and none besides', () => {
    const locked = productionPackages().map(({ name, version, integrity = '' }) => {
      const hash = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
      return `${name}@${version} ${hash}`;
    });
    const listed = bom.components.map(({ name, version, hashes }) => {
      expect(hashes.map(({ alg }) => alg)).toEqual(['SHA-512']);
      return `${name}@${version} ${hashes[0]?.content}`;
    });
    expect(listed.sort()).toEqual([...new Set(locked)].sort());
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
    expect(makeSbom()).toBe(text);
    expect(text).not.toMatch(/serialNumber|timestamp|https?:\/\/(?!cyclonedx\.org)/);
  });
});
