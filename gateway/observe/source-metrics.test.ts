import { systemClock } from '../../runtime/clock.js';
import type { SourceState } from '../../subgraphs/port/source-observer.js';
import { createMetrics } from './metrics.js';

describe('createSourceMetrics()', () => {
  it('counts retries, shared calls and refusals', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    const of = { interface: 'market.case' };
    metrics.sources.retry(of);
    metrics.sources.shared(of);
    metrics.sources.shared(of);
    metrics.sources.refusal({ ...of, reason: 'quota_day' });
    const text = await metrics.scrape();
    expect(text).toContain('graph_source_retries_total{interface="market.case"} 1');
    expect(text).toContain('graph_source_shared_total{interface="market.case"} 2');
    expect(text).toContain('graph_source_refusals_total{interface="market.case",reason="quota_day"} 1');
  });

  it('tells what somebody holds back apart from what is missing or old, and expects no news of it', async () => {
    const common = { department: 'market', tookMs: 1, asOf: '2026-06-01T00:00:00+08:00' };
    const reasons = {
      paused: 'INTERFACE_PAUSED: 暂停',
      cut: 'SOURCE_CUT_OFF: 熔断',
      dead: 'SOURCE_TIMEOUT: 超时',
    };
    const metrics = createMetrics(systemClock, async () => [
      { ...common, interface: 'paused', state: 'MISSING', reason: reasons.paused },
      { ...common, interface: 'cut', state: 'STALE', reason: reasons.cut },
      { ...common, interface: 'dead', state: 'MISSING', reason: reasons.dead },
    ]);
    const states = (await metrics.scrape()).matchAll(
      /graph_interface_state\{interface="(\w+)",state="(\w+)"\} 1/g,
    );
    expect([...states].map(([, name, state]) => `${name} ${state}`)).toEqual([
      'paused PAUSED',
      'cut CUT_OFF',
      'dead MISSING',
    ]);
    const ages = (await metrics.scrape()).matchAll(/graph_interface_age_seconds\{interface="(\w+)"\}/g);
    expect([...ages].map(([, name]) => name)).toEqual(['dead']);
  });

  it('shows how every source is when it is asked', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    let state: SourceState = {
      breakerOpen: true,
      quotas: [{ window: 'minute', used: 3, limit: 20 }],
      clockSkewMs: -90_000,
      secretEndsAt: new Date(Date.now() + 600_000),
      certificateEndsAt: new Date(Date.now() + 864_000),
      credentialsEndAt: new Date(Date.now() + 1_728_000),
      hasNotice: true,
    };
    metrics.sources.watch({ interface: 'marine.position', state: () => state });
    metrics.sources.watch({
      interface: 'market.case',
      state: () => ({
        breakerOpen: false,
        quotas: [],
        clockSkewMs: null,
        secretEndsAt: null,
        certificateEndsAt: null,
        credentialsEndAt: null,
        hasNotice: false,
      }),
    });
    const text = await metrics.scrape();
    expect(text).toContain('graph_source_breaker_open{interface="marine.position"} 1');
    expect(text).toContain('graph_source_breaker_open{interface="market.case"} 0');
    expect(text).toContain('graph_source_quota_used{interface="marine.position",window="minute"} 3');
    expect(text).toContain('graph_source_quota_limit{interface="marine.position",window="minute"} 20');
    expect(text).toContain('graph_source_clock_skew_seconds{interface="marine.position"} -90');
    expect(text).not.toContain('graph_source_clock_skew_seconds{interface="market.case"}');
    expect(text).toMatch(/graph_source_secret_seconds\{interface="marine.position"\} (?:599|600)/);
    expect(text).not.toContain('graph_source_secret_seconds{interface="market.case"}');
    expect(text).toMatch(
      /graph_source_credentials_seconds\{interface="marine.position",of="certificate"\} (?:863|864)/,
    );
    expect(text).toMatch(
      /graph_source_credentials_seconds\{interface="marine.position",of="credentials"\} (?:1727|1728)/,
    );
    expect(text).not.toContain('graph_source_credentials_seconds{interface="market.case"');
    expect(text).toContain('graph_source_notice{interface="marine.position"} 1');
    expect(text).toContain('graph_source_notice{interface="market.case"} 0');
    state = { ...state, breakerOpen: false };
    expect(await metrics.scrape()).toContain('graph_source_breaker_open{interface="marine.position"} 0');
  });
});
