import { type DocumentNode, Kind } from 'graphql';
import type { Answer, Executor, OperationRequest } from '../execute/executor.js';
import { operationNamed } from '../plan/document-parts.js';
import { responseNameOf } from '../plan/response-name.js';
import type { Answered, Recorder } from './recorder.js';

/** The same executor, but every answer to somebody who is known is recorded before it is given. */
export function auditAnswers(executor: Executor, recorder: Recorder): Executor {
  return {
    ...executor,
    execute: async (request, context, asking) => {
      const started = performance.now();
      const answer = await executor.execute(request, context, asking);
      const asker = asking?.asker ?? null;
      if (asker === null) return answer;
      const kind = context.lane === 'background' ? 'export' : 'operation';
      const refused = await recorder.answered(
        asker,
        describeAnswered(kind, request, answer, performance.now() - started),
      );
      return refused === null ? answer : { kind: 'refused', errors: [refused] };
    },
  };
}

function describeAnswered(
  kind: Answered['kind'],
  { document, documentId, operationName, variables }: OperationRequest,
  answer: Answer,
  durationMs: number,
): Answered {
  const { name, lists } = namesOf(document, operationName);
  const looked = answer.kind === 'executed' ? answer.looked : undefined;
  const { types, subjects } = looked?.touched() ?? NOTHING;
  return {
    kind,
    operationName: name,
    documentHash: documentId,
    variables,
    lists,
    touched: types,
    subjects,
    level: looked?.level ?? null,
    masks: looked?.masks ?? [],
    unmasked: looked?.unmasked ?? [],
    interfaces:
      answer.kind === 'executed' ? (answer.coverage?.interfaces ?? []).map((one) => one.interface) : [],
    outcome: outcomeOf(answer),
    errors: answer.errors.map(({ extensions }) => String(extensions.code ?? 'BAD_USER_INPUT')),
    // Nobody reads less than microseconds, and their sixteen digits would have to be written.
    durationMs: Math.round(durationMs * 1000) / 1000,
    cost: answer.cost ?? null,
  };
}

/** What a record says of an operation's text. */
interface OperationNames {
  readonly asked: string | undefined;
  readonly name: string | null;
  /** Of what stands at its root. */
  readonly lists: readonly string[];
}

/** Documents outlive requests. Of one with several operations the last that was asked for is known. */
const known = new WeakMap<DocumentNode, OperationNames>();

function namesOf(document: DocumentNode, asked: string | undefined): OperationNames {
  const before = known.get(document);
  if (before !== undefined && before.asked === asked) return before;
  const operation = operationNamed(document, asked);
  const lists = (operation?.selectionSet.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD ? [responseNameOf(selection)] : [],
  );
  const names = { asked, name: operation?.name?.value ?? null, lists };
  known.set(document, names);
  return names;
}

const NOTHING = { types: new Map<string, number>(), subjects: new Set<string>() };

function outcomeOf(answer: Answer): Answered['outcome'] {
  if (answer.kind === 'refused') return 'refused';
  if (answer.errors.length === 0) return 'ok';
  return answer.data === 'null' ? 'failed' : 'partial';
}

/** What is recorded of an answer that is given again: whoever polls is told that nothing has changed. */
export function describeRepeated(
  request: OperationRequest,
  cost: number | undefined,
  durationMs: number,
): Answered {
  const unchanged: Answer = {
    kind: 'executed',
    data: '{}',
    errors: [],
    coverage: null,
    isTold: true,
    ...(cost !== undefined && { cost }),
  };
  return describeAnswered('operation', request, unchanged, durationMs);
}
