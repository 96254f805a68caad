// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestServer, type TestServer } from '../../adapters/web/testing/test-server.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

const KEY = 'a key of sixteen signs';

let project: TemporaryProject;
let serving: Serving;
let hook: TestServer;
const told: { readonly kind: string; readonly interface: string; readonly cause: string }[] = [];

beforeAll(async () => {
  hook = await startTestServer((_, response, body) => {
    told.push(JSON.parse(body));
    response.writeHead(204).end();
  });
  project = openTemporaryProject(await compileSources());
  const mapping = join(project.root, 'subgraphs/departments/joint/participant.yaml');
  writeFileSync(mapping, readFileSync(mapping, 'utf8').replace('key: [', 'key： ['));
  const gateway = join(project.root, 'notifying.yaml');
  writeFileSync(
    gateway,
    `notify: { channels: { duty: { kind: webhook, url: '${hook.url}/in', secret: '\${env:HOOK_KEY}', departments: [joint] } } }\n`,
  );
  serving = await project.serve(['start', '--port', '0', '--gateway', gateway], { HOOK_KEY: KEY });
}, 120_000);
afterAll(async () => {
  await serving?.stop();
  project?.remove();
  await hook?.close();
});

describe('start with notify in gateway.yaml', () => {
  it('tells of an interface whose mapping has a mistake, and counts it', async () => {
    await until(() => told.length > 0);
    expect(told[0]).toMatchObject({ kind: 'BEGAN', interface: 'joint.participant', cause: 'MISCONFIGURED' });
    const token = (await project.run(['token', '--role', 'system'])).out.trim();
    const headers = { authorization: `Bearer ${token}` };
    const metrics = await (await fetch(new URL('/metrics', serving.url), { headers })).text();
    expect(metrics).toContain('graph_notices_sent_total{channel="duty"} 1\n');
  }, 120_000);
});
