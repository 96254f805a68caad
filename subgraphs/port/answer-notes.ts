import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLResolveInfo,
  responsePathAsArray,
} from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ERROR_CATALOGUE, isErrorCode, publicError } from '../../runtime/errors.js';
import { type InterfaceOutcome, isAbsent, isWorse, outcomeOf } from './interface-outcome.js';

/** What resolvers say of an answer besides its data. */
interface AnswerNotes {
  /** The worst of each interface, by name. */
  readonly outcomes: Map<string, InterfaceOutcome>;
  readonly errors: GraphQLError[];
}

/** One operation of one call has one context. */
const notes = new WeakMap<CallContext, AnswerNotes>();

function notesOf(context: CallContext): AnswerNotes {
  const known = notes.get(context);
  if (known !== undefined) return known;
  const fresh: AnswerNotes = { outcomes: new Map(), errors: [] };
  notes.set(context, fresh);
  return fresh;
}

/** Notes that the answer rests on these interfaces. */
export function noteOutcomes(context: CallContext, outcomes: readonly InterfaceOutcome[]): void {
  const noted = notesOf(context).outcomes;
  for (const outcome of outcomes) {
    const known = noted.get(outcome.interface);
    if (known === undefined || isWorse(outcome, known)) noted.set(outcome.interface, outcomeOf(outcome));
  }
}

/** Notes an error that leaves the data of its field as it is. */
export function noteError(context: CallContext, error: GraphQLError): void {
  notesOf(context).errors.push(error);
}

/** Says at a field which interfaces gave nothing; its data stays. */
export function noteMissing(
  outcomes: readonly InterfaceOutcome[],
  context: CallContext,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): void {
  const place = responsePathAsArray(path);
  for (const outcome of outcomes.filter(isAbsent)) noteError(context, interfaceMissing(outcome, place));
}

/** Says at a field that its counts are rounded; its data stays. @param roundedTo what they are multiples of. */
export function noteRounded(
  roundedTo: number,
  context: CallContext,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): void {
  const place = responsePathAsArray(path);
  const detail = `计数取为 ${roundedTo} 的倍数。They are multiples of ${roundedTo}.`;
  noteError(context, publicError('COUNTS_ROUNDED', detail, { path: place }));
}

/** The answer with what was noted: `errors` beside data that is kept, and `extensions.coverage`. */
export function withNotes(result: ExecutionResult, context: CallContext): ExecutionResult {
  const noted = notes.get(context);
  if (noted === undefined) return result;
  notes.delete(context);
  const errors = [...(result.errors ?? []), ...noted.errors];
  return {
    ...result,
    ...(errors.length > 0 && { errors }),
    ...(noted.outcomes.size > 0 && {
      extensions: { ...result.extensions, coverage: [...noted.outcomes.values()] },
    }),
  };
}

/**
 * The error of a field that lacks what an interface holds.
 *
 * @param path of the field whose data is kept; absent: the error is thrown where it belongs.
 */
export function interfaceMissing(
  { interface: name, department, reason }: InterfaceOutcome,
  path?: readonly (string | number)[],
): GraphQLError {
  const cause = reason?.split(':')[0];
  const retryable = isErrorCode(cause) ? ERROR_CATALOGUE[cause].retryable : true;
  return publicError('INTERFACE_MISSING', reason === null ? name : `${name}: ${reason}`, {
    ...(path !== undefined && { path }),
    extensions: { interface: name, department, reason, retryable },
  });
}
