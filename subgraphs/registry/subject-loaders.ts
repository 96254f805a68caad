import DataLoader from 'dataloader';
import type { CallContext } from '../../runtime/call/call-context.js';
import { perRequest } from '../../runtime/call/per-request.js';
import type { SubjectIdentity } from '../feed/registry-port.js';
import type { Alternatives } from './read/disputed.js';
import type { Registry } from './registry.js';

/** Look-ups of one request, gathered: a page of subjects costs one question to the registry. */
interface SubjectLoaders {
  /** Null for a text that is no ref. */
  identity(ref: string, context: CallContext): Promise<SubjectIdentity | null>;
  owners(id: string, context: CallContext): Promise<readonly SubjectIdentity[]>;
  owned(id: string, context: CallContext): Promise<readonly SubjectIdentity[]>;
  alternatives(id: string, context: CallContext): Promise<readonly Alternatives[]>;
}

export function createSubjectLoaders(
  registry: Pick<Registry, 'resolve' | 'related' | 'alternatives'>,
): SubjectLoaders {
  const identities = perRequest(
    (context) =>
      new DataLoader<string, SubjectIdentity | null>(async (refs) => {
        const found = await registry.resolve(refs, context);
        return refs.map((ref) => found.get(ref) ?? null);
      }),
  );
  const related = (reverse: boolean) =>
    perRequest(
      (context) =>
        new DataLoader<string, readonly string[]>(async (ids) => {
          const found = await registry.related(ids, 'OWNER', reverse, context);
          return ids.map((id) => found.get(id) ?? []);
        }),
    );
  const alternatives = perRequest(
    (context) =>
      new DataLoader<string, readonly Alternatives[]>(async (ids) => {
        const found = await registry.alternatives(ids, context);
        return ids.map((id) => found.get(id) ?? []);
      }),
  );
  const ownerIds = related(false);
  const ownedIds = related(true);
  const resolveAll = async (
    ids: readonly string[],
    context: CallContext,
  ): Promise<readonly SubjectIdentity[]> => {
    const found = await Promise.all(ids.map((id) => identities(context).load(id)));
    return found.filter((identity) => identity !== null);
  };
  return {
    identity: (ref, context) => identities(context).load(ref),
    owners: async (id, context) => resolveAll(await ownerIds(context).load(id), context),
    owned: async (id, context) => resolveAll(await ownedIds(context).load(id), context),
    alternatives: (id, context) => alternatives(context).load(id),
  };
}
