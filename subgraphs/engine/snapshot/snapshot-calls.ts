import type { CallBounds } from '../../../adapters/source-adapter.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { noteCall } from '../calls/note-call.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';

/** Kept back of a caller's time, so that a late answer is still told. */
const MARGIN_MS = 200;
/** Of one answer. A web source's own bound is that of a page. */
const LEAST_MAX_BYTES = 64 * 1024 * 1024;

/** Calls to what is kept of an interface: bounded by the caller's time, and by no limit of the source. */
export function createSnapshotCalls({
  adapter,
  mapping,
}: Pick<CompiledInterface, 'adapter' | 'mapping'>): SourceCalls {
  const maxBytes = Math.max(mapping.limits.maxBytes, LEAST_MAX_BYTES);
  const boundsOf = ({ signal, deadline }: CallContext): CallBounds => ({
    signal,
    timeoutMs: Math.max(1, deadline - Date.now() - MARGIN_MS),
    maxBytes,
  });
  return {
    read: (request, context) =>
      noteCall(context, { interface: mapping.interface, operation: 'read', origin: 'SNAPSHOT' }, () =>
        adapter.read(request, boundsOf(context)),
      ),
    tally: (request, context) =>
      noteCall(context, { interface: mapping.interface, operation: 'tally', origin: 'SNAPSHOT' }, () =>
        adapter.tally(request, boundsOf(context)),
      ),
    describe: (object, context) => adapter.describe(object, boundsOf(context)),
    // That the source is paused keeps nobody from what was read of it.
    trouble: () => null,
    quotas: () => [],
  };
}
