import { writeFileSync } from 'node:fs';
import type { SubjectIdentity, SubjectState } from '../feed/registry-port.js';
import type { Scheme } from '../kinds/subject-key.js';
import { hashPerson } from '../values/identifiers/person-key.js';
import { heldSpelling } from '../values/identifiers/subject-ref.js';
import { createRegistry, type Registry } from './registry.js';
import type { ArrayInterface, ArrayRow } from './testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry, PERSON_KEY } from './testing/open-registry.js';

const FIRM = 'uscc:91330922MA28K00156';
const OTHER_FIRM = 'uscc:91330922MA28KX007W';
const SHOP = 'uscc:92330922MA28K0023X';
const REGNO = 'regno:330922600000128';
const PRIPID = 'pripid:3309220000012345';
const VESSEL = 'vessel:3309222008060012';
const OTHER_VESSEL = 'vessel:3309222019080007';
const VESSEL_NAME = 'vesselname:浙嵊渔90007';
const PERSON = `person:${hashPerson('330922198001010009', PERSON_KEY)}`;

let opened: OpenedRegistry | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function openWith(...interfaces: readonly ArrayInterface[]): Promise<Registry> {
  opened = await openRegistry(interfaces);
  return opened.registry;
}

function register(...rows: readonly ArrayRow[]): ArrayInterface {
  return { name: 'market.registration', kind: 'Subject', rows };
}

function inspections(...rows: readonly ArrayRow[]): ArrayInterface {
  return { name: 'market.inspection', kind: 'Inspection', rows };
}

async function resolveOne(registry: Registry, ref: string): Promise<SubjectIdentity | undefined> {
  return (await registry.resolve([ref], makeContext())).get(ref);
}

