import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}
interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

const spans: Span[] = [];
const received: { readonly path: string; readonly token: string | undefined; readonly text: string }[] = [];
/** Null: it takes what is sent, and answers nothing. */
let answerStatus: number | null = 200;
let collector: Server;
let project: TemporaryProject;
let serving: Serving;
let token: string;
let systemToken: string;

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const said = (await json(request)) as Exported;
    received.push({
      path: request.url ?? '',
      token: request.headers['x-collector-token'] as string | undefined,
      text: JSON.stringify(said),
    });
    if (answerStatus === 200) {
      spans.push(...said.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)));
    }
    if (answerStatus === null) return;
    response.writeHead(answerStatus, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('the collector has no port');
  project = openTemporaryProject(await compileSources());
  const file = join(project.root, 'gateway-traces.yaml');
  writeFileSync(
    file,
    `traces:\n  endpoint: http://127.0.0.1:${address.port}/v1/traces\n  headers: { x-collector-token: "\${env:COLLECTOR}" }\n`,
  );
  serving = await project.serve(['start', '--port', '0', '--gateway', file], {
    COLLECTOR: 'of the collector',
  });
  token = (await project.run(['token', '--role', 'analyst'])).out.trim();
  systemToken = (await project.run(['token', '--role', 'system'])).out.trim();
}, 180_000);

afterAll(async () => {
  await serving?.stop();
  collector?.closeAllConnections();
  collector?.close();
  project?.remove();
});

async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(serving.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query, variables: { list: '舟山某人' } }),
  });
  await response.json();
  return response.headers.get('x-request-id') ?? '';
}

const attributeOf = (span: Span | undefined, key: string): unknown =>
  Object.values(span?.attributes.find((one) => one.key === key)?.value ?? {})[0];

const LIST = `query Latest($list: String) {
  inspections(first: 3) { nodes { id subject { name } } coverage { state } }
  codeLists(name: $list) { name } }`;

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

async function exposed(outcome: string): Promise<number> {
  const response = await fetch(new URL('/metrics', serving.url), {
    headers: { authorization: `Bearer ${systemToken}` },
  });
  const found = new RegExp(`graph_trace_spans_total\\{outcome="${outcome}"\\} (\\d+)`).exec(
    await response.text(),
  );
  return Number(found?.[1]);
}

describe('traces', () => {
  it('have a span for the request, its plan, each step and each source call, in the caller’s trace', async () => {
    const id = await ask(LIST, { traceparent: `00-${TRACE}-${PARENT}-01` });
    await until(() => spans.some((span) => attributeOf(span, 'enforcement_graph.request.id') === id));
    const own = spans.filter(({ traceId }) => traceId === TRACE);
    const request = own.find((span) => attributeOf(span, 'enforcement_graph.request.id') === id);
    expect(request).toMatchObject({ parentSpanId: PARENT });
    expect(attributeOf(request, 'graphql.operation.name')).toBe('Latest');
    const plan = own.find(({ name }) => name === 'plan');
    expect(plan?.parentSpanId).toBe(request?.spanId);
    const steps = own.filter(({ name }) => name.startsWith('step '));
    expect(steps.map(({ name }) => name)).toContain('step hub');
    for (const step of steps) expect(step.parentSpanId).toBe(request?.spanId);
    const calls = own.filter((span) => attributeOf(span, 'db.collection.name') !== undefined);
    expect(calls.length).toBeGreaterThan(1);
    const parents = new Set([request?.spanId, ...steps.map(({ spanId }) => spanId)]);
    for (const call of calls) expect(parents.has(call.parentSpanId)).toBe(true);
    for (const span of own) {
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
      expect(BigInt(span.startTimeUnixNano) >= BigInt(request?.startTimeUnixNano ?? 0)).toBe(true);
    }
    expect(received[0]).toMatchObject({ path: '/v1/traces', token: 'of the collector' });
    expect(received[0]?.text).toContain('"enforcement-graph"');
    // Neither variables nor who asked.
    expect(JSON.stringify(received)).not.toContain('舟山某人');
    expect(JSON.stringify(received)).not.toContain('demo-analyst');
  });

  it('are not made where the caller decided so', async () => {
    const other = 'a'.repeat(32);
    await ask(LIST, { traceparent: `00-${other}-${PARENT}-00` });
    const id = await ask(LIST);
    await until(() => spans.some((span) => attributeOf(span, 'enforcement_graph.request.id') === id));
    expect(spans.some(({ traceId }) => traceId === other)).toBe(false);
  });

  it('cost a count where the collector refuses them, and come again afterwards', async () => {
    answerStatus = 400;
    await ask(LIST);
    await until(async () => (await exposed('failed')) > 0);
    answerStatus = 200;
    const id = await ask(LIST);
    await until(() => spans.some((span) => attributeOf(span, 'enforcement_graph.request.id') === id));
    expect(await exposed('exported')).toBeGreaterThan(0);
  });

  it('keep neither requests nor the end of the process waiting for a collector that hangs', async () => {
    answerStatus = null;
    const before = received.length;
    await ask(LIST);
    await until(() => received.length > before);
    // While it hangs, whoever asks is answered as ever.
    for (let time = 0; time < 20; time++) expect(await ask(LIST)).not.toBe('');
    const { code, err } = await serving.stop();
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringMatching(/Error/) });
  });
});
