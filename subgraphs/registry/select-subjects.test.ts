import fc from 'fast-check';
import { atDepth } from '../../test/deep.js';
import type {
  SubjectFilter,
  SubjectKind,
  SubjectPageRequest,
  SubjectPosition,
  SubjectState,
  SubjectTraits,
} from '../feed/registry-port.js';
import { SUBJECT_ORDERS, SUBJECT_TRAITS } from '../kinds/surface/subject-traits.js';
import { compareCodePoints } from '../values/texts/sort-text.js';
import type { ArrayRow } from './testing/array-feed.js';
import { makeContext, type OpenedRegistry, openRegistry } from './testing/open-registry.js';

interface Expected {
  readonly id: string;
  readonly name: string | null;
  readonly kind: SubjectKind;
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
  readonly owners: readonly string[];
}

const KINDS = ['ORGANISATION', 'VESSEL', 'PERSON', 'INDIVIDUAL_BUSINESS'] as const;
const TOWNSHIPS = ['330922100', '330922101', '330922200'];
const STATES = ['ACTIVE', 'ACTIVE', 'CANCELLED', 'REVOKED'] as const;
const INDUSTRIES = ['A0412', 'F5210'];
/** 𣗋 is beyond U+FFFF and ﷐ just below: UTF-16 order and code point order differ. */
const NAMES = ['海晏渔业', '海晏渔业二', '东升', '\u{235CB}记', '\ufdd0记', 'ab', 'AB船厂'];

// More than one part of every kind of walk, so that the seams are walked over, too.
const SUBJECTS: readonly Expected[] = Array.from({ length: 7000 }, (_, index) => {
  const kind = index % 50 === 0 ? KINDS[(index / 50) % 4] : KINDS[0];
  const plain = NAMES[(index * 7) % NAMES.length] ?? '';
  return {
    id: `pripid:${3309220000000000 + ((index * 6553) % 7001)}`,
    name:
      index % 11 === 0
        ? null
        : kind === 'PERSON'
          ? '张*'
          : index % 3 === 0
            ? plain
            : `${plain}${index % 900}`,
    kind: kind ?? 'ORGANISATION',
    township: TOWNSHIPS[index % 4] ?? null,
    industry: index % 997 === 0 ? 'Z9999' : (INDUSTRIES[index % 3] ?? null),
    state: STATES[index % 5] ?? null,
    owners: index % 100 === 1 ? [`pripid:${3309220000000000 + ((index * 6553 + 6553) % 7001)}`] : [],
  };
});

const ROWS = SUBJECTS.map(
  ({ id, owners, ...values }): ArrayRow => ({
    key: id,
    refs: [id],
    values,
    related: owners.map((ref) => ({ role: 'OWNER', ref })),
  }),
);

let opened: OpenedRegistry;
beforeAll(async () => {
  opened = await openRegistry([{ name: 'market.registration', kind: 'Subject', rows: ROWS }]);
});
afterAll(() => opened.close());

const someIds = fc.uniqueArray(fc.constantFrom(...SUBJECTS.map(({ id }) => id)), { maxLength: 60 });
const someNames = fc.constantFrom(
  '海晏渔业二',
  'Ａb',
  '海晏 渔业',
  '张*',
  '没有',
  '渔业12',
  '东升44',
  'ab船厂',
);
const leaves = {
  kinds: fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 }),
  townships: fc.uniqueArray(fc.constantFrom(...TOWNSHIPS), { maxLength: 2 }),
  industries: fc.uniqueArray(fc.constantFrom(...INDUSTRIES, 'Z9999'), { maxLength: 2 }),
  states: fc.uniqueArray(fc.constantFrom(...STATES, 'WITHDRAWN' as const), { maxLength: 2 }),
  nameContains: fc.array(
    fc.constantFrom('海晏渔业二', '海晏', '\u{235CB}', 'Ａb', '', '没有', '渔业12', '"'),
    { maxLength: 2 },
  ),
  industryStartsWith: fc.constantFrom('A', 'F52', 'Z9999', 'B'),
  present: fc.record(
    { township: fc.boolean(), industry: fc.boolean(), state: fc.boolean() },
    { requiredKeys: [] },
  ),
  names: fc.uniqueArray(someNames, { maxLength: 3 }),
  nameStartsWith: fc.oneof(someNames, fc.constantFrom('海', '东升1', '')),
};
/** Few at once: a filter of many leaves holds for nobody. */
const someLeaves = fc
  .record({ all: fc.record(leaves), kept: fc.subarray(Object.keys(leaves), { maxLength: 2 }) })
  .map(
    ({ all, kept }): SubjectTraits =>
      Object.fromEntries(Object.entries(all).filter(([name]) => kept.includes(name))),
  );
