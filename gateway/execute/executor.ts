import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import type { Level } from '../../runtime/level.js';
import type { AccessRules } from '../access/authorise/access-rules.js';
import type { Requirement } from '../access/requirements/requirement.js';
import type { Asker } from '../audit/recorder.js';
import type { AnswerBytes } from '../bytes/answer-bytes.js';
import type { AskedOperation } from '../plan/kept/kept-operation.js';
import type { AnswerCoverage } from './answer-coverage.js';
import type { Touched } from './project/count-touched.js';

/** One operation of a caller, parsed and valid against `Executor.apiSchema`. */
export interface OperationRequest {
  readonly document: DocumentNode;
  /** Equal for equal documents, different for different ones: what is compiled is kept under it. */
  readonly documentId: string;
  readonly operationName: string | undefined;
  /** As the caller sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether it was laid down beforehand: what is compiled of it is kept for good. Default false. */
  readonly isRegistered?: boolean;
}

/** Every error is public: a code of `runtime/errors.ts`, the path in the caller's query. */
export type Answer =
  /** Nothing was asked of anybody: it is not clear which operation is meant, the variables do not fit, or its kind is not served. */
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[]; readonly cost?: number }
  | ExecutedAnswer;

export interface ExecutedAnswer {
  readonly kind: 'executed';
  /** JSON text of `data`, in the order of the query; the text `null` where nothing is left of it. */
  readonly data: string | AnswerBytes;
  readonly errors: readonly GraphQLError[];
  /** Null when no subgraph says what its answer rests on. */
  readonly coverage: AnswerCoverage | null;
  /** Every subgraph that took part said what its answer rests on. */
  readonly isTold: boolean;
  /** Errors that are left out of `errors`, because there are too many. Absent: none. */
  readonly omittedErrors?: number;
  /** What the operation was estimated to cost before it was carried out; absent: nobody asked. */
  readonly cost?: number;
  /** For the audit; absent: nothing was read. */
  readonly looked?: Looked;
}

/** What an answer shows. */
export interface Looked {
  /** The highest level of what was asked and is open to the caller. */
  readonly level: Level;
  /** Selections that are shown masked. */
  readonly masks: readonly string[];
  /** Selections that are shown whole for the reason that the caller gives alone. */
  readonly unmasked: readonly string[];
  touched(): Touched;
}

/** Who asks, and what he may have. */
export interface Asking {
  readonly rules: AccessRules;
  /** For the audit; null: nobody is asked who he is, and nothing is recorded. */
  readonly asker: Asker | null;
}

/** Plans operations over a supergraph and carries the plans out. */
export interface Executor {
  readonly supergraphSdl: string;
  /** What callers see of the supergraph. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly string[];
  /** What the supergraph demands of callers, by coordinate. */
  readonly requirements: ReadonlyMap<string, Requirement>;
  /** Never rejects. @param asking absent: somebody unknown, who is given what asks for no identity. */
  execute(request: OperationRequest, context: CallContext, asking?: Asking): Promise<Answer>;
  /**
   * Compiles an operation without asking anybody anything, so that it need not be compiled when it comes; behind whatever
   * callers wait for. `variables`: those of conditions.
   *
   * @returns whether it can be carried out.
   */
  prepare(request: OperationRequest, rules: AccessRules, uses: number): Promise<boolean>;
  /** What was asked for in this run and the last one, the busiest first. */
  asked(): readonly AskedOperation[];
  /** Closes the planner and the subgraphs. */
  close(): Promise<void>;
}
