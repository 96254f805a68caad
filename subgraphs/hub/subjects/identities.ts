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
  /**
   * As `resolve`, for subjects that a caller names: a name that several bear means all of them, beside the rows that
   * hold nothing but the name.
   */
  named(refs: readonly string[], context: CallContext): Promise<Named>;
}

interface Named extends Pick<Resolved, 'failure'> {
  /** Unreadable refs are absent. Empty when the registry failed. */
  readonly byRef: ReadonlyMap<string, readonly SubjectIdentity[]>;
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
  const identities: Identities = {
    named: async (refs, context) => {
      const { byRef, failure } = await identities.resolve(refs, context);
      if (failure !== null) return { byRef: new Map(), failure };
      const names = refs.filter((ref) => ref.startsWith(NAME_SCHEME));
      const bearers = names.length === 0 ? null : await bearersOf(registry, names, context);
      if (bearers instanceof Error) return { byRef: new Map(), failure: failureSince(performance.now()) };
      const all = [...byRef].map(
        ([ref, identity]) => [ref, [identity, ...(bearers?.get(ref) ?? [])]] as const,
      );
      return { byRef: new Map(all), failure: null };
    },
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
  return identities;
}

/** Only names of vessels are refs. */
const NAME_SCHEME = 'vesselname:';

async function bearersOf(registry: RegistryPort, names: readonly string[], context: CallContext) {
  try {
    return await registry.bearers(names, context);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function failureSince(started: number): InterfaceOutcome {
  return registryMissingOutcome(
    '主体未经归并，按来源自有标识处理。Subjects are told apart by what each source holds.',
    performance.now() - started,
  );
}
