import DataLoader from 'dataloader';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { RegistryPort, SubjectIdentity } from '../../feed/registry-port.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { registryMissingOutcome } from '../fan/coverage.js';

/** Refs per call to the registry. */
const REFS_PER_CALL = 2000;

export interface Resolved {
  /** Unreadable refs are absent. Empty when the registry failed. */
  readonly byRef: ReadonlyMap<string, SubjectIdentity>;
  /** Why nothing could be resolved; null when the registry answered. */
  readonly failure: InterfaceOutcome | null;
}

/** Who is who, as far as one request needs to know; what several places of a request ask for is asked once. */
export interface Identities {
  resolve(refs: Iterable<string>, context: CallContext): Promise<Resolved>;
}

export function createIdentities(registry: RegistryPort): Identities {
  const loaderOf = perRequest(
    (context) =>
      new DataLoader<string, SubjectIdentity | null>(
        async (refs) => {
          const found = await registry.resolve(refs, context);
          return refs.map((ref) => found.get(ref) ?? null);
        },
        { maxBatchSize: REFS_PER_CALL },
      ),
  );
  return {
    resolve: async (refs, context) => {
      const started = performance.now();
      const distinct = [...new Set(refs)];
      const answers = await loaderOf(context).loadMany(distinct);
      const byRef = new Map<string, SubjectIdentity>();
      for (const [index, ref] of distinct.entries()) {
        const answer = answers[index];
        if (answer instanceof Error) return { byRef: new Map(), failure: failureSince(started) };
        if (answer !== null && answer !== undefined) byRef.set(ref, answer);
      }
      return { byRef, failure: null };
    },
  };
}

function failureSince(started: number): InterfaceOutcome {
  return registryMissingOutcome(
    '主体未经归并，按来源自有标识处理。Subjects are told apart by what each source holds.',
    performance.now() - started,
  );
}
