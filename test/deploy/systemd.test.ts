import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { findTool } from './find-tool.js';

/** Exposure from 0 (none) to 10, as `systemd-analyze security` counts it; what it calls OK ends at 4. */
const MOST_EXPOSURE = 2;

const units = join(findProjectRoot(), 'deploy', 'systemd');
const analyze = findTool('systemd-analyze', 'systemd');
const services = readdirSync(units).filter((name) => name.endsWith('.service'));

(analyze === null ? describe.skip : describe)('deploy/systemd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'units-'));

  beforeAll(() => {
    cpSync(units, folder, { recursive: true });
    for (const name of services) {
      const text = readFileSync(join(folder, name), 'utf8');
      // The bundle is not unpacked on this machine.
      writeFileSync(
        join(folder, name),
        text.replace('/opt/enforcement-graph/node/bin/node', process.execPath),
      );
    }
  });

  /** A template needs an instance. */
  const run = (words: readonly string[], name: string) =>
    spawnSync(String(analyze), [...words, join(folder, name.replace('@', '@market'))], { encoding: 'utf8' });

  it('has units for a county, a gateway and subgraphs', () => {
    expect(services).toHaveLength(3);
  });

  it.each(services)('%s is a unit without a mistake', (name) => {
    const { status, stdout, stderr } = run(['verify'], name);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it.each(services)('%s may do little', (name) => {
    const threshold = `--threshold=${MOST_EXPOSURE * 10}`;
    const { status, stdout } = run(['security', '--offline=true', '--no-pager', threshold], name);
    expect(stdout).toMatch(/Overall exposure level for enforcement-graph-\S+: \d/);
    expect(status).toBe(0);
  });
});
