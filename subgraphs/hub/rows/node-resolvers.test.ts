import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const inspections: ArrayInterface = {
  name: 'market.inspection',
  kind: 'Inspection',
  rows: [{ key: ['1'], subject: 'uscc:A', values: { date: '2026-05-01', number: 'J1' } }],
};
const licences: ArrayInterface = {
  name: 'market.licence',
  kind: 'Licence',
  rows: [{ key: ['1'], subject: null, values: { number: 'L1' } }],
};
const feed = createArrayFeed('market', [inspections, licences]);
const hub = openTestHub(
  [feed],
  createArrayRegistry([
    {
      id: 'uscc:A',
      keys: ['uscc:A', 'regno:1'],
      kind: 'ORGANISATION',
      name: '甲',
      township: null,
      industry: null,
      state: null,
      owners: [],
    },
  ]),
);

beforeEach(() => {
  feed.calls.length = 0;
});

describe('Query.node', () => {
  it('finds rows by their interface, and subjects by any of their refs', async () => {
    const { data, errors } = await hub.ask(`{
      inspection: node(id: "market.inspection:1") { __typename id ... on Inspection { date } ... on Licence { number } }
      licence: node(id: "market.licence:1") { __typename id ... on Licence { number } }
      subject: node(id: "regno:1") { __typename }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      inspection: { __typename: 'Inspection', id: 'market.inspection:1', date: '2026-05-01' },
      licence: { __typename: 'Licence', id: 'market.licence:1', number: 'L1' },
      subject: { __typename: 'Subject' },
    });
  });

  it('is null where nothing bears the id', async () => {
    const { data, errors } = await hub.ask(
      '{ row: node(id: "market.inspection:9") { id } other: node(id: "elsewhere.inspection:1") { id } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ row: null, other: null });
  });
});

describe('Query.nodes', () => {
  it('answers in the order of the ids and reads each kind once', async () => {
    const { data, errors } = await hub.ask(
      '{ nodes(ids: ["market.licence:1", "nothing", "market.inspection:1", "market.licence:2"]) { __typename } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ nodes: [{ __typename: 'Licence' }, null, { __typename: 'Inspection' }, null] });
    expect(feed.calls.map(({ operation }) => operation)).toEqual(['page', 'page']);
  });

  it('refuses more than 500 ids', async () => {
    const { errors } = await hub.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: 501 }, (_, index) => `market.licence:${index}`),
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'ids' });
  });
});
