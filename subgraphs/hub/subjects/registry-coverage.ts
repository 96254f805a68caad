import type { CallContext } from '../../../runtime/call/call-context.js';
import { type CoverageBook, registryMissingOutcome } from '../fan/coverage.js';
import type { Hub } from '../hub.js';

/** Names, kinds, townships and owners come from the interfaces that the registry's index was built from. */
export async function addRegistryCoverage(
  hub: Hub,
  coverage: CoverageBook,
  context: CallContext,
): Promise<void> {
  const started = performance.now();
  try {
    for (const outcome of await hub.registry.coverage(context)) coverage.add(outcome, 0);
  } catch {
    coverage.add(
      registryMissingOutcome(
        '主体登记的数据状态未知。Its own coverage is unknown.',
        performance.now() - started,
      ),
      0,
    );
  }
}
