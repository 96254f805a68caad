import { Writable } from 'node:stream';
import { OperationTypeNode } from 'graphql';
import { systemClock } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { publicError } from '../../runtime/errors.js';
import type { LogLevel } from '../../subgraphs/port/log-levels.js';
import { createLogger } from './logger.js';
import { createMetrics } from './metrics.js';
import { observeGateway } from './observe-gateway.js';

function recordingLogger(level: LogLevel) {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { lines, logger: createLogger(level, destination) };
}

describe('observeGateway()', () => {
  it('logs each request with what it was estimated to cost', () => {
    const { lines, logger } = recordingLogger('info');
    const observer = observeGateway(createMetrics(systemClock, () => Promise.resolve([])).requests, logger);
    const event = {
      requestId: 'r1',
      operationName: 'Mine',
      registeredName: null,
      operationType: null,
      tookMs: 1.4,
    } as const;
    observer.request({
      ...event,
      outcome: 'ok',
      caller: 'li',
      role: 'analyst',
      missing: [],
      errorCodes: [],
      cost: 42,
    });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { requestId: 'r1', caller: 'li', tookMs: 1, cost: 42 },
    ]);
    expect(lines[0]).not.toContain('missing');
  });

  it('names what is missing, a few of many', () => {
    const { lines, logger } = recordingLogger('info');
    const observer = observeGateway(createMetrics(systemClock, () => Promise.resolve([])).requests, logger);
    const missing = ['health.inspection', 'market.licence', 'market.inspection', 'water.case', 'port.vessel'];
    observer.request({
      requestId: '0f2dd1a7-0c1b-4b3a-9f0e-2a7c1b9d3e55',
      operationName: 'N'.repeat(500),
      registeredName: null,
      operationType: null,
      caller: 'c'.repeat(30),
      role: null,
      outcome: 'partial',
      tookMs: 1234.5,
      errorCodes: ['SOURCE_TIMEOUT', 'SOURCE_TIMEOUT'],
      missing,
      cost: 123,
    });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      errors: ['SOURCE_TIMEOUT'],
      missing: ['health.inspection', 'market.licence', 'market.inspection', '+2'],
    });
    // The usual line, with names of usual length, has 300 bytes at most.
    observer.request({
      requestId: '0f2dd1a7-0c1b-4b3a-9f0e-2a7c1b9d3e55',
      operationName: 'ComprehensiveShareOfTheMonth',
      registeredName: null,
      operationType: null,
      caller: 'local/demo-analyst',
      role: null,
      outcome: 'partial',
      tookMs: 1234.5,
      errorCodes: ['SOURCE_TIMEOUT'],
      missing: ['health.inspection'],
      cost: 123,
    });
    expect(Buffer.byteLength(lines[1] ?? '')).toBeLessThanOrEqual(300);
  });

  it("logs errors at their code's level, with what they are made of", () => {
    const { lines, logger } = recordingLogger('debug');
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    const observer = observeGateway(metrics.requests, logger);
    const error = publicError('SOURCE_TIMEOUT', undefined, { originalError: new Error('db-7 was slow') });
    observer.hiddenError({ requestId: 'r1', subgraph: 'market', code: 'SOURCE_TIMEOUT', error });
    observer.hiddenError({ requestId: 'r2', subgraph: null, code: 'CURSOR_INVALID', error });
    observer.hiddenError({ requestId: 'r3', subgraph: null, code: 'toString', error });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', requestId: 'r1', subgraph: 'market', code: 'SOURCE_TIMEOUT' },
      { level: 'info', requestId: 'r2' },
      { level: 'error', requestId: 'r3' },
    ]);
    expect(lines[0]).toContain('db-7 was slow');
  });

  it('counts operations by their cost, absurd ones as no more than ten million', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    const observer = observeGateway(metrics.requests, recordingLogger('info').logger);
    observer.cost({ cost: 12, outcome: 'within' });
    observer.cost({ cost: 400_000, outcome: 'beyond' });
    observer.cost({ cost: Number.MAX_SAFE_INTEGER, outcome: 'refused' });
    observer.cost({ cost: null, outcome: 'refused' });
    const text = await metrics.scrape();
    expect(text).toContain('graph_operation_cost_bucket{le="10",outcome="within"} 0');
    expect(text).toContain('graph_operation_cost_bucket{le="30",outcome="within"} 1');
    expect(text).toContain('graph_operation_cost_bucket{le="300000",outcome="beyond"} 0');
    expect(text).toContain('graph_operation_cost_bucket{le="1000000",outcome="beyond"} 1');
    expect(text).toContain('graph_operation_cost_count{outcome="refused"} 2');
    expect(text).toContain('graph_operation_cost_sum{outcome="refused"} 20000000');
  });

  it('counts requests by the names of registered operations, all others together', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    for (let i = 0; i < 600; i++) {
      const event = {
        requestId: 'r',
        operationName: `Op${i}`,
        outcome: 'ok',
        tookMs: 1,
        caller: null,
        role: null,
        missing: [],
        cost: null,
      } as const;
      const query = { ...event, operationType: OperationTypeNode.QUERY, errorCodes: [] };
      metrics.requests.request({ ...query, registeredName: null });
      metrics.requests.request({ ...query, registeredName: `registered-${i}` });
    }
    const text = await metrics.scrape();
    expect(text.match(/graph_request_duration_seconds_count\{/g)).toHaveLength(501);
    expect(text).toContain(
      'graph_request_duration_seconds_count{operation="registered-499",outcome="ok"} 1\n',
    );
    expect(text).toContain('graph_request_duration_seconds_count{operation="other",outcome="ok"} 700\n');
  });

  it('shows until the next one serves that a graph was refused', async () => {
    const metrics = createMetrics(systemClock, () => Promise.resolve([]));
    const observer = observeGateway(metrics.requests, recordingLogger('info').logger);
    expect(await metrics.scrape()).toContain('graph_replacement_refused 0\n');
    observer.graph({ outcome: 'refused', tookMs: 1, error: new Error('broken') });
    const refused = await metrics.scrape();
    expect(refused).toContain('graph_replacement_refused 1\n');
    expect(refused).not.toMatch(/^graph_replaced_timestamp_seconds/m);
    observer.graph({ outcome: 'replaced', tookMs: 1 });
    const replaced = await metrics.scrape();
    expect(replaced).toContain('graph_replacement_refused 0\n');
    const at = Number(/^graph_replaced_timestamp_seconds\{of="graph"\} (\S+)$/m.exec(replaced)?.[1]);
    expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(60);
  });
});

describe('createLogger()', () => {
  it('shows no secrets', () => {
    const { lines, logger } = recordingLogger('info');
    logger.info({
      headers: { authorization: 'Bearer hunter2', cookie: 'hunter2' },
      token: 'hunter2',
      key: new Secret('hunter2'),
    });
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('[redacted]');
  });
});
