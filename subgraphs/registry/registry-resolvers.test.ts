import { type GraphQLSchema, graphql } from 'graphql';
import { findProjectRoot } from '../../runtime/project-root.js';
import { subgraphSdl } from '../compose/subgraph-sdl.js';
import { withNotes } from '../port/answer-notes.js';
import { buildSubgraph } from '../port/subgraph-schema.js';
import { createRegistryResolvers } from './registry-resolvers.js';
import { makeContext, type OpenedRegistry, openRegistry } from './testing/open-registry.js';

const FIRM = 'uscc:91330922MA28K00156';
const VESSEL = 'vessel:3309222008060012';
const PERSON = `person:${'a'.repeat(64)}`;

let opened: OpenedRegistry;
let schema: GraphQLSchema;
let lookUps: string[] = [];

beforeAll(async () => {
  opened = await openRegistry([
    {
      name: 'market.registration',
      kind: 'Subject',
      rows: [
        {
          key: '1',
          refs: [FIRM, 'pripid:3309220000012345'],
          spellings: [{ ref: FIRM, held: 'uscc~91330922ma28k00156' }],
          values: {
            name: '嵊泗县海晏渔业有限公司',
            kind: 'ORGANISATION',
            township: '330922100',
            industry: 'A0412',
          },
        },
        {
          key: '2',
          refs: [VESSEL, 'vesselname:浙嵊渔90007'],
          values: { name: '浙嵊渔90007', kind: 'VESSEL' },
          related: [
            { role: 'OWNER', ref: FIRM },
            { role: 'OWNER', ref: PERSON },
          ],
        },
        { key: 'h', refs: [VESSEL], values: { name: '浙嵊渔90007', kind: 'VESSEL', township: '330922100' } },
        ...Array.from({ length: 20 }, (_, index) => ({
          key: `p${index}`,
          refs: [`pripid:${3309220000000000 + index}`],
        })),
      ],
    },
    {
      name: 'transport.vehicle',
      kind: 'Subject',
      rows: [{ key: '9', refs: [VESSEL], values: { kind: 'VESSEL', township: '330922101' } }],
    },
  ]);
  const counting = {
    ...opened.registry,
    resolve: (...args: Parameters<typeof opened.registry.resolve>) => {
      lookUps.push('resolve');
      return opened.registry.resolve(...args);
    },
    related: (...args: Parameters<typeof opened.registry.related>) => {
      lookUps.push('related');
      return opened.registry.related(...args);
    },
  };
  schema = buildSubgraph(subgraphSdl(findProjectRoot(), 'registry'), createRegistryResolvers(counting));
});
afterAll(() => opened.close());
beforeEach(() => {
  lookUps = [];
});

async function ask(source: string, variableValues: Record<string, unknown> = {}) {
  const answer = await graphql({ schema, source, variableValues, contextValue: makeContext() });
  return JSON.parse(JSON.stringify(answer)) as {
    data?: Record<string, unknown>;
    errors?: { message: string; extensions: unknown }[];
  };
}