describe('resolve()', () => {
  test('gives every ref of a row the same subject, under its strongest ref', async () => {
    const registry = await openWith(
      register({
        key: '1',
        refs: [PRIPID, REGNO, FIRM],
        spellings: [{ ref: FIRM, held: 'uscc~91330922ma28k00156' }],
        values: {
          name: '嵊泗县海晏渔业有限公司',
          kind: 'ORGANISATION',
          township: '330922100',
          industry: 'A0412',
          state: 'ACTIVE',
        },
      }),
    );
    const found = await registry.resolve([FIRM, REGNO, PRIPID], makeContext());
    expect(new Set(found.values()).size).toBe(1);
    expect(found.get(REGNO)).toEqual({
      id: FIRM,
      keys: [FIRM, REGNO, PRIPID, 'uscc~91330922ma28k00156'],
      kind: 'ORGANISATION',
      name: '嵊泗县海晏渔业有限公司',
      township: '330922100',
      industry: 'A0412',
      state: 'ACTIVE',
    });
  });

  test.each([
    ['as its newest number says', 'CANCELLED', 'ACTIVE', 'ACTIVE'],
    ['as an older row says, where the newest cannot be read', 'CANCELLED', 'UNKNOWN', 'CANCELLED'],
    ['as unknown, where every row is unreadable', 'UNKNOWN', null, 'UNKNOWN'],
    ['as nobody says', null, null, null],
  ])('gives a subject the state of its registration: %s', async (_label, older, newer, expected) => {
    const registry = await openWith(
      register(
        { key: '1', refs: [REGNO], values: { name: '旧味小吃店', state: older } },
        { key: '2', refs: [SHOP, REGNO], values: { name: '新味餐馆', state: newer } },
      ),
    );
    expect(await resolveOne(registry, REGNO)).toMatchObject({ name: '新味餐馆', state: expected });
    const states = [expected ?? 'ACTIVE'] as SubjectState[];
    expect(await registry.count({ states }, makeContext())).toBe(expected === null ? 0 : 1);
  });

  test('ties an old shop to the one that took over its registration number', async () => {
    const registry = await openWith(
      register(
        {
          key: '1',
          refs: [REGNO, PRIPID],
          values: { name: '嵊泗县旧味小吃店', kind: 'INDIVIDUAL_BUSINESS' },
        },
        { key: '2', refs: [SHOP, REGNO], values: { name: '嵊泗县新味餐馆', kind: 'INDIVIDUAL_BUSINESS' } },
      ),
    );
    expect(await resolveOne(registry, PRIPID)).toMatchObject({ id: SHOP, name: '嵊泗县新味餐馆' });
  });

  test('makes the newer of two USCCs canonical and keeps the old one as an alias', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [OTHER_FIRM, PRIPID], values: { name: '甲公司' } },
        { key: '2', refs: [FIRM, PRIPID], values: { name: '乙公司', formerNames: ['甲公司'] } },
      ),
    );
    expect(await resolveOne(registry, OTHER_FIRM)).toMatchObject({
      id: FIRM,
      name: '乙公司',
      keys: [FIRM, OTHER_FIRM, PRIPID],
    });
    const [candidate] = await registry.candidates('91330922MA28KX007W', 5, makeContext());
    expect(candidate).toMatchObject({ matchKind: 'ALIAS', subject: { id: FIRM } });
  });

  test('D23: follows a subject whose surrogate key changed when its system moved', async () => {
    const moved = 'pripid:3309220000099999';
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM, PRIPID], values: { name: '甲公司' } },
        { key: '2', refs: [FIRM, moved], values: { name: '甲公司' } },
      ),
    );
    expect((await resolveOne(registry, PRIPID))?.id).toBe(FIRM);
    expect((await resolveOne(registry, moved))?.id).toBe(FIRM);
  });

  test('D24: never merges by name', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM], values: { name: '嵊泗县海晏渔业有限公司' } },
        { key: '2', refs: [OTHER_FIRM], values: { name: '嵊泗县海晏渔业有限公司' } },
      ),
    );
    expect((await resolveOne(registry, FIRM))?.id).toBe(FIRM);
    expect((await resolveOne(registry, OTHER_FIRM))?.id).toBe(OTHER_FIRM);
  });

  test('lets the name of one vessel point at it', async () => {
    const registry = await openWith(
      register({ key: '1', refs: [VESSEL, VESSEL_NAME], values: { name: '浙嵊渔90007', kind: 'VESSEL' } }),
      inspections({
        key: 'a',
        refs: [VESSEL_NAME],
        spellings: [{ ref: VESSEL_NAME, held: 'vesselname~浙嵊鱼90007' }],
      }),
    );
    expect(await resolveOne(registry, VESSEL_NAME)).toMatchObject({
      id: VESSEL,
      keys: [VESSEL, VESSEL_NAME, 'vesselname~浙嵊鱼90007'],
    });
    expect(await registry.count({}, makeContext())).toBe(1);
  });

  test('lets a name that two vessels carry point at neither', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [VESSEL, VESSEL_NAME], values: { name: '浙嵊渔90007', kind: 'VESSEL' } },
        { key: '2', refs: [OTHER_VESSEL, VESSEL_NAME], values: { name: '浙嵊渔90007', kind: 'VESSEL' } },
      ),
    );
    expect(await resolveOne(registry, VESSEL_NAME)).toEqual({
      id: VESSEL_NAME,
      keys: [VESSEL_NAME],
      kind: 'VESSEL',
      name: null,
      township: null,
      industry: null,
      state: null,
    });
    expect((await resolveOne(registry, VESSEL))?.keys).toEqual([VESSEL]);
    expect((await resolveOne(registry, OTHER_VESSEL))?.keys).toEqual([OTHER_VESSEL]);
  });

  test('two subjects that share two persons stay two, though the persons stand together elsewhere', async () => {
    const partner = `person:${hashPerson('330922196512310004', PERSON_KEY)}`;
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM, PERSON] },
        { key: '2', refs: [OTHER_FIRM, partner] },
        { key: '3', refs: [PERSON, partner], values: { kind: 'PERSON' } },
      ),
    );
    expect((await resolveOne(registry, FIRM))?.keys).toEqual([FIRM]);
    expect((await resolveOne(registry, OTHER_FIRM))?.keys).toEqual([OTHER_FIRM]);
  });

  test('rows about a subject merge nothing, though they hold two numbers', async () => {
    const registry = await openWith(
      register({ key: '1', refs: [FIRM] }, { key: '2', refs: [PRIPID] }),
      inspections({ key: 'a', refs: [FIRM, PRIPID] }),
    );
    expect((await resolveOne(registry, PRIPID))?.id).toBe(PRIPID);
  });

  test('makes a subject of a ref that only an inspection knows', async () => {
    const registry = await openWith(register(), inspections({ key: 'a', refs: [SHOP, PRIPID] }));
    expect(
      await registry.page({ where: {}, orderBy: 'id', direction: 'asc', limit: 9 }, makeContext()),
    ).toEqual([
      {
        id: SHOP,
        keys: [SHOP],
        kind: 'INDIVIDUAL_BUSINESS',
        name: null,
        township: null,
        industry: null,
        state: null,
      },
    ]);
  });

  test('knows a well-formed ref that nobody mentioned, and no other text', async () => {
    const registry = await openWith(register());
    const texts = [
      '91330922MA28K00156',
      'uscc:91330922MA28K00155',
      'uscc~91330922ma28k00156',
      'nobody:1',
      '',
    ];
    const found = await registry.resolve([FIRM, PERSON, ...texts], makeContext());
    expect([...found.keys()]).toEqual([FIRM, PERSON]);
    expect(found.get(PERSON)).toMatchObject({ id: PERSON, kind: 'PERSON', name: null });
  });

  test('hands out the spellings that an interface of facets alone holds', async () => {
    const registry = await openWith(register({ key: '1', refs: [FIRM] }), {
      name: 'culture.scenic-spot',
      kind: null,
      rows: [{ key: 'a', refs: [FIRM], spellings: [{ ref: FIRM, held: 'uscc~91330922ma28k00156' }] }],
    });
    expect((await resolveOne(registry, FIRM))?.keys).toEqual([FIRM, 'uscc~91330922ma28k00156']);
  });

  test('hands out the sealed spellings by which departments find a person', async () => {
    const sealed = heldSpelling('person', '330922198001010009', { personKey: PERSON_KEY });
    const registry = await openWith(
      register(),
      inspections({ key: 'a', refs: [PERSON], spellings: [{ ref: PERSON, held: `person~${sealed}` }] }),
    );
    expect((await resolveOne(registry, PERSON))?.keys).toEqual([PERSON, `person~${sealed}`]);
  });

  test('answers for more refs than one look-up takes', async () => {
    const rows = Array.from({ length: 3000 }, (_, index): ArrayRow => {
      const number = String(3309220000000000 + index);
      return { key: number, refs: [`pripid:${number}`, `vessel:${number}`] };
    });
    const registry = await openWith(register(...rows));
    const refs = rows.flatMap((row) => row.refs ?? []);
    const found = await registry.resolve(refs, makeContext());
    expect(found.size).toBe(6000);
    for (const row of rows) expect(found.get(row.refs?.[0] ?? '')?.id).toBe(row.refs?.[1]);
  });
});

