import { SourceTimeout } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { WaiterLeft, waitAs } from '../../../runtime/call/waiter.js';
import { noteCall } from '../calls/note-call.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import type { CountyKeeper } from './county-keeper.js';

/** Kept back of a caller's time: less than the keeper keeps back, so that its own answer comes first. */
const MARGIN_MS = 120;

/** Calls to a source that the keeper of the county asks, within its limits. */
export function createToldCalls(
  { mapping }: Pick<CompiledInterface, 'mapping'>,
  keeper: CountyKeeper,
): SourceCalls {
  const name = mapping.interface;
  const inTime = async <T>(answer: Promise<T>, { signal, deadline }: CallContext): Promise<T> => {
    try {
      return await waitAs({ signal, deadline: deadline - MARGIN_MS }, answer);
    } catch (error) {
      if (!(error instanceof WaiterLeft)) throw error;
      throw new SourceTimeout(`Cannot wait for ${name}: it must answer before the deadline, but did not`, {
        cause: error,
      });
    }
  };
  return {
    read: (request, context) =>
      noteCall(context, { interface: name, operation: 'read', origin: 'SOURCE' }, () =>
        inTime(keeper.read(name, request, context), context),
      ),
    tally: (request, context) =>
      noteCall(context, { interface: name, operation: 'tally', origin: 'SOURCE' }, () =>
        inTime(keeper.tally(name, request, context), context),
      ),
    describe: (object, context) => inTime(keeper.describe(name, object, context), context),
    trouble: () => keeper.told(name)?.trouble ?? null,
    // Nobody reads a snapshot here, and nobody else asks.
    quotas: () => [],
  };
}
