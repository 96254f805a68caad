import type { CallContext } from '../../runtime/call/call-context.js';
import { chunksOf } from '../../runtime/chunks-of.js';
import { publicError } from '../../runtime/errors.js';
import type { RegistryPort, SubjectIdentity } from '../feed/registry-port.js';
import type { InterfaceOutcome } from '../port/interface-outcome.js';
import type { SubgraphPort } from '../port/subgraph-port.js';
import { type RegistryAnswer, type RegistryRequest, registryAnswers } from './registry-messages.js';

const QUERY = 'query Registry($request: RegistryMessage!) { _registry(request: $request) }';
/** Refs per message: a few hundred kilobytes. */
const PART = 5000;

/** The registry on another machine, asked through the hidden root field of its subgraph. */
export function createRemoteRegistry(subgraph: SubgraphPort): RegistryPort {
  const ask = async <Operation extends RegistryRequest['operation']>(
    request: Extract<RegistryRequest, { operation: Operation }>,
    operation: Operation,
    context: CallContext,
  ): Promise<RegistryAnswer<Operation>> => {
    const { data, errors } = await subgraph.execute(
      { query: QUERY, variables: { request }, operationName: 'Registry' },
      context,
    );
    const [error] = errors ?? [];
    if (error !== undefined)
      throw publicError(failureCode(error.extensions?.code), undefined, { originalError: error });
    const parsed = registryAnswers[operation].safeParse(data?._registry);
    if (!parsed.success) throw publicError('SOURCE_MALFORMED', undefined, { originalError: parsed.error });
    return parsed.data as RegistryAnswer<Operation>;
  };
  return {
    resolve: async (refs, context) => {
      const found = new Map<string, SubjectIdentity>();
      for (const part of chunksOf([...new Set(refs)], PART)) {
        const answer = await ask({ operation: 'resolve', refs: part }, 'resolve', context);
        for (const [ref, place] of answer.refs) {
          const identity = answer.identities[place];
          if (identity === undefined) throw publicError('SOURCE_MALFORMED');
          found.set(ref, identity);
        }
      }
      return found;
    },
    bearers: async (refs, context) => {
      const found = new Map<string, readonly SubjectIdentity[]>();
      for (const part of chunksOf([...new Set(refs)], PART)) {
        const answer = await ask({ operation: 'bearers', refs: part }, 'bearers', context);
        for (const [ref, subjects] of answer.bearers) found.set(ref, subjects);
      }
      return found;
    },
    related: async (ids, role, reverse, context) => {
      const found = new Map<string, readonly string[]>();
      for (const part of chunksOf([...new Set(ids)], PART)) {
        const answer = await ask({ operation: 'related', ids: part, role, reverse }, 'related', context);
        for (const [id, others] of answer.related) found.set(id, others);
      }
      return found;
    },
    page: async (request, context) =>
      (await ask({ operation: 'page', request: mutable(request) }, 'page', context)).page,
    count: async (where, context) =>
      (await ask({ operation: 'count', where: mutable(where) }, 'count', context)).count,
    tally: async (where, by, context) =>
      (await ask({ operation: 'tally', where: mutable(where), by: [...by] }, 'tally', context)).tally,
    candidates: async (text, limit, context) =>
      (await ask({ operation: 'candidates', text, limit }, 'candidates', context)).candidates,
    numbers: async (kind, wanted, context) => {
      const answer = await ask({ operation: 'numbers', kind, wanted: mutable(wanted) }, 'numbers', context);
      if (answer.rows.length !== wanted.length) throw publicError('SOURCE_MALFORMED');
      return answer;
    },
    coverage: async (context): Promise<readonly InterfaceOutcome[]> =>
      (await ask({ operation: 'coverage' }, 'coverage', context)).coverage,
  };
}

/** Messages are plain data; their decoded types know no `readonly`. */
type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

function mutable<T>(value: T): Mutable<T> {
  return value as Mutable<T>;
}

function failureCode(code: unknown): 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_UNAVAILABLE' {
  return code === 'SUBGRAPH_TIMEOUT' || code === 'REQUEST_TIMEOUT'
    ? 'SUBGRAPH_TIMEOUT'
    : 'SUBGRAPH_UNAVAILABLE';
}
