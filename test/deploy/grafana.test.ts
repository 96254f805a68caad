import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';
import { type ExposedMetric, readExposedMetrics } from '../docs/exposed-metrics.js';
import { askedMetrics } from './asked-metrics.js';
import { findTool } from './find-tool.js';
import { readRules } from './rule-tests.js';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const promtool = findTool('promtool', 'prometheus');
const deploy = join(findProjectRoot(), 'deploy');
const { panels } = JSON.parse(readFileSync(join(deploy, 'grafana', 'overview.json'), 'utf8')) as {
  readonly panels: readonly Panel[];
};
const recorded = new Set(
  readRules(join(deploy, 'prometheus', 'alerts.yml')).recorded.map(({ record }) => record),
);
/** What Prometheus adds to each series. */
const ADDED = ['instance', 'job'];

let exposed: ReadonlyMap<string, ExposedMetric>;
beforeAll(async () => {
  exposed = await readExposedMetrics();
});

describe('deploy/grafana/overview.json', () => {
  it('asks for metrics and labels that the gateway has, or rules that record them', () => {
    const queries = panels.flatMap(({ targets }) => targets);
    expect(queries.length).toBeGreaterThan(20);
    for (const { expr, legendFormat } of queries) {
      const asked = askedMetrics(expr, recorded);
      const isRecorded = [...recorded].some((name) => expr.includes(name));
      expect([expr, asked.length > 0 || isRecorded]).toEqual([expr, true]);
      for (const { name, labels } of asked) {
        const known = exposed.get(name)?.labels;
        expect([name, labels.filter((label) => known?.has(label) !== true)]).toEqual([name, []]);
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
        const missing = shown.filter((label) => known?.has(label) !== true && !ADDED.includes(label));
        expect([expr, missing]).toEqual([expr, []]);
      }
    }
  });

  (promtool === null ? it.skip : it)('asks what Prometheus can read', () => {
    const temporary = mkdtempSync(join(tmpdir(), 'queries-'));
    try {
      const queries = panels.flatMap(({ id, targets }) =>
        targets.map(({ expr }, index) => ({ record: `panel:${id}:${index}`, expr })),
      );
      const file = join(temporary, 'queries.yml');
      writeFileSync(file, stringify({ groups: [{ name: 'queries', rules: queries }] }));
      const { stderr, status } = spawnSync(String(promtool), ['check', 'rules', file], { encoding: 'utf8' });
      expect([stderr, status]).toEqual(['', 0]);
    } finally {
      rmSync(temporary, { recursive: true });
    }
  });

  it('names every panel in both languages, and puts none on another', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    for (const { title, description } of panels) {
      expect(title).toMatch(/[\u4e00-\u9fff]/);
      expect(title).toMatch(/[A-Za-z]{2}/);
      expect(description).toMatch(/[\u4e00-\u9fff].*。/);
    }
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});
