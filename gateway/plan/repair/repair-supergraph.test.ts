import { parse } from 'graphql';
import { composeGraph } from '../../testing/open-graph.js';
import { readJoins } from '../joins.js';
import type { FetchNode } from '../query-plan.js';
import { type RepairedSupergraph, repairSupergraph } from './repair-supergraph.js';

const repair = (sdl: string): RepairedSupergraph => repairSupergraph(sdl, parse(sdl), readJoins(parse(sdl)));

describe('repairSupergraph()', () => {
  it('puts keys that are not resolvable behind those that are', () => {
    const sdl = `
      enum join__Graph { A @join__graph(name: "a", url: "") }
      type Ship @join__type(graph: A, key: "ref", resolvable: false) @join__type(graph: A, key: "id") { id: ID! ref: ID }`;
    const keys = [...repair(sdl).sdl.matchAll(/@join__type\(graph: A, key: "(\w+)"/g)].map(([, key]) => key);
    expect(keys).toEqual(['id', 'ref']);
  });

  it('leaves a graph alone in which nothing has to be repaired', () => {
    const sdl = composeGraph({ a: { sdl: 'type Query { ship: Int }' } });
    const { sdl: repaired, syntheticNames, repairPlan } = repair(sdl);
    expect(repaired).toBe(sdl);
    expect(syntheticNames.size).toBe(0);
    const plan = { node: { kind: 'Fetch', serviceName: 'a', operation: '{ ship }' } } as const;
    expect(repairPlan(plan)).toBe(plan);
  });
});

describe('a field that two @requires want with different arguments', () => {
  const supergraph = composeGraph({
    marine: {
      sdl: `type Query { ships: [Ship] }
            type Ship @key(fields: "id") { id: ID! weight(unit: String): Int weight__0: Int }`,
    },
    fees: {
      sdl: `type Ship @key(fields: "id") {
              id: ID! weight(unit: String): Int @external
              byTonne: Int @requires(fields: "weight(unit: \\"t\\")")
              byKilo: Int @requires(fields: "weight(unit: \\"kg\\")")
              flat: Int
            }`,
    },
  });
  const repaired = repair(supergraph);

  it('has a field for each in the graph to plan with, under names that nothing else has', () => {
    expect([...repaired.syntheticNames].sort()).toEqual(['weight__1', 'weight__2']);
    expect(repaired.sdl).toContain('requires: "weight__1"');
    expect(repaired.sdl).toContain('requires: "weight__2"');
    expect(supergraph).not.toContain('weight__1');
  });

  it('is asked for with its arguments, under the synthetic name', () => {
    const plan = repaired.repairPlan({
      node: { kind: 'Fetch', serviceName: 'marine', operation: '{ ships { id weight__1 weight__2 } }' },
    });
    const { operation } = plan.node as FetchNode;
    expect(operation.replace(/\s+/g, ' ')).toBe(
      '{ ships { id weight__1: weight(unit: "t") weight__2: weight(unit: "kg") } }',
    );
  });

  it('is sent under its own name, in one fetch for each group of fields that want the same', () => {
    const required = (name: string) => ({ kind: 'Field', name }) as const;
    const plan = repaired.repairPlan({
      node: {
        kind: 'Fetch',
        serviceName: 'fees',
        requires: [
          {
            kind: 'InlineFragment',
            typeCondition: 'Ship',
            selections: ['__typename', 'id', 'weight__1', 'weight__2'].map(required),
          },
        ],
        operation:
          'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Ship { byTonne byKilo flat } } }',
      },
    });
    expect(plan.node?.kind).toBe('Parallel');
    const fetches = plan.node?.kind === 'Parallel' ? (plan.node.nodes as readonly FetchNode[]) : [];
    const asked = fetches.map(({ operation }) =>
      /on Ship \{([^}]*)/.exec(operation)?.[1]?.trim().split(/\s+/),
    );
    expect(asked).toEqual([['byTonne', 'flat'], ['byKilo']]);
    const sent = fetches.map(({ requires }) => {
      const [fragment] = requires ?? [];
      return (fragment?.selections ?? []).flatMap((one) =>
        one.kind === 'Field' ? [`${one.name} as ${one.sentAs ?? one.name}`] : [],
      );
    });
    expect(sent).toEqual([
      ['__typename as __typename', 'id as id', 'weight__1 as weight'],
      ['__typename as __typename', 'id as id', 'weight__2 as weight'],
    ]);
  });
});