describe('persons', () => {
  const person = register({ key: '1', refs: [PERSON], values: { name: '欧阳修文', kind: 'PERSON' } });

  test('PIPL-04: are masked', async () => {
    const registry = await openWith(person);
    expect((await resolveOne(registry, PERSON))?.name).toBe('欧阳**');
    expect((await registry.candidates('欧阳修文', 5, makeContext()))[0]?.subject.name).toBe('欧阳**');
  });

  test('are found by their whole name and by nothing less', async () => {
    const registry = await openWith(person);
    expect(await registry.candidates('欧阳修文', 5, makeContext())).toMatchObject([{ matchKind: 'NAME' }]);
    for (const text of ['欧阳修', '欧阳', '修文', '欧阳**']) {
      expect(await registry.candidates(text, 5, makeContext())).toEqual([]);
    }
    expect(await registry.count({ nameContains: ['欧阳'] }, makeContext())).toBe(0);
  });

  test('PIPL-11: leave neither name nor number in the index file', async () => {
    await openWith(person);
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(opened?.file ?? '');
    expect(bytes.includes(Buffer.from('修文'))).toBe(false);
    expect(bytes.includes(Buffer.from('330922198001010009'))).toBe(false);
    expect(bytes.includes(Buffer.from('欧阳**'))).toBe(true);
  });
});

