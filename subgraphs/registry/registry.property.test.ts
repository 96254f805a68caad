import fc from 'fast-check';
import { describeSubject } from './build/describe-subject.js';
import type { RegisterRow } from './build/register-row.js';
import type { ArrayInterface, ArrayRow } from './testing/array-feed.js';
import { makeContext, openRegistry } from './testing/open-registry.js';

const NUMBERS = [0, 1, 2, 3];
const OFFICIAL = ['uscc', 'regno', 'pripid', 'vessel'].flatMap((scheme) =>
  NUMBERS.map((n) => `${scheme}:${n}`),
);
const WEAK = ['person', 'plate', 'vesselname'].flatMap((scheme) => NUMBERS.map((n) => `${scheme}:${n}`));

const subjectRow = fc.record({
  refs: fc.uniqueArray(fc.constantFrom(...OFFICIAL, ...WEAK), { minLength: 1, maxLength: 3 }),
  name: fc.option(fc.constantFrom('甲', '乙', '丙'), { nil: null }),
  formerNames: fc.uniqueArray(fc.constantFrom('甲', '乙', '丙'), { maxLength: 2 }),
  kind: fc.constantFrom('ORGANISATION', 'VESSEL', 'PERSON', 'UNKNOWN'),
  township: fc.option(fc.constantFrom('330922100', '330922101'), { nil: null }),
});

type SubjectRow = ReturnType<typeof toRow>;

function toRow({ refs, ...values }: { refs: readonly string[] } & ArrayRow['values'], key: string) {
  return { key, refs, values } satisfies ArrayRow;
}

function register(rows: readonly SubjectRow[]): ArrayInterface {
  return { name: 'market.registration', kind: 'Subject', rows };
}

/** Everything that the registry can tell of these refs. */
async function everything(interfaces: readonly ArrayInterface[]) {
  const opened = await openRegistry(interfaces);
  try {
    const context = makeContext();
    const subjects = await opened.registry.page(
      { where: {}, orderBy: 'id', direction: 'asc', limit: 1000 },
      context,
    );
    const identities = await opened.registry.resolve([...OFFICIAL, ...WEAK], context);
    return { subjects, refs: [...identities].map(([ref, { id }]) => [ref, id]).sort() };
  } finally {
    await opened.close();
  }
}

/** Refs that can be reached from one another over rows, by official numbers alone. */
function officialComponents(rows: readonly SubjectRow[]): (ref: string) => string {
  const component = new Map<string, string>(OFFICIAL.map((ref) => [ref, ref]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const { refs } of rows) {
      const official = refs.filter((ref) => OFFICIAL.includes(ref));
      const least = official.map((ref) => component.get(ref) ?? ref).sort()[0];
      for (const ref of official) {
        if (least !== undefined && component.get(ref) !== least) {
          component.set(ref, least);
          changed = true;
        }
      }
    }
  }
  return (ref) => component.get(ref) ?? ref;
}

const rowSets = fc
  .array(subjectRow, { maxLength: 12 })
  .map((rows) => rows.map((row, index) => toRow(row, `k${index}`)));

test('the order in which rows come changes nothing', async () => {
  const twoOrders = rowSets.chain((rows) =>
    fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
  );
  await fc.assert(
    fc.asyncProperty(twoOrders, async ([rows, shuffled]) => {
      expect(await everything([register(shuffled)])).toEqual(await everything([register(rows)]));
    }),
    { numRuns: 25 },
  );
});

test('describeSubject() gives the same whatever the order of refs and rows', () => {
  fc.assert(
    fc.property(rowSets, fc.infiniteStream(fc.nat()), (rows, random) => {
      const shuffle = <T>(items: readonly T[]): readonly T[] =>
        items
          .map((item) => ({ item, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const registerRows = rows.map(
        ({ key, refs, values }): RegisterRow => ({
          interface: 'a.b',
          key: [key],
          refs,
          kind: 'ORGANISATION',
          name: values.name as string | null,
          formerNames: values.formerNames as readonly string[],
          sealedNames: [],
          township: values.township as string | null,
          industry: null,
          state: null,
          related: [],
        }),
      );
      const refs = [...new Set(rows.flatMap((row) => row.refs))];
      if (refs.length === 0) return;
      expect(describeSubject(shuffle(refs), shuffle(registerRows))).toEqual(
        describeSubject(refs, registerRows),
      );
    }),
    { numRuns: 300 },
  );
});

test('official refs are one subject exactly when rows connect them by official refs', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, async (rows) => {
      const { subjects } = await everything([register(rows)]);
      const componentOf = officialComponents(rows);
      const used = new Set(rows.flatMap((row) => row.refs).filter((ref) => OFFICIAL.includes(ref)));
      const subjectOf = new Map(subjects.flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)));
      for (const left of used) {
        for (const right of used) {
          expect(subjectOf.get(left) === subjectOf.get(right)).toBe(componentOf(left) === componentOf(right));
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('every ref belongs to exactly one subject', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, async (rows) => {
      const { subjects } = await everything([register(rows)]);
      const keys = subjects.flatMap((subject) => subject.keys);
      expect([...keys].sort()).toEqual([...new Set(rows.flatMap((row) => row.refs))].sort());
    }),
    { numRuns: 25 },
  );
});

test('a vessel name points at a vessel exactly while one vessel carries it', async () => {
  const vesselRow = fc.record({ vessel: fc.nat({ max: 5 }), name: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(vesselRow, { minLength: 1, maxLength: 10 }), async (pairs) => {
      const rows = pairs.map(({ vessel, name }, index) =>
        toRow({ refs: [`vessel:${vessel}`, `vesselname:${name}`], kind: 'VESSEL' }, `k${index}`),
      );
      const { subjects } = await everything([register(rows)]);
      for (const name of new Set(pairs.map((pair) => pair.name))) {
        const carriers = [...new Set(pairs.filter((pair) => pair.name === name).map((pair) => pair.vessel))];
        const holder = subjects.find(({ keys }) => keys.includes(`vesselname:${name}`));
        expect(holder?.id).toBe(carriers.length === 1 ? `vessel:${carriers[0]}` : `vesselname:${name}`);
      }
    }),
    { numRuns: 25 },
  );
});
