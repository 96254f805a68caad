import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { composedSubgraphs, listSubgraphs } from '../../subgraphs/compose/rover-config.js';
import { copyCountyRoot } from '../../test/join/county-root.js';
import { openTrialRoot } from './trial-root.js';

const EXAMPLE = join(findProjectRoot(), 'examples', 'department', 'water');

test('a department that does not compose stays out of the schema and costs the next one nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-also-'));
  const broken = join(folder, 'roads');
  cpSync(EXAMPLE, broken, { recursive: true });
  const sdl = readFileSync(join(broken, 'schema.graphql'), 'utf8');
  writeFileSync(join(broken, 'schema.graphql'), sdl.replace('site: String', 'site: Strng'));
  const project = copyCountyRoot();
  const { root, problems, close } = openTrialRoot(project, [
    { name: 'roads', folder: broken },
    { name: 'water', folder: EXAMPLE },
  ]);
  try {
    expect(problems.map(formatProblem)).toEqual([
      expect.stringMatching(/roads\/schema\.graphql:\d+:\d+: error composition: .*Unknown type Strng/),
    ]);
    expect(composedSubgraphs(root)).toContain('water');
    expect(composedSubgraphs(root)).not.toContain('roads');
    expect(listSubgraphs(root)).toMatchObject({
      names: expect.arrayContaining(['roads', 'water']),
      problems: [],
    });
  } finally {
    close();
    for (const each of [folder, project]) rmSync(each, { recursive: true });
  }
});
