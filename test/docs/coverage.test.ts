import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';

interface Row {
  readonly id: string;
  readonly interfaces: readonly string[];
  readonly types: readonly string[];
  readonly tests: readonly string[];
  readonly note?: string;
}

const root = findProjectRoot();
const plan = parse(readFileSync(join(root, 'docs/plan.yaml'), 'utf8')) as Readonly<
  Record<string, readonly Row[]>
>;
const rows = Object.values(plan).flat();

describe('docs/coverage.md', () => {
  it('is what the plan and the mappings give', () => {
    const script =
      "import { makeCoverage } from './docs/make-coverage.mjs'; process.stdout.write(makeCoverage());";
    const made = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(readFileSync(join(root, 'docs/coverage.md'), 'utf8')).toBe(made);
  });

  it('has every system, list, team, mechanism and slogan of the plan', () => {
    const ids = (prefix: string, count: number): readonly string[] =>
      Array.from({ length: count }, (_, place) => `${prefix}${place + 1}`);
    expect(plan.systems?.map(({ id }) => id)).toEqual(ids('P', 16));
    expect(plan.lists?.map(({ id }) => id)).toEqual(ids('L', 10));
    expect(plan.teams?.map(({ id }) => id)).toEqual(ids('T', 10));
    expect(plan.mechanisms?.map(({ id }) => id)).toEqual(ids('M', 19));
    expect(plan.slogans).toHaveLength(6);
  });

  it('leaves no row empty without a reason', () => {
    const empty = rows.filter(({ interfaces, note }) => interfaces.length === 0 && note === undefined);
    expect(empty.map(({ id }) => id)).toEqual([]);
    expect(
      rows.filter(({ tests, note }) => tests.length === 0 && note === undefined).map(({ id }) => id),
    ).toEqual([]);
  });

  it('names interfaces and tests that there are', () => {
    const fileOf = (name: string): string => {
      const [department = '', own = ''] = name.split('.');
      return join('subgraphs/departments', department, `${own}.yaml`);
    };
    const files = rows.flatMap(({ interfaces, tests }) => [...interfaces.map(fileOf), ...tests]);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
