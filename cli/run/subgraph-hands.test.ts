import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySettings, USUAL_SETTINGS } from '../../county/config/gateway-settings.js';
import { type AuditSettings, USUAL_AUDIT } from '../../gateway/audit/audit-settings.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { ALL_ROWS } from '../../runtime/call/caller.js';
import { systemClock } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { openWatching } from './open-watching.js';
import { openSubgraphHands } from './subgraph-hands.js';

const folder = mkdtempSync(join(tmpdir(), 'subgraph-hands-'));
afterAll(() => rmSync(folder, { recursive: true }));

const KEY = new Secret('a key of sixteen signs');
const AUDIT: AuditSettings = {
  ...USUAL_AUDIT,
  folder: join(folder, 'audit'),
  copyFolder: null,
  signing: { kind: 'hmac', key: KEY },
  subjectKey: KEY,
};
const OFFER = { host: '127.0.0.1', port: 0, key: KEY, takesHands: true };
const MAY = { name: 'idp/wang', role: 'data-centre', scope: ALL_ROWS, hands: true } as const;
const ACTING = { caller: MAY, requestId: 'r1' };
const RESUME = { kind: 'release', interface: 'market.case', held: 'interface', why: '完毕' } as const;

async function openHandsOf(name: string, settings: Partial<GatewaySettings>) {
  const own = mkdtempSync(join(folder, 'state-'));
  const config = { today: null, gateway: { ...USUAL_SETTINGS, ...settings } };
  const logger = createLogger('silent');
  const common = { config, clock: systemClock, folder: own, logger };
  const observer = await openWatching({ ...common, root: findProjectRoot(), process: name });
  const freshness = { look: async () => undefined };
  const { hands, close } = await openSubgraphHands({ ...common, name, observer, freshness });
  return {
    hands,
    close: async () => {
      await close();
      await observer.close();
    },
  };
}

describe('openSubgraphHands()', () => {
  it('records what the hub above has done through a hub that serves by itself, beside its gateway’s audit', async () => {
    mkdirSync(AUDIT.folder, { recursive: true });
    const { hands, close } = await openHandsOf('hub', { audit: AUDIT, offer: OFFER });
    expect(hands.may(MAY)).toBe(true);
    await hands.forward(RESUME, ACTING, async () => ({ reach: 'ALL', ids: [] }));
    await close();
    const records = join(AUDIT.folder, 'hub');
    const texts = readdirSync(records).map((name) => readFileSync(join(records, name), 'utf8'));
    expect(texts.join('')).toMatch(/"action":"interface-resumed"/);
    expect(readdirSync(AUDIT.folder)).toEqual(['hub']);
  });

  it('refuses an offer of that which nothing says where to record', async () => {
    await expect(openHandsOf('hub', { offer: OFFER })).rejects.toThrow('audit');
  });

  it('lets nobody do anything where no gateway signs who asks', async () => {
    const { hands, close } = await openHandsOf('market', { audit: AUDIT, offer: OFFER });
    expect(hands.may(MAY)).toBe(false);
    expect(hands.closed).toContain('callerKey');
    await close();
    const signed = await openHandsOf('market', { callerKey: KEY });
    expect(signed.hands.may(MAY)).toBe(true);
    expect(await signed.hands.act(RESUME, ACTING)).toEqual({ reach: 'ALL', ids: [] });
    await signed.close();
  });
});
