import Fastify from 'fastify';
import type { ExecutionResult } from 'graphql';
import { findProjectRoot } from '../../runtime/project-root.js';
import { subgraphSdl } from '../compose/subgraph-sdl.js';
import type { RegistryPort } from '../feed/registry-port.js';
import { createLocalSubgraph } from '../port/local-subgraph.js';
import type { SubgraphPort, SubgraphRequest } from '../port/subgraph-port.js';
import { buildSubgraph } from '../port/subgraph-schema.js';
import { createRegistryResolvers } from './registry-resolvers.js';
import { createRemoteRegistry } from './remote-registry.js';
import type { ArrayRow } from './testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry } from './testing/open-registry.js';

const VESSELS = Array.from({ length: 6000 }, (_, index): ArrayRow => {
  const ref = `vessel:${3309222008060000 + index}`;
  return {
    key: ref,
    refs: [ref, `vesselname:浙嵊渔${90000 + index}`],
    values: { name: `浙嵊渔${90000 + index}`, kind: 'VESSEL', township: '330922100' },
    related: [{ role: 'OWNER', ref: 'uscc:91330922MA28K00156' }],
  };
});
/** Too many of them bear one text. */
const INSPECTIONS = Array.from(
  { length: 300 },
  (_, index): ArrayRow => ({ key: `JC${index}`, values: { number: index < 2 ? `N-${index}` : '见附件' } }),
);
const REFS = VESSELS.flatMap(({ refs }) => refs ?? []);

let opened: OpenedRegistry;
const server = Fastify({ bodyLimit: 16 * 1024 * 1024 });
let remote: RegistryPort;

beforeAll(async () => {
  opened = await openRegistry([
    { name: 'marine.vessel', kind: 'Subject', rows: VESSELS },
    { name: 'marine.inspection', kind: 'Inspection', numbers: ['number'], marks: true, rows: INSPECTIONS },
  ]);
  const schema = buildSubgraph(
    subgraphSdl(findProjectRoot(), 'registry'),
    createRegistryResolvers(opened.registry),
  );
  const local = createLocalSubgraph('registry', schema);
  server.post('/graphql', ({ body }) => local.execute(body as SubgraphRequest, makeContext()));
  remote = createRemoteRegistry(overHttp(await server.listen({ host: '127.0.0.1', port: 0 })));
});
afterAll(async () => {
  await server.close();
  await opened.close();
});

function overHttp(address: string): SubgraphPort {
  return {
    name: 'registry',
    execute: async (request) => {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      });
      return (await response.json()) as ExecutionResult;
    },
    close: () => Promise.resolve(),
  };
}

function answering(result: ExecutionResult): RegistryPort {
  return createRemoteRegistry({
    name: 'registry',
    execute: () => Promise.resolve(result),
    close: () => Promise.resolve(),
  });
}

describe('createRemoteRegistry()', () => {
  test.each<[string, (port: RegistryPort) => Promise<unknown>]>([
    ['resolve', (port) => port.resolve([...REFS, 'garbage'], makeContext())],
    [
      'numbers',
      (port) =>
        port.numbers(
          'Inspection',
          ['N-1', 'N-2', '见附件'].map((number) => ({ field: 'number', number })),
          makeContext(),
        ),
    ],
    ['related', (port) => port.related(REFS, 'OWNER', false, makeContext())],
    ['related, reversed', (port) => port.related(['uscc:91330922MA28K00156'], 'OWNER', true, makeContext())],
    [
      'page',
      (port) =>
        port.page(
          { where: { kinds: ['VESSEL'] }, orderBy: 'name', direction: 'desc', reversed: true, limit: 3 },
          makeContext(),
        ),
    ],
    [
      'page after a position',
      (port) =>
        port.page(
          { where: {}, orderBy: 'name', direction: 'asc', after: { value: null, id: 'uscc:0' }, limit: 3 },
          makeContext(),
        ),
    ],
    [
      'page in the order of a trait, of a filter with every part',
      (port) =>
        port.page(
          {
            where: {
              all: [{ not: { industryStartsWith: 'Q' } }, { not: { states: ['REVOKED'] } }],
              any: [
                { names: ['没有'] },
                { nameStartsWith: '浙' },
                { present: { township: false, state: false } },
                { kinds: ['ORGANISATION'] },
              ],
              not: { kinds: ['PERSON'] },
            },
            orderBy: 'township',
            direction: 'desc',
            after: { value: '330922999', id: 'uscc:0' },
            limit: 3,
          },
          makeContext(),
        ),
    ],
    ['tally', (port) => port.tally({ not: { kinds: ['PERSON'] } }, ['kind', 'township'], makeContext())],
    [
      'count',
      (port) =>
        port.count(
          {
            nameContains: ['9000'],
            states: ['ACTIVE'],
            relatedTo: { role: 'OWNER', ids: ['uscc:91330922MA28K00156'] },
          },
          makeContext(),
        ),
    ],
    ['candidates', (port) => port.candidates('浙嵊渔90007', 5, makeContext())],
    ['coverage', (port) => port.coverage(makeContext())],
  ])('answers %s as the registry itself does', async (_label, question) => {
    const here = await question(opened.registry);
    expect(await question(remote)).toEqual(here);
    expect(here).not.toEqual(new Map());
    expect(here).not.toEqual([]);
  });

  test.each([
    ['nothing', { data: { _registry: null } }],
    ['another message', { data: { _registry: { count: '3' } } }],
    ['a place that is not there', { data: { _registry: { identities: [], refs: [['uscc:1', 0]] } } }],
  ])('refuses %s as an answer', async (_label, result) => {
    await expect(answering(result).resolve(['uscc:1'], makeContext())).rejects.toMatchObject({
      extensions: { code: 'SOURCE_MALFORMED' },
    });
  });

  test('fails as a subgraph does that is away', async () => {
    const away = answering({ errors: [] as never });
    await expect(away.count({}, makeContext())).rejects.toMatchObject({
      extensions: { code: 'SOURCE_MALFORMED' },
    });
    const { publicError } = await import('../../runtime/errors.js');
    const dead = answering({ errors: [publicError('SUBGRAPH_UNAVAILABLE')] });
    await expect(dead.count({}, makeContext())).rejects.toMatchObject({
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
    const slow = answering({ errors: [publicError('SUBGRAPH_TIMEOUT')] });
    await expect(slow.count({}, makeContext())).rejects.toMatchObject({
      extensions: { code: 'SUBGRAPH_TIMEOUT' },
    });
  });

  test('a message that is none is told so', async () => {
    const port = overHttp(server.listeningOrigin);
    const { errors } = await port.execute(
      {
        query: 'query ($request: RegistryMessage!) { _registry(request: $request) }',
        variables: { request: { operation: 'page', request: { where: { kind: [] }, orderBy: 'name' } } },
      },
      makeContext(),
    );
    expect(errors?.[0]?.message).toMatch(/request\.request/);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