const traits: fc.Arbitrary<SubjectTraits> = fc.letrec<{ traits: SubjectTraits }>((tie) => ({
  traits: fc
    .record({
      leaf: someLeaves,
      parts: fc.option(
        fc.record(
          {
            all: fc.array(tie('traits'), { maxLength: 2 }),
            any: fc.array(tie('traits'), { maxLength: 3 }),
            not: tie('traits'),
          },
          { requiredKeys: [] },
        ),
        { depthSize: 'small', nil: {} },
      ),
    })
    .map(({ leaf, parts }) => ({ ...leaf, ...parts })),
})).traits;
const filters: fc.Arbitrary<SubjectFilter> = fc
  .record({
    traits,
    whom: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      fc.record(
        { ids: someIds, relatedTo: fc.record({ role: fc.constant('OWNER' as const), ids: someIds }) },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ traits: own, whom }) => ({ ...own, ...whom }));
const orders = fc.record({
  orderBy: fc.constantFrom(...SUBJECT_ORDERS),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  reversed: fc.boolean(),
});

type Order = Pick<SubjectPageRequest, 'orderBy' | 'direction' | 'reversed'>;

/** As names are compared: none of these has a bracket. */
const fold = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

function holds(one: Expected, where: SubjectTraits): boolean {
  const named = (test: (name: string) => boolean): boolean =>
    one.name !== null && one.kind !== 'PERSON' && test(fold(one.name));
  const { names, nameContains = [], nameStartsWith: start, present = {}, industryStartsWith: prefix } = where;
  return (
    where.kinds?.includes(one.kind) !== false &&
    (where.townships === undefined || where.townships.includes(one.township ?? '-')) &&
    (where.states === undefined || where.states.some((state) => state === one.state)) &&
    (where.industries === undefined || where.industries.includes(one.industry ?? '-')) &&
    (prefix === undefined || (one.industry ?? '').startsWith(prefix)) &&
    (present.state === undefined || present.state === (one.state !== null)) &&
    (present.township === undefined || present.township === (one.township !== null)) &&
    (present.industry === undefined || present.industry === (one.industry !== null)) &&
    (names === undefined || named((name) => names.some((text) => fold(text) === name))) &&
    nameContains.every((words) => named((name) => name.includes(fold(words)))) &&
    (start === undefined || named((name) => name.startsWith(fold(start)))) &&
    (where.all ?? []).every((part) => holds(one, part)) &&
    (where.any === undefined || where.any.some((part) => holds(one, part))) &&
    (where.not === undefined || !holds(one, where.not))
  );
}

function matching(where: SubjectFilter): readonly Expected[] {
  return SUBJECTS.filter(
    (one) =>
      holds(one, where) &&
      where.ids?.includes(one.id) !== false &&
      (where.relatedTo === undefined || one.owners.some((id) => where.relatedTo?.ids.includes(id))),
  );
}

