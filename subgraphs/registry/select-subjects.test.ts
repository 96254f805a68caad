import fc from 'fast-check';
import type { SubjectFilter, SubjectKind, SubjectPageRequest, SubjectState } from '../feed/registry-port.js';
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
const filters: fc.Arbitrary<SubjectFilter> = fc.record(
  {
    kinds: fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 2 }),
    townships: fc.uniqueArray(fc.constantFrom(...TOWNSHIPS), { maxLength: 2 }),
    industries: fc.uniqueArray(fc.constantFrom(...INDUSTRIES, 'Z9999'), { maxLength: 2 }),
    states: fc.uniqueArray(fc.constantFrom(...STATES, 'WITHDRAWN' as const), { maxLength: 2 }),
    nameContains: fc.array(
      fc.constantFrom('海晏渔业二', '海晏', '\u{235CB}', 'Ａb', '', '没有', '渔业12', '"'),
      { maxLength: 2 },
    ),
    ids: someIds,
    relatedTo: fc.record({ role: fc.constant('OWNER' as const), ids: someIds }),
  },
  { requiredKeys: [] },
);
const orders = fc.record({
  orderBy: fc.constantFrom('name' as const, 'id' as const),
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  reversed: fc.boolean(),
});

function expectedOf(
  where: SubjectFilter,
  { orderBy, direction, reversed = false }: Pick<SubjectPageRequest, 'orderBy' | 'direction' | 'reversed'>,
) {
  const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
  const found = SUBJECTS.filter(
    (one) =>
      where.kinds?.includes(one.kind) !== false &&
      (where.townships === undefined || where.townships.includes(one.township ?? '-')) &&
      (where.states === undefined || where.states.some((state) => state === one.state)) &&
      (where.industries === undefined || where.industries.includes(one.industry ?? '-')) &&
      where.ids?.includes(one.id) !== false &&
      (where.relatedTo === undefined || one.owners.some((id) => where.relatedTo?.ids.includes(id))) &&
      (where.nameContains ?? []).every(
        (words) => one.kind !== 'PERSON' && fold(one.name ?? '\0').includes(fold(words)) && one.name !== null,
      ),
  );
  const byId = (a: Expected, b: Expected) => compareCodePoints(a.id, b.id);
  const byName = (a: Expected, b: Expected) => compareCodePoints(a.name ?? '', b.name ?? '') || byId(a, b);
  const parts =
    orderBy === 'id'
      ? [found.sort(byId)]
      : [
          found.filter(({ name }) => name !== null).sort(byName),
          found.filter(({ name }) => name === null).sort(byId),
        ];
  const whole = parts.flatMap((part) => (direction === 'asc' ? part : part.reverse())).map(({ id }) => id);
  return reversed ? whole.reverse() : whole;
}

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
          { where, ...order, limit, ...(last !== undefined && { after: { name: last.name, id: last.id } }) },
          makeContext(),
        );
        expect(page.map(({ id }) => id)).toEqual(whole.slice(start, start + limit));
        expect(await opened.registry.count(where, makeContext())).toBe(whole.length);
      },
    ),
    { numRuns: 300 },
  );
});

test.each(['asc', 'desc'] as const)(
  'walking all pages by name %s meets every subject once, in order',
  async (direction) => {
    const met: string[] = [];
    for (let after: { name: string | null; id: string } | undefined; ; ) {
      const page = await opened.registry.page(
        { where: {}, orderBy: 'name', direction, limit: 499, ...(after !== undefined && { after }) },
        makeContext(),
      );
      met.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (last === undefined) break;
      after = { name: last.name, id: last.id };
    }
    expect(met).toEqual(expectedOf({}, { orderBy: 'name', direction }));
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
