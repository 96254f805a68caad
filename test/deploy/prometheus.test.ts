import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';
import { type ExposedMetric, readExposedMetrics } from '../docs/exposed-metrics.js';
import { askedMetrics } from './asked-metrics.js';
import { findTool } from './find-tool.js';
import { readIncidents, readRules, ruleTests } from './rule-tests.js';

const root = findProjectRoot();
const folder = join(root, 'deploy', 'prometheus');
const rulesFile = join(folder, 'alerts.yml');
const promtool = findTool('promtool', 'prometheus');
const rules = readRules(rulesFile);
const incidents = readIncidents();

function run(words: readonly string[]) {
  return spawnSync(String(promtool), words, { encoding: 'utf8' });
}

(promtool === null ? describe.skip : describe)('deploy/prometheus', () => {
  it('is a configuration that Prometheus accepts, rules included', () => {
    // The key is a file of the machine that runs it.
    const { status, stdout, stderr } = run([
      'check',
      'config',
      '--syntax-only',
      join(folder, 'prometheus.yml'),
    ]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/prometheus\.yml is valid/);
    const checked = run(['check', 'rules', rulesFile]);
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    expect(checked.stdout).toMatch(/SUCCESS: [1-9]\d* rules found/);
  });

  it('fires in time, once and not too early at each incident, ends with it, and is silent on ordinary days', () => {
    const temporary = mkdtempSync(join(tmpdir(), 'rules-'));
    try {
      const files = ruleTests(rulesFile, rules, incidents);
      for (const [name, content] of files)
        writeFileSync(join(temporary, name), stringify(content, { aliasDuplicateObjects: false }));
      const tests = [...files.keys()].filter((name) => name.startsWith('test-'));
      expect(tests).toHaveLength(rules.alerts.length + 1);
      const { status, stdout, stderr } = run([
        'test',
        'rules',
        ...tests.map((name) => join(temporary, name)),
      ]);
      expect([stderr, status]).toEqual(['', 0]);
      expect(stdout.match(/SUCCESS/g)).toHaveLength(tests.length);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });
});

describe('deploy/prometheus/alerts.yml', () => {
  let exposed: ReadonlyMap<string, ExposedMetric>;
  beforeAll(async () => {
    exposed = await readExposedMetrics();
  });

  it('asks for metrics and labels that the gateway has', () => {
    for (const expr of [...rules.alerts, ...rules.recorded].map((rule) => rule.expr)) {
      const asked = askedMetrics(expr, new Set(rules.recorded.map(({ record }) => record)));
      for (const { name, labels } of asked) {
        const known = exposed.get(name);
        expect([name, known?.type]).toEqual([name, expect.any(String)]);
        expect([name, labels.filter((label) => known?.labels.has(label) !== true)]).toEqual([name, []]);
      }
    }
  });

  it('has an incident for every alert', () => {
    const played = new Set(incidents.map(({ alert }) => alert));
    expect(rules.alerts.map(({ alert }) => alert).filter((alert) => !played.has(alert))).toEqual([]);
  });

  it('says of every alert how urgent it is, what it is in both languages, and which page tells what to do', () => {
    for (const { alert, labels, annotations } of rules.alerts) {
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(page|ticket|notice)$/)]);
      expect([alert, annotations.summary]).toEqual([
        alert,
        expect.stringMatching(/[\u4e00-\u9fff].*。[A-Z0-9].*\.$/),
      ]);
      const page = `docs/runbooks/${alert.replace(/(?<=.)(?=[A-Z])/g, '-').toLowerCase()}.md`;
      expect([alert, annotations.runbook_url]).toEqual([alert, page]);
      expect([page, existsSync(join(root, page))]).toEqual([page, true]);
    }
  });

  it('has no runbook of an alert that there is not, and each says what it must', () => {
    const pages = rules.alerts.map(({ annotations }) =>
      annotations.runbook_url.replace('docs/runbooks/', ''),
    );
    const found = readdirSync(join(root, 'docs', 'runbooks'));
    expect(found.toSorted()).toEqual([...pages, 'README.md'].toSorted());
    for (const page of pages) {
      const text = readFileSync(join(root, 'docs', 'runbooks', page), 'utf8');
      expect([page, text.split('\n')[2]]).toEqual([page, expect.stringMatching(/^[\u4e00-\u9fff].*。$/)]);
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect([page, headings]).toEqual([
        page,
        ['What it means', 'How to look', 'What to do', 'When it is over'],
      ]);
    }
  });
});