describe('Query.subject', () => {
  test.each([
    ['id', FIRM],
    ['id', 'pripid:3309220000012345'],
    ['uscc', ' 91330922ma28k00156'],
    ['pripid', '3309220000012345'],
  ])('finds a subject by %s %s', async (field, text) => {
    const { data } = await ask(
      'query ($by: SubjectRef!) { subject(by: $by) { id ref keys name kind township industry identifiers } }',
      { by: { [field]: text } },
    );
    expect(data?.subject).toEqual({
      id: FIRM,
      ref: FIRM,
      keys: [FIRM, 'pripid:3309220000012345', 'uscc~91330922ma28k00156'],
      name: '嵊泗县海晏渔业有限公司',
      kind: 'ORGANISATION',
      township: '330922100',
      industry: 'A0412',
      identifiers: [FIRM, 'pripid:3309220000012345'],
    });
  });

  test('finds a vessel by its name, with its owners and what they own', async () => {
    const { data } = await ask(
      '{ subject(by: { vesselName: "浙嵊渔 90007" }) { id owners { id kind owned { id } } owned { id } } }',
    );
    expect(data?.subject).toEqual({
      id: VESSEL,
      owners: [
        { id: PERSON, kind: 'PERSON', owned: [{ id: VESSEL }] },
        { id: FIRM, kind: 'ORGANISATION', owned: [{ id: VESSEL }] },
      ],
      owned: [],
    });
    expect(lookUps.length).toBeLessThanOrEqual(6);
  });

  test('shows what registers disagree about', async () => {
    const { data } = await ask(
      `{ subject(by: { id: "${VESSEL}" }) { township alternatives { field values { value interface } } owners { alternatives { field } } } }`,
    );
    expect(data?.subject).toEqual({
      township: '330922100',
      alternatives: [
        {
          field: 'TOWNSHIP',
          values: [
            { value: '330922100', interface: 'market.registration' },
            { value: '330922101', interface: 'transport.vehicle' },
          ],
        },
      ],
      owners: [{ alternatives: [] }, { alternatives: [] }],
    });
  });

  test.each([
    ['{}', '恰写一项'],
    ['{ uscc: "91330922MA28K00156", regNo: "330922000000012" }', '2 项'],
    ['{ uscc: "91330922MA28K00155" }', 'by.uscc'],
    ['{ uscc: "330922198001010009" }', 'by.uscc'],
    ['{ id: "nobody" }', 'by.id'],
    ['{ id: "uscc:1" }', 'by.id'],
  ])('refuses by: %s and says why', async (by, words) => {
    const { data, errors } = await ask(`{ subject(by: ${by}) { id } }`);
    expect(data).toEqual({ subject: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(errors?.[0]?.message).toContain(words);
    expect(errors?.[0]?.message).not.toContain('330922198001010009');
  });
});

test('Query.subjectCandidates gives candidates, and refuses too many', async () => {
  const query =
    'query ($first: Int) { subjectCandidates(text: "海晏渔业", first: $first) { matchKind confidence subject { id } } }';
  const { data } = await ask(query);
  expect(data?.subjectCandidates).toEqual([
    { matchKind: 'NAME', confidence: expect.any(Number), subject: { id: FIRM } },
  ]);
  expect((await ask(query, { first: 101 })).errors?.[0]?.message).toContain('101');
  expect((await ask(query, { first: -1 })).errors?.[0]?.message).toContain('-1');
});

test('Subject representations of a page, by ref and by id, cost one look-up', async () => {
  const refs = Array.from({ length: 20 }, (_, index) => `pripid:${3309220000000000 + index}`);
  const representations = [
    ...refs.map((ref) => ({ __typename: 'Subject', ref })),
    { __typename: 'Subject', id: FIRM },
    { __typename: 'Subject', ref: 'pripid:3309220000012345' },
    { __typename: 'Subject', ref: 'garbage' },
  ];
  const { data, errors } = await ask(
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Subject { id ref } } }',
    { representations },
  );
  expect(errors).toBeUndefined();
  expect(data?._entities).toEqual([
    ...refs.map((ref) => ({ id: ref, ref })),
    { id: FIRM, ref: FIRM },
    { id: FIRM, ref: 'pripid:3309220000012345' },
    null,
  ]);
  expect(lookUps).toEqual(['resolve']);
});

test('what a part of the register says of a subject comes with the part that is missing, until it is read', async () => {
  const rows = [{ key: '1', refs: [VESSEL], values: { name: '浙嵊渔90007', kind: 'VESSEL' } }];
  const checks = {
    name: 'marine.inspection',
    kind: 'Inspection',
    rows: [{ key: 'C1', refs: [VESSEL] }],
  } as const;
  const vessels = { name: 'marine.vessel', kind: 'Subject', rows } as const;
  const part = await openRegistry([checks, { ...vessels, failsAfterPages: 0 }]);
  try {
    const graph = buildSubgraph(
      subgraphSdl(findProjectRoot(), 'registry'),
      createRegistryResolvers(part.registry),
    );
    const told = async (source: string) => {
      const contextValue = makeContext();
      const { data, errors } = withNotes(
        await graphql({ schema: graph, source, contextValue }),
        contextValue,
      );
      const codes = (errors ?? []).map(({ path, extensions }) => [
        path,
        extensions.code,
        extensions.interface,
      ]);
      return JSON.parse(JSON.stringify({ data, codes })) as unknown;
    };
    const subject = `{ subject(by: { id: "${VESSEL}" }) { name } }`;
    const candidates = '{ subjectCandidates(text: "浙嵊渔90007") { subject { id } } }';
    expect(await told(subject)).toEqual({
      data: { subject: { name: null } },
      codes: [[['subject'], 'INTERFACE_MISSING', 'marine.vessel']],
    });
    expect(await told(candidates)).toEqual({
      data: { subjectCandidates: [] },
      codes: [[['subjectCandidates'], 'INTERFACE_MISSING', 'marine.vessel']],
    });
    part.feed.hold([checks, vessels]);
    await part.registry.renew();
    expect(await told(subject)).toEqual({ data: { subject: { name: '浙嵊渔90007' } }, codes: [] });
  } finally {
    await part.close();
  }
});
