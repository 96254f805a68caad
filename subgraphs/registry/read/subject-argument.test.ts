import { type GraphQLSchema, graphql } from 'graphql';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { subgraphSdl } from '../../compose/subgraph-sdl.js';
import { withNotes } from '../../port/answer-notes.js';
import { buildSubgraph } from '../../port/subgraph-schema.js';
import { createRegistryResolvers } from '../registry-resolvers.js';
import type { ArrayInterface } from '../testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry } from '../testing/open-registry.js';

const ONE = 'vessel:3309222008060012';
const OTHER = 'vessel:3309222008060029';
const NAME = 'vesselname:浙嵊渔90007';
const REGISTERED = 'uscc:91330922MA28K00156';
const INSPECTED = 'uscc:91330922MA28K1018N';
const NOBODY = 'uscc:91330922MA28K2002A';

let opened: OpenedRegistry;
let schema: GraphQLSchema;

const VESSELS: ArrayInterface = {
  name: 'marine.vessel',
  kind: 'Subject',
  rows: [
    { key: '1', refs: [ONE], values: { name: '浙嵊渔90007', kind: 'VESSEL' } },
    { key: '2', refs: [OTHER], values: { name: '浙嵊渔90007', kind: 'VESSEL' } },
    { key: '3', refs: [REGISTERED], values: { name: '海晏渔业', kind: 'ORGANISATION' } },
  ],
};
const inspectionsOf = (subject: string): ArrayInterface => ({
  name: 'market.inspection',
  kind: 'Inspection',
  rows: [{ key: '1', refs: [subject] }],
});

beforeAll(async () => {
  opened = await openRegistry([VESSELS, inspectionsOf(INSPECTED)]);
  schema = buildSubgraph(
    subgraphSdl(findProjectRoot(), 'registry'),
    createRegistryResolvers(opened.registry),
  );
});
beforeEach(() => opened.feed.hold([VESSELS, inspectionsOf(INSPECTED)]));
afterAll(() => opened.close());

async function askFor(by: string) {
  const context = makeContext();
  const source = `{ subject(by: { ${by} }) { id name } }`;
  const { data, errors = [] } = withNotes(await graphql({ schema, source, contextValue: context }), context);
  return {
    subject: data?.subject ?? null,
    errors: errors.map(({ path, extensions }) => ({ path, ...extensions })),
  };
}

describe('subject(by:)', () => {
  it('is null for an identifier that no source knows', async () => {
    expect(await askFor(`id: "${NOBODY}"`)).toEqual({ subject: null, errors: [] });
    expect(await askFor('vesselName: "浙嵊渔90008"')).toEqual({ subject: null, errors: [] });
  });

  it('is whoever a row is about, even where no register names them', async () => {
    expect(await askFor(`id: "${INSPECTED}"`)).toEqual({
      subject: { id: INSPECTED, name: null },
      errors: [],
    });
  });

  it('knows a row that came after the index was built', async () => {
    const late = 'uscc:91330922MA28K3005T';
    expect(await askFor(`id: "${late}"`)).toMatchObject({ subject: null });
    opened.feed.hold([VESSELS, inspectionsOf(late)]);
    expect(await askFor(`id: "${late}"`)).toMatchObject({ subject: { id: late } });
  });

  it('says what it could not ask instead of saying that nobody bears the identifier', async () => {
    opened.feed.hold([VESSELS, { ...inspectionsOf(NOBODY), failsAfterPages: 0 }]);
    const { subject, errors } = await askFor(`id: "${NOBODY}"`);
    expect(subject).toBeNull();
    expect(errors).toMatchObject([
      { path: ['subject'], code: 'INTERFACE_MISSING', interface: 'market.inspection', retryable: true },
    ]);
  });

  it('names the candidates where several bear a name', async () => {
    for (const by of ['vesselName: "浙嵊渔 90007"', `id: "${NAME}"`]) {
      const { subject, errors } = await askFor(by);
      expect(subject).toBeNull();
      expect(errors).toMatchObject([
        { code: 'SUBJECT_AMBIGUOUS', retryable: false, candidates: [ONE, OTHER] },
      ]);
    }
  });
});

describe('Registry.bearers()', () => {
  it('gives all bearers of a name, and nothing for what tells somebody apart', async () => {
    const found = await opened.registry.bearers(
      [NAME, ONE, REGISTERED, 'vesselname:浙嵊渔90008'],
      makeContext(),
    );
    expect([...found].map(([ref, subjects]) => [ref, subjects.map(({ id }) => id)])).toEqual([
      [NAME, [ONE, OTHER]],
    ]);
  });
});
