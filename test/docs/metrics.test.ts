import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { type ExposedMetric, readExposedMetrics } from './exposed-metrics.js';

/** Labels of these are shown while Node has such a request under way, or once it has collected garbage. */
const NOT_ALWAYS: readonly string[] = ['nodejs_active_requests', 'nodejs_gc_duration_seconds'];

const page = readFileSync(join(findProjectRoot(), 'docs', 'metrics.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', type = '', unit = '', labels = '', , meaning = '']) => ({
    name: name.replaceAll('`', ''),
    type,
    unit,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
    meaning,
  }));

let exposed: ReadonlyMap<string, ExposedMetric>;
beforeAll(async () => {
  exposed = await readExposedMetrics();
});

describe('docs/metrics.md', () => {
  it('lists every metric, once, and no other', () => {
    const listed = rows.map(({ name }) => name);
    expect(listed.toSorted()).toEqual([...exposed.keys()].toSorted());
  });

  it('says of each its type, its labels, its unit, and what it means in both languages', () => {
    for (const { name, type, unit, labels, meaning } of rows) {
      const shown = exposed.get(name);
      const really = NOT_ALWAYS.includes(name) ? labels : [...(shown?.labels ?? [])];
      expect([name, type, labels.toSorted()]).toEqual([name, shown?.type, really.toSorted()]);
      expect([name, unit]).toEqual([name, expect.stringMatching(/\S/)]);
      expect([name, meaning]).toEqual([name, expect.stringMatching(/[\u4e00-\u9fff].*。[A-Z0-9].*\.$/)]);
    }
  });

  it('lists own metrics whose names tell what they are', () => {
    const own = rows.filter(({ name }) => name.startsWith('graph_'));
    expect(own.length).toBeGreaterThan(30);
    for (const { name, type, unit } of own) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      if (unit === 's') expect(name).toMatch(/_seconds$/);
      if (unit === 'Unix s') expect(name).toMatch(/_timestamp_seconds$/);
    }
  });
});
