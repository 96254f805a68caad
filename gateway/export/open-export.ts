import { randomUUID } from 'node:crypto';
import { type GraphQLError, valueFromASTUntyped } from 'graphql';
import type { Caller } from '../../runtime/call/caller.js';
import { OpenCall } from '../../runtime/call/open-call.js';
import { ANSWER_RESERVE_MS } from '../../runtime/call/request-deadline.js';
import type { Clock } from '../../runtime/clock.js';
import type { Asking, Executor } from '../execute/executor.js';
import { fragmentsOf } from '../plan/document-parts.js';
import { columnsOf } from './ask/columns.js';
import type { ExportOperation } from './ask/export-operation.js';
import type { ExportRequest } from './ask/export-request.js';
import { writerOf } from './formats/writer-of.js';
import { type ExportLedger, openLedger } from './walk/export-ledger.js';
import { readPage } from './walk/page-answer.js';
import { createPatience } from './walk/patience.js';
import { type AskPage, walkList } from './walk/walk-list.js';

interface ExportOptions {
  readonly executor: Executor;
  readonly clock: Clock;
  readonly requestId: string;
  readonly caller: Caller;
  readonly asking: Asking;
  /** Aborts when the caller leaves. */
  readonly signal: AbortSignal;
  /** Of each page. */
  readonly deadlineMs: number;
  readonly patienceMs: number;
}

/** An export whose first page is there. */
export interface OpenedExport {
  /** Under which it is asked how it stands; nobody can guess it. */
  readonly id: string;
  readonly ledger: ExportLedger;
  /** The file, piece by piece. */
  readonly file: AsyncGenerator<Buffer>;
}

/** Asks for the first page. @returns the errors because of which there is none. */
export async function openExport(
  request: ExportRequest,
  operation: ExportOperation,
  options: ExportOptions,
): Promise<OpenedExport | readonly GraphQLError[]> {
  const ask = pageAsker(request, operation, options);
  const first = await ask(request.after);
  if (first.rows === null) return first.errors;
  // A file whose columns are empty because of who asks looks like one of rows that say nothing.
  const forbidden = first.errors.filter(({ extensions }) => extensions.code === 'FORBIDDEN');
  if (forbidden.length > 0) return forbidden;
  const { requestId, clock, signal, executor } = options;
  const ledger = openLedger(requestId, request.after, () => clock.now());
  const patience = createPatience(options.patienceMs);
  const pages = walkList({ ask, after: request.after, first, ledger, patience, signal });
  const columns = columnsOf({
    rowFields: operation.rowFields,
    fragments: fragmentsOf(operation.document),
    schema: executor.apiSchema,
    variables: { ...defaultsOf(operation), ...request.variables },
  });
  const { query, variables, form } = request;
  const file = writerOf(form)(pages, { columns, query, variables, standing: ledger.standing });
  return { id: randomUUID(), ledger, file };
}

/** Each page is a request of its own to the executor, with a deadline of its own. */
function pageAsker(
  { operationName, variables }: ExportRequest,
  operation: ExportOperation,
  { executor, clock, requestId, caller, asking, signal, deadlineMs }: ExportOptions,
): AskPage {
  const { document, documentId, cursorVariable } = operation;
  // Whatever a filter says of today means one day for all pages.
  const identity = { requestId, caller, today: clock.today(), lane: 'background' } as const;
  const leftMs = Math.max(1, deadlineMs - ANSWER_RESERVE_MS);
  return async (after) => {
    const call = new OpenCall(identity, leftMs, Date.now() + leftMs);
    const leave = (): void => call.leave();
    signal.addEventListener('abort', leave);
    try {
      const given = { ...variables, [cursorVariable]: after };
      return readPage(
        await executor.execute({ document, documentId, operationName, variables: given }, call, asking),
        operation,
      );
    } finally {
      signal.removeEventListener('abort', leave);
      call.end();
    }
  };
}

function defaultsOf({ operation }: ExportOperation): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  );
}
