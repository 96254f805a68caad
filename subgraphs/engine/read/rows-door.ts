import { all, type Condition } from '../../../adapters/condition.js';
import type { ReadRequest, SourceShape, TallyGroup, TallyRequest } from '../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS, type Caller } from '../../../runtime/call/caller.js';
import { requireServing } from '../calls/require-serving.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';

/**
 * Which rows are wanted: `rows` are those that exist for the graph; `versions` are all that the mapping's `where` lets
 * through, before the newest of each group is chosen. Choosing costs a source much; what only looks at single cells,
 * such as the newest watermark, does without. `keyless` are those that would exist but for their key, which is empty.
 */
type RowSet = 'rows' | 'versions' | 'keyless';

export type DoorRead = Omit<ReadRequest, 'from'> & { readonly of?: RowSet };
type DoorTally = Omit<TallyRequest, 'from'> & { readonly of?: RowSet };

/**
 * The one way to an interface's rows. Pages, counts, look-ups by key, subject and number, and watermarks all ask here;
 * what a mapping lets through, and what a caller may see, is added here and nowhere else.
 *
 * @example the rows of one township, newest first
 * door.read({ columns, where: { kind: 'compare', column: 'town', op: 'eq', value: '330922100' }, orderBy, limit: 20 }, context)
 */
export interface RowsDoor {
  /** @throws {SourceError} @throws {AccessDenied} when none of the rows are for the caller. */
  read(request: DoorRead, context: CallContext): Promise<readonly SourceRow[]>;
  /** @throws {SourceError} @throws {AccessDenied} when none of the rows are for the caller. */
  tally(request: DoorTally, context: CallContext): Promise<readonly TallyGroup[]>;
  /** The columns that the source has, or shows in a sample of its rows: no row of them. @throws {SourceError} */
  describe(context: CallContext): Promise<SourceShape>;
  /** A sentence for callers, Chinese first, while the source is paused or must not be asked; null when all is well. */
  trouble(): string | null;
}

export function createRowsDoor(compiled: CompiledInterface, calls: SourceCalls): RowsDoor {
  return {
    read: async (request, context) => {
      requireServing(compiled);
      return calls.read(composeRead(compiled, request, context.caller), context);
    },
    tally: async ({ of, where, ...request }, context) => {
      requireServing(compiled);
      return calls.tally({ ...request, ...admit(compiled, where, of, context.caller) }, context);
    },
    describe: async (context) => {
      requireServing(compiled);
      return calls.describe(compiled.from.name, context);
    },
    trouble: () => calls.trouble(),
  };
}

/** A read as the source gets it. @throws {AccessDenied} */
export function composeRead(
  compiled: CompiledInterface,
  { of, where, ...request }: DoorRead,
  caller: Caller = ANONYMOUS,
): ReadRequest {
  return { ...request, ...admit(compiled, where, of, caller) };
}

/** @throws {AccessDenied} when none of the rows are for the caller. */
function admit(
  { from, base, versions, keyless, scope }: CompiledInterface,
  where: Condition,
  rowSet: RowSet = 'rows',
  caller: Caller,
): Pick<ReadRequest, 'from' | 'where'> {
  const admitted = { rows: { from, base }, versions, keyless }[rowSet];
  return { from: admitted.from, where: all([admitted.base, scope.admit(caller), where]) };
}