describe('related()', () => {
  test('gives owners of a vessel, and reversed what they own', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM, REGNO], values: { name: '甲公司' } },
        {
          key: '2',
          refs: [VESSEL],
          values: { kind: 'VESSEL' },
          related: [
            { role: 'OWNER', ref: REGNO, share: '1/2' },
            { role: 'OWNER', ref: PERSON, share: '1/2' },
            { role: 'CAPTAIN', ref: PERSON },
          ],
        },
      ),
    );
    const context = makeContext();
    expect(await registry.related([VESSEL, FIRM], 'OWNER', false, context)).toEqual(
      new Map([
        [VESSEL, [PERSON, FIRM]],
        [FIRM, []],
      ]),
    );
    expect(await registry.related([FIRM], 'OWNER', true, context)).toEqual(new Map([[FIRM, [VESSEL]]]));
    expect(await registry.related([FIRM], 'CAPTAIN', true, context)).toEqual(new Map([[FIRM, []]]));
    expect(await registry.count({ relatedTo: { role: 'OWNER', ids: [FIRM] } }, context)).toBe(1);
    expect(await registry.count({ relatedTo: { role: 'OWNER', ids: [VESSEL] } }, context)).toBe(0);
  });
});

describe('a caller of some townships', () => {
  const ofTownships = (...townships: readonly string[]) => ({
    ...makeContext(),
    caller: { name: 'a', role: 'township-analyst', scope: { townships, departments: null } },
  });

  test('is given lists, counts and candidates of these alone', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM], values: { name: '海晏渔业', township: '330922100' } },
        { key: '2', refs: [OTHER_FIRM], values: { name: '海晏船务', township: '330922101' } },
        { key: '3', refs: [SHOP], values: { name: '海晏小店' } },
      ),
    );
    const context = ofTownships('330922101');
    const asked = { where: {}, orderBy: 'id', direction: 'asc', limit: 10 } as const;
    expect((await registry.page(asked, context)).map(({ id }) => id)).toEqual([OTHER_FIRM]);
    expect(
      await registry.count({ any: [{ kinds: ['ORGANISATION'] }, { townships: ['330922100'] }] }, context),
    ).toBe(1);
    expect(await registry.tally({}, ['township'], context)).toMatchObject([{ count: 1 }]);
    const candidates = await registry.candidates('海晏', 10, context);
    expect(candidates.map(({ subject }) => subject.id)).toEqual([OTHER_FIRM]);
    expect(await registry.candidates('91330922MA28K00156', 10, context)).toEqual([]);
    expect(await registry.count({}, makeContext())).toBe(3);
  });
});

describe('alternatives()', () => {
  const library = (...rows: readonly ArrayRow[]): ArrayInterface => ({
    name: 'marine.vessel',
    kind: 'Subject',
    rows,
  });

  test('GDS-05: shows side by side what two registers disagree about, and merges nothing', async () => {
    const registry = await openWith(
      library({
        key: 'a',
        refs: [FIRM],
        values: { name: '海晏渔业', township: '330922100', state: 'ACTIVE' },
      }),
      register({
        key: '1',
        refs: [FIRM, PRIPID],
        values: { name: '嵊泗县海晏渔业有限公司', township: '330922100', state: 'CANCELLED' },
      }),
    );
    const found = await registry.alternatives([PRIPID], makeContext());
    const resolved = await resolveOne(registry, FIRM);
    expect(resolved).toMatchObject({ name: '海晏渔业', state: 'ACTIVE' });
    expect(found.get(PRIPID)).toEqual([
      {
        field: 'name',
        values: [
          { value: '海晏渔业', interface: 'marine.vessel' },
          { value: '嵊泗县海晏渔业有限公司', interface: 'market.registration' },
        ],
      },
      {
        field: 'state',
        values: [
          { value: 'ACTIVE', interface: 'marine.vessel' },
          { value: 'CANCELLED', interface: 'market.registration' },
        ],
      },
    ]);
  });

  test('leaves out what one register says twice, what nobody knows and a name of before', async () => {
    const registry = await openWith(
      register(
        { key: '1', refs: [FIRM], values: { name: '乙公司', formerNames: ['甲公司'], state: 'UNKNOWN' } },
        { key: '2', refs: [FIRM], values: { name: '丙公司', state: 'ACTIVE' } },
      ),
      library({ key: 'a', refs: [FIRM], values: { name: '甲公司' } }),
    );
    expect((await registry.alternatives([FIRM], makeContext())).get(FIRM)).toEqual([]);
  });
});

