import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { publicError } from '../../runtime/errors.js';
import type { SubjectIdentity } from '../feed/registry-port.js';
import type { SubjectHandle } from '../feed/subject-reference.js';
import { noteMissing } from '../port/answer-notes.js';
import type { SubgraphResolvers } from '../port/subgraph-schema.js';
import { ambiguousSubject, readSubjectArgument, unreadableSubject } from './read-subject-argument.js';
import type { Registry } from './registry.js';
import { handleRegistryMessage } from './registry-messages.js';
import { isRef } from './scheme-strength.js';
import { createSubjectLoaders } from './subject-loaders.js';

const MAX_CANDIDATES = 100;

/** What a `Subject` resolves from: who it is, and the ref by which it was asked for. Facets read the handle. */
interface SubjectNode extends SubjectHandle {
  readonly identity: SubjectIdentity;
  readonly ref: string;
}

/** The resolvers of `subgraphs/registry/schema.graphql` and of the hidden `_registry`. */
export function createRegistryResolvers(registry: Registry): SubgraphResolvers {
  const loaders = createSubjectLoaders(registry);
  return {
    Query: {
      subject: async (
        _parent: unknown,
        { by }: { by: Readonly<Record<string, unknown>> },
        context: CallContext,
        info: GraphQLResolveInfo,
      ) => {
        const ref = readSubjectArgument(by, registry);
        const identity = await loaders.identity(ref, context);
        if (identity === null) throw unreadableSubject('id');
        const bearers = (await registry.bearers([ref], context)).get(ref);
        if (bearers !== undefined) throw ambiguousSubject(bearers);
        const { some, absent } = await registry.knows(identity, context);
        noteMissing(some ? await registry.coverage(context) : absent, context, info);
        return some ? toNode(identity) : null;
      },
      subjectCandidates: async (
        _parent: unknown,
        { text, first }: { text: string; first: number | null },
        context: CallContext,
        info: GraphQLResolveInfo,
      ) => {
        const limit = first ?? 10;
        if (limit < 0 || limit > MAX_CANDIDATES) {
          throw publicError(
            'BAD_USER_INPUT',
            `first 应在 0 与 ${MAX_CANDIDATES} 之间，现为 ${limit}。first must be between 0 and ${MAX_CANDIDATES}, but is ${limit}.`,
          );
        }
        const candidates = await registry.candidates(text, limit, context);
        noteMissing(await registry.coverage(context), context, info);
        return candidates.map(({ subject, ...match }) => ({ ...match, subject: toNode(subject) }));
      },
      _registry: (_parent: unknown, { request }: { request: unknown }, context: CallContext) =>
        handleRegistryMessage(registry, request, context),
    },
    Subject: {
      __resolveReference: async (
        { id, ref }: { readonly id?: string; readonly ref?: string },
        context: CallContext,
      ): Promise<SubjectNode | null> => {
        const asked = id ?? ref;
        if (asked === undefined) return null;
        const identity = await loaders.identity(asked, context);
        return identity === null ? null : toNode(identity, ref);
      },
      name: ({ identity }: SubjectNode) => identity.name,
      kind: ({ identity }: SubjectNode) => identity.kind,
      township: ({ identity }: SubjectNode) => identity.township,
      industry: ({ identity }: SubjectNode) => identity.industry,
      state: ({ identity }: SubjectNode) => identity.state,
      // Held spellings stay inside: a number under its first spelling is enough, and some spell personal numbers.
      identifiers: ({ identity }: SubjectNode) => identity.keys.filter(isRef),
      owners: async ({ identity }: SubjectNode, _args: unknown, context: CallContext) =>
        (await loaders.owners(identity.id, context)).map((owner) => toNode(owner)),
      owned: async ({ identity }: SubjectNode, _args: unknown, context: CallContext) =>
        (await loaders.owned(identity.id, context)).map((owned) => toNode(owned)),
      alternatives: async ({ identity }: SubjectNode, _args: unknown, context: CallContext) =>
        (await loaders.alternatives(identity.id, context)).map(({ field, values }) => ({
          field: field.toUpperCase(),
          values,
        })),
    },
  };
}

function toNode(identity: SubjectIdentity, ref: string = identity.id): SubjectNode {
  return { id: identity.id, keys: identity.keys, identity, ref };
}
