import { type SpanContext, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { openPosting } from '../../../runtime/http/post-json.js';
import { projectVersion } from '../../../runtime/project-version.js';
import type { RequestEvent } from '../gateway-observer.js';
import { type PlainSpan, spansOf } from './spans-of.js';
import type { TraceSettings } from './trace-settings.js';

/** What became of spans: `failed`, the collector did not take them; `dropped`, too many waited for it. */
export type SpanOutcome = 'exported' | 'failed' | 'dropped';

/** Sends traces of requests to a collector, by OTLP over HTTP. Nobody waits for it. */
export interface Traces {
  readonly ratio: number;
  note(event: RequestEvent): void;
  /** Sends what waits, for two seconds at most, and ends. Never fails. */
  close(): Promise<void>;
}

const MOST_WAITING = 4096;
const BATCH = 512;
const EVERY_MS = 2000;
/** From sending a batch to the last byte of the answer. */
const PATIENCE_MS = 5000;
const CLOSE_MS = 2000;

/** @param count told what became of spans. */
export function openTraces(
  { endpoint, headers, ratio }: TraceSettings,
  count: (outcome: SpanOutcome, spans: number) => void,
): Traces {
  // The library's own exporter waits for ever for a collector that goes on sending a little.
  const posting = openPosting(endpoint.origin, PATIENCE_MS);
  const target = `${endpoint.pathname}${endpoint.search}`;
  const said = Object.fromEntries([...headers].map(([name, secret]) => [name, secret.reveal()]));
  const send = async (spans: ReadableSpan[]): Promise<SpanOutcome> => {
    const body = JsonTraceSerializer.serializeRequest(spans);
    if (isClosed || body === undefined) return 'dropped';
    const answer = await posting.post(target, body, said);
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300 ? 'exported' : 'failed';
  };
  let isClosed = false;
  let waiting = 0;
  const running = new Set<Promise<void>>();
  // A collector that is away is counted, and nothing else.
  const exporter: SpanExporter = {
    export: (spans, done) => {
      const sending = send(spans).then((outcome) => {
        running.delete(sending);
        waiting -= spans.length;
        count(outcome, spans.length);
        done({ code: 0 });
      });
      running.add(sending);
    },
    shutdown: async () => {
      // The library does not wait for a batch that was on its way before.
      await Promise.all(running);
      await posting.close();
    },
  };
  const processor = new BatchSpanProcessor(exporter, {
    maxQueueSize: MOST_WAITING,
    maxExportBatchSize: BATCH,
    scheduledDelayMillis: EVERY_MS,
    // Ours ends before.
    exportTimeoutMillis: 2 * PATIENCE_MS,
  });
  const version = projectVersion();
  const resource = new Resource({
    'service.name': 'enforcement-graph',
    'service.version': version,
    'service.instance.id': String(process.pid),
  });
  return {
    ratio,
    note: (event) => {
      const mark = event.trail?.trace ?? null;
      if (mark === null || !mark.isRecorded) return;
      const spans = spansOf(event, mark);
      if (waiting + spans.length > MOST_WAITING) {
        count('dropped', spans.length);
        return;
      }
      waiting += spans.length;
      const beganAt = Date.now() - event.tookMs;
      for (const span of spans)
        processor.onEnd(readable(span, { traceId: mark.traceId, beganAt, resource, version }));
    },
    close: async () => {
      const late = setTimeout(() => {
        isClosed = true;
        void posting.close();
      }, CLOSE_MS);
      await processor.shutdown().catch(() => undefined);
      clearTimeout(late);
    },
  };
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

interface Around {
  readonly traceId: string;
  /** Milliseconds since the epoch. */
  readonly beganAt: number;
  readonly resource: Resource;
  readonly version: string;
}

function readable(span: PlainSpan, { traceId, beganAt, resource, version }: Around): ReadableSpan {
  const { spanId, parentId, error, startMs, tookMs } = span;
  const context: SpanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
  return {
    name: span.name,
    kind: KINDS[span.kind],
    spanContext: () => context,
    ...(parentId !== null && { parentSpanId: parentId }),
    startTime: hrTime(beganAt + startMs),
    endTime: hrTime(beganAt + startMs + tookMs),
    duration: hrTime(tookMs),
    status: { code: error === null ? SpanStatusCode.UNSET : SpanStatusCode.ERROR },
    attributes: { ...span.attributes, ...(error !== null && { 'error.type': error }) },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationLibrary: { name: 'enforcement-graph', version },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds, and nanoseconds beyond them. */
function hrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}
