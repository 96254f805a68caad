import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Clock } from '../../runtime/clock.js';
import { refusal } from '../../runtime/errors.js';
import type { Executor } from '../execute/executor.js';
import { admittedOf, askingOf } from '../http/admit-callers.js';
import { sendHttpError } from '../http/refusals/http-errors.js';
import type { RequestLimits } from '../http/request-limits.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { contentTypeOf } from './ask/export-format.js';
import { type ExportOperation, readExportOperation } from './ask/export-operation.js';
import { type ExportRequest, readExportRequest } from './ask/export-request.js';
import { type OpenedExport, openExport } from './open-export.js';
import { outcomeOf } from './outcome-of.js';
import { refuseExport } from './refuse-export.js';
import type { BegunExports } from './walk/begun-exports.js';
import type { ExportLedger, ExportStanding } from './walk/export-ledger.js';

interface ExportRoute {
  readonly executor: Executor;
  readonly observer: Pick<GatewayObserver, 'request'>;
  readonly clock: Clock;
  readonly limits: RequestLimits;
  readonly begun: BegunExports;
}

/** When to try again, while too many are under way. */
const RETRY_SECONDS = 30;

/** Trailers of an export. */
const TRAILERS = ['x-export-state', 'x-export-rows', 'x-export-cursor', 'x-export-missing'] as const;

function trailersOf({
  state,
  rows,
  cursor,
  missing,
}: ExportStanding): Record<(typeof TRAILERS)[number], string> {
  return {
    'x-export-state': state,
    'x-export-rows': String(rows),
    'x-export-cursor': isHeaderText(cursor) ? cursor : '',
    'x-export-missing': [...new Set(missing.map(({ name }) => name))].filter(isHeaderText).join(','),
  };
}

/** What other graphs call an interface, or their cursors, may be no text of a header. */
function isHeaderText(text: string | null): text is string {
  return text !== null && /^[!-~]+$/.test(text);
}

/**
 * `POST /export`: every row of a list as a file. `GET /export/<id>`, named in the header `x-export-status`: how it
 * stands, for whoever began it and cannot read trailers.
 */
export function serveExport(app: FastifyInstance, route: ExportRoute): void {
  const { begun } = route;
  app.post('/export', {
    config: { permission: 'export', forPages: true },
    handler: async (request, reply) => {
      const asked = readAsked(request, route);
      if (asked instanceof GraphQLError) return refuseExport(reply, [asked], route.observer);
      if (begun.underWay >= route.limits.exportsAtOnce) {
        return refuseExport(
          reply.header('retry-after', RETRY_SECONDS),
          [refusal('EXPORTS_BUSY', undefined, busyFacts(route.limits.exportsAtOnce, begun.underWay))],
          route.observer,
        );
      }
      begun.underWay += 1;
      const left = new AbortController();
      reply.raw.once('close', () => {
        begun.underWay -= 1;
        if (!reply.raw.writableFinished) left.abort();
      });
      const opened = await openExport(asked.request, asked.operation, {
        ...route,
        caller: admittedOf(request).caller,
        asking: askingOf(request, admittedOf(request)),
        requestId: request.id,
        signal: left.signal,
        deadlineMs: route.limits.deadline.mostMs,
        patienceMs: route.limits.exportPatienceMs,
      });
      if (!('ledger' in opened)) return refuseExport(reply, opened, route.observer);
      begun.kept.set(opened.id, { ledger: opened.ledger, caller: admittedOf(request).caller.name });
      return sendFile(reply, asked, opened, route);
    },
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/export',
    handler: (_, reply) => sendHttpError(reply.header('allow', 'POST, OPTIONS'), 405),
  });
  app.get<{ Params: { id: string } }>(
    '/export/:id',
    { config: { permission: 'export', forPages: true } },
    async (request, reply) => {
      const found = begun.kept.get(request.params.id);
      // To others it is as if there were none.
      if (found === undefined || found.caller !== admittedOf(request).caller.name) {
        return sendHttpError(reply, 404);
      }
      return reply.header('cache-control', 'no-store').send(found.ledger.standing());
    },
  );
}

function busyFacts(allowed: number, underWay: number): Readonly<Record<string, unknown>> {
  return { limit: 'exports.atOnce', allowed, actual: underWay + 1 };
}

interface Asked {
  readonly request: ExportRequest;
  readonly operation: ExportOperation;
}

function readAsked(
  { body, headers }: FastifyRequest,
  { executor, limits }: ExportRoute,
): Asked | GraphQLError {
  const request = readExportRequest(body, headers.accept);
  if (request instanceof GraphQLError) return request;
  const operation = readExportOperation(request, executor.apiSchema, limits);
  return operation instanceof GraphQLError ? operation : { request, operation };
}

function sendFile(
  reply: FastifyReply,
  { request, operation }: Asked,
  { id, ledger, file }: OpenedExport,
  { observer, clock }: ExportRoute,
): FastifyReply {
  const { form } = request;
  const day = clock.today().replaceAll('-', '');
  const { requestId } = ledger.standing();
  const tell = (): void => {
    // A caller may leave before the walk begins.
    ledger.end('left');
    observer.request({
      requestId,
      operationName: operation.operation.name?.value ?? null,
      registeredName: null,
      operationType: operation.operation.operation,
      ...outcomeOf(ledger.standing()),
      tookMs: performance.now() - reply.request.receivedAt,
      caller: reply.request.admitted?.identity?.caller.name ?? null,
      role: reply.request.admitted?.identity?.caller.role ?? null,
      missing: ledger.standing().missing.map(({ name }) => name),
      cost: null,
    });
  };
  const stream: Readable = Readable.from(
    form.format === 'csv' ? cutWhenStopped(file, ledger, () => isSent(stream, reply)) : file,
    { objectMode: false },
  );
  // Before the stream's end is the answer's.
  stream.once('end', () => reply.raw.addTrailers(trailersOf(ledger.standing())));
  stream.once('close', tell);
  return reply
    .header('content-type', contentTypeOf(form))
    .header('content-disposition', `attachment; filename="${operation.listName}-${day}.${form.format}"`)
    .header('cache-control', 'no-store')
    .header('x-export-status', `/export/${id}`)
    .header('trailer', TRAILERS.join(', '))
    .send(stream);
}

/** A CSV has no place to say that rows are left: once all before them have left, the connection is cut. */
async function* cutWhenStopped(
  file: AsyncGenerator<Buffer>,
  ledger: ExportLedger,
  isAllSent: () => boolean,
): AsyncGenerator<Buffer> {
  yield* file;
  if (ledger.standing().state !== 'stopped') return;
  while (!isAllSent()) await sleep(10);
  throw new Error('the export stopped before its end');
}

function isSent(stream: Readable, { raw }: FastifyReply): boolean {
  return raw.destroyed || (stream.readableLength === 0 && raw.writableLength === 0);
}