describe('build() and refresh()', () => {
  test('open a fitting file without reading a feed', async () => {
    await openWith(register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }));
    const { file, feed } = opened ?? (await openRegistry([]));
    const before = feed.pagesRead;
    const again = createRegistry({ feeds: [feed], file, personKey: PERSON_KEY });
    await again.build();
    expect((await resolveOne(again, FIRM))?.name).toBe('甲公司');
    expect(feed.pagesRead).toBe(before);
    expect(again.asOf()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
    await again.close();
  });

  test.each([
    ['another person key', 'another key', true],
    ['a damaged file', PERSON_KEY, false],
  ])('build anew for %s', async (_label, personKey, intact) => {
    await openWith(register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }));
    const { file, feed } = opened ?? (await openRegistry([]));
    if (!intact) writeFileSync(file, 'no index');
    const before = feed.pagesRead;
    const again = createRegistry({ feeds: [feed], file, personKey });
    await again.build();
    expect(feed.pagesRead).toBeGreaterThan(before);
    expect((await resolveOne(again, FIRM))?.name).toBe('甲公司');
    await again.close();
  });

  test('swap the new index in while the old one answers', async () => {
    const many = Array.from({ length: 5000 }, (_, index): ArrayRow => {
      const ref = `pripid:${3309220000000000 + index}`;
      return { key: ref, refs: [ref], values: { name: `甲${index}` } };
    });
    const registry = await openWith(register(...many));
    const renamed = many.map((row) => ({ ...row, values: { name: `${String(row.values?.name)}改` } }));
    opened?.feed.hold([register(...renamed)]);
    const seen = new Set<string>();
    let done = false;
    const refreshing = registry.refresh().then(() => {
      done = true;
    });
    while (!done) {
      const refs = many.map(({ key }) => key);
      const names = [...(await registry.resolve(refs, makeContext())).values()].map(({ name }) => name);
      expect(names).toHaveLength(5000);
      // One answer comes from one index.
      expect(new Set(names.map((name) => name?.endsWith('改'))).size).toBe(1);
      seen.add(names[0] ?? '');
    }
    await refreshing;
    expect((await resolveOne(registry, 'pripid:3309220000000000'))?.name).toBe('甲0改');
    expect(seen.has('甲0')).toBe(true);
  });

  test('leave out an interface that answers for keys alone', async () => {
    const registry = await openWith(register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }), {
      name: 'registry.legal-person',
      kind: 'Subject',
      rows: [{ key: '1', refs: [OTHER_FIRM], values: { name: '乙公司' } }],
      lookupOnly: true,
    });
    expect((await registry.coverage(makeContext())).map((one) => one.interface)).toEqual([
      'market.registration',
    ]);
    expect(await registry.count({}, makeContext())).toBe(1);
  });

  test('report an interface that does not answer and go on without it', async () => {
    const registry = await openWith(register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }), {
      name: 'marine.vessel',
      kind: 'Subject',
      rows: [{ key: '1', refs: [VESSEL] }],
      failsAfterPages: 0,
    });
    expect((await resolveOne(registry, FIRM))?.name).toBe('甲公司');
    const coverage = await registry.coverage(makeContext());
    expect(coverage.map((one) => [one.interface, one.state])).toEqual([
      ['marine.vessel', 'MISSING'],
      ['market.registration', 'LIVE'],
    ]);
    expect(coverage[0]?.reason).toContain('SOURCE_UNAVAILABLE');
  });

  test('remember what an interface said before it fell silent', async () => {
    const vessels = Array.from({ length: 2500 }, (_, index): ArrayRow => {
      const ref = `vessel:${3309222008060000 + index}`;
      return {
        key: ref,
        refs: [ref],
        values: { name: `浙嵊渔${90000 + index}` },
        spellings: [{ ref, held: `vessel~ ${index}` }],
      };
    });
    const marine = (failsAfterPages?: number): ArrayInterface => ({
      name: 'marine.vessel',
      kind: 'Subject',
      rows: vessels.map((row) =>
        failsAfterPages === undefined ? row : { ...row, values: { name: '半途' } },
      ),
      ...(failsAfterPages !== undefined && { failsAfterPages }),
    });
    const registry = await openWith(register(), marine());
    opened?.feed.hold([register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }), marine(1)]);
    await registry.refresh();
    const first = await resolveOne(registry, 'vessel:3309222008060000');
    expect(first).toMatchObject({ name: '浙嵊渔90000', keys: ['vessel:3309222008060000', 'vessel~ 0'] });
    expect((await resolveOne(registry, 'vessel:3309222008062499'))?.name).toBe('浙嵊渔92499');
    expect((await resolveOne(registry, FIRM))?.name).toBe('甲公司');
    const [coverage] = await registry.coverage(makeContext());
    expect(coverage).toMatchObject({
      interface: 'marine.vessel',
      state: 'STALE',
      asOf: '2026-06-30T08:00:00+08:00',
    });
  });

  test('start by themselves when somebody asks first', async () => {
    await openWith(register({ key: '1', refs: [FIRM], values: { name: '甲公司' } }));
    const { feed, file } = opened ?? (await openRegistry([]));
    const fresh = createRegistry({ feeds: [feed], file: `${file}.fresh`, personKey: PERSON_KEY });
    const left = new AbortController();
    left.abort();
    await expect(fresh.resolve([FIRM], { ...makeContext(), signal: left.signal })).rejects.toThrow(/时限/);
    expect((await resolveOne(fresh, FIRM))?.name).toBe('甲公司');
    await fresh.close();
    await expect(fresh.resolve([FIRM], makeContext())).rejects.toThrow(/不可用/);
  });

  test('stop when the registry is closed', async () => {
    const registry = await openWith(register({ key: '1', refs: [FIRM] }));
    const refreshing = registry.refresh();
    await Promise.all([registry.close(), expect(refreshing).rejects.toThrow()]);
  });
});

