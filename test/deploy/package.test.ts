import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { openTemporaryProject, type TemporaryProject } from '../../cli/testing/temporary-project.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { findProjectRoot } from '../../runtime/project-root.js';

const project = findProjectRoot();

/** What the package would hold, without compiling anything: `dist/` may be there or not. */
function packedFiles(): readonly string[] {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(text) as readonly [{ readonly files: readonly { readonly path: string }[] }];
  return packed.files.map(({ path }) => path);
}

describe('the package of npm pack', () => {
  const files = packedFiles();
  let installed: TemporaryProject;

  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), 'packed-'));
    for (const file of files.filter((path) => !path.startsWith('dist/'))) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      cpSync(join(project, file), join(root, file));
    }
    installed = openTemporaryProject(await compileSources(), root);
  }, 120_000);

  afterAll(() => installed?.remove());

  it('holds no test, no source, no state and no lockfile', () => {
    expect(files.length).toBeGreaterThan(400);
    expect(files.filter((path) => /\.(test\.[a-z]+|ts|map|tsbuildinfo|log)$/.test(path))).toEqual([]);
    expect(files.filter((path) => /^(test|bench|var|node_modules|\.)/.test(path))).toEqual([]);
  });

  it('holds licence, notice, notes on security and on running it', () => {
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', 'NOTICE', 'SECURITY.md', 'README.md', 'README.zh-CN.md']),
    );
    expect(files).toEqual(expect.arrayContaining(['deploy/supply/licences.yaml', 'rover.yaml']));
  });

  it.each(['schema', 'examples', 'subgraphs'])('holds every file of %s that is no source', (folder) => {
    const there = readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
      .map((entry) => relative(project, join(entry.parentPath, entry.name)));
    expect(there.length).toBeGreaterThan(20);
    expect(there.filter((path) => !files.includes(path))).toEqual([]);
  });

  it('serves, and keeps what outlives a restart in STATE_DIRECTORY alone', async () => {
    const state = mkdtempSync(join(tmpdir(), 'state-'));
    const serving = await installed.serve(['start', '--open', '--port', '0'], { STATE_DIRECTORY: state });
    const response = await fetch(serving.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ inspections(first: 1) { totalCount nodes { id } } }' }),
    });
    const answer = (await response.json()) as {
      readonly data: { readonly inspections: { readonly totalCount: number } };
    };
    expect((await serving.stop()).code).toBe(0);
    expect(answer.data.inspections.totalCount).toBeGreaterThan(0);
    expect(existsSync(join(state, 'demo'))).toBe(true);
    expect(existsSync(join(installed.root, 'var'))).toBe(false);
  });
});
