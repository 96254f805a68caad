import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

let project: TemporaryProject;
let serving: Serving;
let token: string;

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
  serving = await project.serve(['start', '--port', '0']);
  token = (await project.run(['token', '--role', 'system'])).out.trim();
}, 120_000);
afterAll(async () => {
  await serving?.stop();
  project?.remove();
});

async function shows(line: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(new URL('/metrics', serving.url), { headers });
  return (await response.text()).includes(`${line}\n`);
}

describe('start', () => {
  it('shows that mappings with a mistake were refused, until they are corrected', async () => {
    const file = join(project.root, 'subgraphs/departments/joint/participant.yaml');
    const whole = readFileSync(file, 'utf8');
    expect(await shows('graph_replacement_refused 0')).toBe(true);
    writeFileSync(file, whole.replace('key: [', 'key： ['));
    serving.tell('SIGHUP');
    await until(() => shows('graph_replacement_refused 1'));
    writeFileSync(file, whole);
    serving.tell('SIGHUP');
    await until(() => shows('graph_replacement_refused 0'));
    expect(await shows('graph_replacements_total{outcome="refused"} 1')).toBe(true);
    expect(await shows('graph_replacements_total{outcome="replaced"} 1')).toBe(true);
  });
});
