// Makes docs/coverage.md of docs/plan.yaml and the mappings: `npm run docs`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PARTS = [
  ['systems', '平台与系统 Systems'],
  ['lists', '清单 Lists'],
  ['teams', '执法队伍 Teams'],
  ['mechanisms', '机制 Mechanisms'],
  ['slogans', '六个“全” Slogans'],
];

/** @returns {Map<string, string>} titles of the departments' interfaces by name. */
export function interfaceTitles(root = ROOT) {
  const folder = join(root, 'subgraphs', 'departments');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^[^/]+\/[^/]+\.yaml$/.test(file),
  );
  return new Map(
    files.sort().map((file) => {
      const { interface: name, title } = parse(readFileSync(join(folder, file), 'utf8'));
      return [name, title];
    }),
  );
}

/** @returns {Record<string, { id: string, zh: string, en: string, interfaces: string[], types: string[], tests: string[], note?: string }[]>} */
export function readPlan(root = ROOT) {
  return parse(readFileSync(join(root, 'docs', 'plan.yaml'), 'utf8'));
}

export function makeCoverage(root = ROOT) {
  const plan = readPlan(root);
  const titles = interfaceTitles(root);
  const lines = [
    '# What of the county’s plan the graph holds 覆盖情况',
    '',
    'Made by `npm run docs` from `docs/plan.yaml` and the mappings; `test/docs` holds it to both.',
    '',
  ];
  for (const [part, heading] of PARTS) {
    lines.push(`## ${heading}`, '', '| | | interface | type | test | |', '|---|---|---|---|---|---|');
    for (const { id, zh, en, interfaces, types, tests, note = '' } of plan[part] ?? []) {
      const held = interfaces.map((name) => `\`${name}\` ${titles.get(name) ?? ''}`).join('<br>');
      const shown = tests.map((test) => `[${test.split('/').at(-1)}](../${test})`).join('<br>');
      lines.push(`| ${id} | ${zh} ${en} | ${held} | ${types.join('<br>')} | ${shown} | ${note} |`);
    }
    lines.push('');
  }
  const named = new Set(Object.values(plan).flatMap((rows) => rows.flatMap(({ interfaces }) => interfaces)));
  lines.push('## 其他接口 Further interfaces', '', '| interface | |', '|---|---|');
  for (const [name, title] of titles) if (!named.has(name)) lines.push(`| \`${name}\` | ${title} |`);
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(ROOT, 'docs', 'coverage.md'), makeCoverage());
}
