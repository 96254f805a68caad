import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '../../gateway/observe/metrics.js';
import { systemClock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { findTool } from './find-tool.js';

const folder = join(findProjectRoot(), 'deploy', 'prometheus');
const promtool = findTool('promtool', 'prometheus');

(promtool === null ? describe.skip : describe)('deploy/prometheus', () => {
  it('is a configuration that Prometheus accepts, rules included', () => {
    // The key is a file of the machine that runs it.
    const words = ['check', 'config', '--syntax-only', join(folder, 'prometheus.yml')];
    const { status, stdout, stderr } = spawnSync(String(promtool), words, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/prometheus\.yml is valid/);
    const rules = spawnSync(String(promtool), ['check', 'rules', join(folder, 'alerts.yml')], {
      encoding: 'utf8',
    });
    expect([rules.status, rules.stderr]).toEqual([0, '']);
    expect(rules.stdout).toMatch(/SUCCESS: [1-9] rules found/);
  });
});

describe('deploy/prometheus/alerts.yml', () => {
  it('asks for metrics that the gateway has', async () => {
    const known = await createMetrics(systemClock, () => Promise.resolve([])).scrape();
    const rules = readFileSync(join(folder, 'alerts.yml'), 'utf8');
    const asked = [...rules.matchAll(/\b(?:graph|nodejs)_[a-z0-9_]+/g)].map(([name]) =>
      name.replace(/_bucket$/, ''),
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !known.includes(`# TYPE ${name} `))).toEqual([]);
  });
});
