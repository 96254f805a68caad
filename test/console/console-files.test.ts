import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { MEASURES } from '../../console/src/words/measures.js';
import { WORDS } from '../../console/src/words/words.js';
import { readConsoleFiles } from '../../gateway/http/console/console-files.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { MEASURES as ALL_MEASURES } from '../../subgraphs/port/observation.js';
import { buildConsole } from './build-console.js';

const root = findProjectRoot();
const queries = join(root, 'console', 'src', 'queries');

describe('the operations of the console', () => {
  const schema = buildSchema(readFileSync(join(root, 'schema', 'api.graphql'), 'utf8'));
  const files = readdirSync(queries).filter((name) => name.endsWith('.graphql'));

  it.each(files)('%s is valid for the graph that callers see', (file) => {
    const document = parse(readFileSync(join(queries, file), 'utf8'));
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
  });
});

describe('what the console says', () => {
  it('has a word in both tongues for every measure', () => {
    expect(Object.keys(MEASURES).sort()).toEqual([...ALL_MEASURES].sort());
  });

  it('has the same values in both tongues', () => {
    const valuesOf = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [zh, en] of Object.values(WORDS)) expect(valuesOf(en)).toEqual(valuesOf(zh));
  });
});

describe('what is built of the console', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await buildConsole();
  }, 120_000);

  it('is at most 400 kB compressed until the first page is shown', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const initial = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(initial).toEqual(
      expect.arrayContaining([expect.stringMatching(/\.js$/), expect.stringMatching(/\.css$/)]),
    );
    const sizes = initial
      .filter((path) => path.startsWith('assets/'))
      .map((path) => statSync(join(folder, `${path}.gz`)).size);
    const bytes = sizes.reduce((sum, size) => sum + size, page.length);
    console.info(`${Math.round(bytes / 1000)} kB until the first page`);
    expect(bytes).toBeLessThanOrEqual(400_000);
    expect(bytes).toBeGreaterThan(50_000);
  });

  it('names no other origin that it would load from, and brings no style or script into the page itself', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
    for (const { path, bodies } of readConsoleFiles(folder).filter(({ type }) =>
      type.startsWith('text/css'),
    )) {
      const text = bodies.find(([coding]) => coding === 'identity')?.[1].bytes.toString() ?? '';
      expect([path, text.match(/url\((?!["']?data:)[^)]*\)|@import/g)]).toEqual([path, null]);
    }
  });

  it('goes with the licences of what is built into it, all of which are accepted', () => {
    const accepted = parseYaml(
      readFileSync(join(root, 'deploy', 'supply', 'licences.yaml'), 'utf8'),
    ) as object;
    const notices = readFileSync(join(folder, 'notices.txt'), 'utf8');
    const told = [...notices.matchAll(/^(\S+) \d[\w.-]*: (.+)$/gm)].map(([, name, licence]) => ({
      name,
      licence,
    }));
    expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'antd', 'echarts', 'zod']));
    expect(told.filter(({ licence = '' }) => !Object.hasOwn(accepted, licence))).toEqual([]);
    expect(notices).toContain('Apache ECharts');
  });
});