function expectedOf(where: SubjectFilter, { orderBy, direction, reversed = false }: Order) {
  const found = [...matching(where)];
  const byId = (a: Expected, b: Expected) => compareCodePoints(a.id, b.id);
  const byValue = (a: Expected, b: Expected) =>
    compareCodePoints(a[orderBy] ?? '', b[orderBy] ?? '') || byId(a, b);
  const parts = [
    found.filter((one) => one[orderBy] !== null).sort(byValue),
    found.filter((one) => one[orderBy] === null).sort(byId),
  ];
  const whole = parts.flatMap((part) => (direction === 'asc' ? part : part.reverse())).map(({ id }) => id);
  return reversed ? whole.reverse() : whole;
}

const placeOf = (order: Pick<Order, 'orderBy'>, one: Expected) => ({
  value: order.orderBy === 'id' ? null : one[order.orderBy],
  id: one.id,
});

test('page() is a slice of the sorted whole, and count() its length', async () => {
  await fc.assert(
    fc.asyncProperty(
      filters,
      orders,
      fc.nat(),
      fc.integer({ min: 1, max: 40 }),
      async (where, order, at, limit) => {
        const whole = expectedOf(where, order);
        const start = whole.length === 0 ? 0 : at % whole.length;
        const last = SUBJECTS.find(({ id }) => id === whole[start - 1]);
        const page = await opened.registry.page(
          { where, ...order, limit, ...(last !== undefined && { after: placeOf(order, last) }) },
          makeContext(),
        );
        expect(page.map(({ id }) => id)).toEqual(whole.slice(start, start + limit));
        expect(await opened.registry.count(where, makeContext())).toBe(whole.length);
      },
    ),
    { numRuns: atDepth(150, 600) },
  );
});

test('tally() counts by traits what satisfies the filter', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.subarray([...SUBJECT_TRAITS]), async (where, by) => {
      const expected = new Map<string, number>();
      for (const one of matching(where)) {
        const key = JSON.stringify(by.map((trait) => one[trait]));
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
      const tallies = await opened.registry.tally(where, by, makeContext());
      expect(new Map(tallies.map(({ key, count }) => [JSON.stringify(key), count]))).toEqual(expected);
    }),
    { numRuns: atDepth(50, 150) },
  );
});

test.each(
  SUBJECT_ORDERS.flatMap((orderBy) =>
    (['asc', 'desc'] as const).flatMap((way) => [
      [orderBy, way, false] as const,
      [orderBy, way, true] as const,
    ]),
  ),
)(
  'walking all pages by %s %s (reversed: %s) meets every subject once, in order',
  async (orderBy, direction, reversed) => {
    const met: string[] = [];
    for (let after: SubjectPosition | undefined; ; ) {
      const page = await opened.registry.page(
        { where: {}, orderBy, direction, reversed, limit: 499, ...(after !== undefined && { after }) },
        makeContext(),
      );
      met.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (last === undefined) break;
      after = { value: orderBy === 'id' ? null : last[orderBy], id: last.id };
    }
    expect(met).toEqual(expectedOf({}, { orderBy, direction, reversed }));
  },
);

test('page() keeps ids that no register knows, so that no row is lost', async () => {
  const where = { ids: ['uscc:91330922MA28K00156', 'uscc:91330922MA28K00155'] };
  const page = await opened.registry.page(
    { where, orderBy: 'name', direction: 'asc', limit: 5 },
    makeContext(),
  );
  expect(page.map(({ id, kind }) => [id, kind])).toEqual([['uscc:91330922MA28K00156', 'ORGANISATION']]);
  expect(await opened.registry.count(where, makeContext())).toBe(1);
});

test('page() takes a filter of very many ids', async () => {
  const ids = SUBJECTS.map(({ id }) => id);
  const page = await opened.registry.page(
    { where: { ids }, orderBy: 'id', direction: 'asc', limit: 3 },
    makeContext(),
  );
  expect(page.map(({ id }) => id)).toEqual(expectedOf({}, { orderBy: 'id', direction: 'asc' }).slice(0, 3));
});

test('stops when nobody waits any more', async () => {
  const left = new AbortController();
  left.abort(new Error('left'));
  await expect(
    opened.registry.count({ nameContains: ['没有'] }, { ...makeContext(), signal: left.signal }),
  ).rejects.toThrow('left');
});
