import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { registryMissingOutcome } from '../fan/coverage.js';
import type { Hub } from '../hub.js';

/** The interfaces that the registry's index was built from: names, kinds, townships, owners, and who is who. */
export async function registryCoverage(hub: Hub, context: CallContext): Promise<readonly InterfaceOutcome[]> {
  const started = performance.now();
  try {
    return await hub.registry.coverage(context);
  } catch {
    const consequence = '主体登记的数据状态未知。Its own coverage is unknown.';
    return [registryMissingOutcome(consequence, performance.now() - started)];
  }
}
