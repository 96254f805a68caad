import { randomBytes } from 'node:crypto';
import type { TraceMark, TrailStep } from '../../../runtime/call/request-trail.js';
import type { RequestEvent } from '../gateway-observer.js';

/** A span, before it has the form of a library. Times are milliseconds after the request came. */
export interface PlainSpan {
  readonly spanId: string;
  /** Null: the trace begins with it. */
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  readonly startMs: number;
  readonly tookMs: number;
  /** Code of `runtime/errors.ts`; null: it went well. */
  readonly error: string | null;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const newId = (): string => randomBytes(8).toString('hex');

/**
 * Request, plan, steps and source calls of a request. Names are those of operations, subgraphs and interfaces: no document, no
 * variable, and nobody's name.
 */
export function spansOf(event: RequestEvent, mark: TraceMark): readonly PlainSpan[] {
  const { trail, operationName, operationType, outcome, errorCodes, tookMs } = event;
  const request: PlainSpan = {
    spanId: mark.spanId,
    parentId: mark.parentId,
    name: event.registeredName ?? operationType ?? 'request',
    kind: 'server',
    startMs: 0,
    tookMs,
    error: outcome === 'ok' || outcome === 'partial' ? null : (errorCodes[0] ?? 'INTERNAL'),
    attributes: {
      ...(operationName !== null && { 'graphql.operation.name': operationName }),
      ...(operationType !== null && { 'graphql.operation.type': operationType }),
      'enforcement_graph.request.id': event.requestId,
      'enforcement_graph.outcome': outcome,
      ...(event.role !== null && { 'enforcement_graph.role': event.role }),
      ...(event.cost !== null && { 'enforcement_graph.cost': event.cost }),
    },
  };
  if (trail === undefined) return [request];
  const within = { parentId: mark.spanId, error: null, attributes: {} };
  const plan: readonly PlainSpan[] =
    trail.planMs === null
      ? []
      : [
          {
            ...within,
            spanId: newId(),
            name: 'plan',
            kind: 'internal',
            startMs: trail.planStartMs,
            tookMs: trail.planMs,
          },
        ];
  const steps = trail.steps.map((step) => ({ step, spanId: newId() }));
  return [
    request,
    ...plan,
    ...steps.map(
      ({ step, spanId }): PlainSpan => ({
        spanId,
        parentId: mark.spanId,
        name: `step ${step.subgraph}`,
        kind: 'client',
        startMs: step.startMs,
        tookMs: step.tookMs,
        error: errorOf(step.outcome),
        attributes: { 'enforcement_graph.subgraph': step.subgraph },
      }),
    ),
    ...trail.calls.map(
      (call): PlainSpan => ({
        spanId: newId(),
        parentId: stepAround(steps, call.startMs) ?? mark.spanId,
        name: `${call.operation} ${call.interface}`,
        kind: 'client',
        startMs: call.startMs,
        tookMs: call.tookMs,
        error: errorOf(call.outcome),
        attributes: {
          'db.operation.name': call.operation,
          'db.collection.name': call.interface,
          'db.response.returned_rows': call.rows,
          'enforcement_graph.origin': call.origin,
          ...(call.retries > 0 && { 'enforcement_graph.retries': call.retries }),
        },
      }),
    ),
  ];
}

/** The step during which a call began; of several that run at once, the one that began last. */
function stepAround(
  steps: readonly { readonly step: TrailStep; readonly spanId: string }[],
  startMs: number,
): string | null {
  const around = steps.filter(({ step }) => step.startMs <= startMs && startMs <= step.startMs + step.tookMs);
  const last = around.sort((left, right) => right.step.startMs - left.step.startMs)[0];
  return last?.spanId ?? null;
}

function errorOf(outcome: string): string | null {
  return outcome === 'ok' || outcome === 'partial' ? null : outcome;
}
