// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { interfaceStates } from '../testing/interface-states.js';
import {
  type Ended,
  openTemporaryProject,
  type Serving,
  type TemporaryProject,
} from '../testing/temporary-project.js';

/** A county that two processes serve, and a hub above it that has no departments of its own, on two machines as far as they can tell. */
let below: TemporaryProject;
let above: TemporaryProject;
let county: Serving;
let hub: Serving;
const SECRET = { OFFER_KEY: 'the key of the hub above' };
const tokens = new Map<string, string>();

const OWN = 'market.inspection';
const NAME = `shengsi/${OWN}`;

/** @param hands whether the county lets the hub above do anything. */
async function startCounty(hands: boolean, port = 0): Promise<void> {
  const gateway = join(below.root, 'offering.yaml');
  writeFileSync(gateway, `offer: { port: ${port}, key: '\${env:OFFER_KEY}', hands: ${hands} }\n`);
  county = await below.serve(['start', '--port', '0', '--workers', '2', '--gateway', gateway], SECRET);
}

const offered = (): string => county.said(/Offered to the hub above: (\S+)/);

beforeAll(async () => {
  const compiled = await compileSources();
  below = openTemporaryProject(compiled);
  above = openTemporaryProject(compiled);
  await startCounty(true);
  const gateway = join(above.root, 'above.yaml');
  writeFileSync(
    gateway,
    `departments: []\ncounties: { shengsi: { title: 嵊泗县, url: '${offered()}', key: '\${env:OFFER_KEY}' } }\n`,
  );
  hub = await above.serve(['start', '--port', '0', '--gateway', gateway], SECRET);
  for (const role of ['analyst', 'data-centre']) {
    tokens.set(`below ${role}`, (await below.run(['token', '--role', role])).out.trim());
    tokens.set(`above ${role}`, (await above.run(['token', '--role', role])).out.trim());
  }
}, 240_000);

afterAll(async () => {
  await hub?.stop();
  await county?.stop();
  above?.remove();
  below?.remove();
});

const hand = (role: string, words: readonly string[]): Promise<Ended> =>
  above.run([...words, '--url', new URL('/', hub.url).href], {
    GRAPH_TOKEN: tokens.get(`above ${role}`) ?? '',
  });

/** What requests are told of the interface, at the hub or at the county. */
function coverage(where: 'above' | 'below'): Promise<readonly (string | undefined)[]> {
  const [serving, name] = where === 'above' ? [hub, NAME] : [county, OWN];
  return interfaceStates(serving, name, tokens.get(`${where} analyst`));
}

function auditOf(project: TemporaryProject): readonly Readonly<Record<string, string>>[] {
  const folder = join(project.root, 'var', 'demo-audit');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .flatMap((line) => /"detail":(\{[^}]*"interface":[^}]*\})/.exec(line)?.[1] ?? [])
    .map((detail) => JSON.parse(detail));
}

const PAUSE = ['pause', NAME, '--why', '停机检修', '--until', '2026-06-30T15:00'];

describe('a hub above a county', () => {
  it('pauses an interface of it, which holds there for everybody and is recorded at both', async () => {
    // What a county has is heard with a look.
    await until(async () => (await coverage('above')).every((state) => state === 'LIVE'));
    expect(await hand('analyst', PAUSE)).toMatchObject({
      code: 2,
      err: expect.stringContaining('FORBIDDEN'),
    });
    expect(await coverage('below')).toEqual(['LIVE']);
    const { code, out, err } = await hand('data-centre', PAUSE);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^shengsi\/market\.inspection: .*2026-06-30T15:00.*data-centre.*停机检修/);
    expect(await coverage('below')).toEqual(['INTERFACE_PAUSED']);
    expect(await coverage('above')).toEqual(['INTERFACE_PAUSED']);
    const [there] = auditOf(below);
    expect(there).toMatchObject({ action: 'interface-paused', interface: OWN, why: '停机检修' });
    expect(auditOf(above)).toMatchObject([
      { action: 'interface-paused', interface: NAME, by: there?.by, requestId: there?.requestId },
    ]);
    expect((await hand('data-centre', ['status', NAME])).out).toMatch(/PAUSED[\s\S]*停机检修/);
  }, 120_000);

  it('ends that, opens and closes the breaker of its source', async () => {
    const resumed = await hand('data-centre', ['resume', NAME, '--why', '检修完毕']);
    expect(resumed).toMatchObject({ code: 0, err: '', out: expect.stringContaining('as usual') });
    expect(await coverage('below')).toEqual(['LIVE']);
    expect(await coverage('above')).toEqual(['LIVE']);
    expect((await hand('data-centre', ['breaker', 'open', NAME, '--why', '过载'])).code).toBe(0);
    expect(await coverage('below')).toEqual(['SOURCE_CUT_OFF']);
    expect(await coverage('above')).toEqual(['SOURCE_CUT_OFF']);
    expect((await hand('data-centre', ['breaker', 'close', NAME, '--why', '恢复'])).code).toBe(0);
    expect(await coverage('below')).toEqual(['LIVE']);
  }, 120_000);

  it('is told that a county is away, and that one lets nobody above do it', async () => {
    const port = Number(new URL(offered()).port);
    await county.stop();
    const away = await hand('data-centre', PAUSE);
    expect(away).toMatchObject({ code: 2, err: expect.stringMatching(/COUNTY_UNAVAILABLE.*嵊泗县/) });
    const failed = { action: 'hand-failed', what: 'interface-paused', code: 'COUNTY_UNAVAILABLE' };
    expect(auditOf(above).at(-1)).toMatchObject(failed);
    // What is known is shown all the same.
    const status = await hand('data-centre', ['status']);
    expect(status).toMatchObject({ code: 1, err: expect.stringMatching(/COUNTY_\w+: .*嵊泗县/) });
    expect(status.out).toContain(NAME);
    await startCounty(false, port);
    // It is left alone for some seconds after it was away.
    let refused = await hand('data-centre', PAUSE);
    await until(async () => {
      if (!refused.err.includes('COUNTY_UNAVAILABLE')) return true;
      refused = await hand('data-centre', PAUSE);
      return false;
    });
    expect(refused).toMatchObject({
      code: 2,
      err: expect.stringMatching(/FORBIDDEN.*嵊泗县（shengsi）.*offer: \{ hands: true \}/),
    });
    expect(await coverage('below')).toEqual(['LIVE']);
  }, 240_000);
});