describe('knownRefs()', () => {
  async function refsOf(registry: Registry, scheme: Scheme): Promise<readonly string[] | null> {
    const pages = registry.knownRefs(scheme);
    if (pages === null) return null;
    const refs = new Set<string>();
    for await (const page of pages) for (const ref of page) refs.add(ref);
    return [...refs].sort();
  }

  test('lists every ref of a scheme that a register or any row names', async () => {
    const registry = await openWith(
      register({ key: '1', refs: [FIRM, REGNO] }, { key: '2', refs: [SHOP, PERSON] }),
      inspections({ key: '7', refs: [OTHER_FIRM] }, { key: '8', refs: [FIRM] }, { key: '9', refs: [VESSEL] }),
    );
    expect(await refsOf(registry, 'uscc')).toEqual([FIRM, OTHER_FIRM, SHOP].sort());
    expect(await refsOf(registry, 'regno')).toEqual([REGNO]);
    expect(await refsOf(registry, 'plate')).toEqual([]);
  });

  test('lists more than one page, and lets go of the index when somebody stops early', async () => {
    const many = Array.from(
      { length: 4500 },
      (_, index) => `vessel:33092220${String(index).padStart(8, '0')}`,
    );
    const registry = await openWith(
      register(...many.map((ref, index) => ({ key: String(index), refs: [ref] }))),
    );
    expect(await refsOf(registry, 'vessel')).toEqual(many);
    for await (const page of registry.knownRefs('vessel') ?? []) {
      expect(page.length).toBeLessThan(many.length);
      break;
    }
    await registry.refresh();
    expect(await refsOf(registry, 'vessel')).toEqual(many);
  });
});
