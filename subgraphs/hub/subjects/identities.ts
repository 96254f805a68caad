import DataLoader from 'dataloader';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import { chunksOf } from '../../../runtime/chunks-of.js';
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

type Found = ReadonlyMap<string, SubjectIdentity>;

/** What one request has asked for: a statistic names thousands of refs, so that none of them has a promise of its own. */
interface Asked {
  /** By ref, the answer that tells of it. */
  readonly answers: Map<string, Promise<Found>>;
  /** Lists that several places ask for at the same time become one. */
  readonly lists: DataLoader<readonly string[], Found>;
}

export function createIdentities(registry: RegistryPort): Identities {
  const askedIn = perRequest(
    (context): Asked => ({
      answers: new Map(),
      lists: new DataLoader<readonly string[], Found>(
        async (lists) => {
          const parts = await Promise.all(
            chunksOf(lists.flat(), REFS_PER_CALL).map((refs) => registry.resolve(refs, context)),
          );
          const [only] = parts;
          const found =
            only !== undefined && parts.length === 1 ? only : new Map(parts.flatMap((part) => [...part]));
          return lists.map(() => found);
        },
        { cache: false },
      ),
    }),
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
      try {
        return { byRef: await findAll(distinct, askedIn(context)), failure: null };
      } catch {
        return { byRef: new Map(), failure: failureSince(started) };
      }
    },
  };
  return identities;
}

async function findAll(refs: readonly string[], { answers, lists }: Asked): Promise<Found> {
  const fresh = refs.filter((ref) => !answers.has(ref));
  if (fresh.length > 0) {
    const answer = lists.load(fresh);
    for (const ref of fresh) answers.set(ref, answer);
  }
  const found = await Promise.all(new Set(refs.flatMap((ref) => answers.get(ref) ?? [])));
  const byRef = new Map<string, SubjectIdentity>();
  for (const ref of refs) {
    const identity = found.find((part) => part.has(ref))?.get(ref);
    if (identity !== undefined) byRef.set(ref, identity);
  }
  return byRef;
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
