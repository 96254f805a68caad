import type { ArrayRow } from '../testing/array-condition.js';
import { type ArrayFeed, createArrayFeed } from '../testing/array-feed.js';
import { type ArraySubject, createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const subject = (id: string, state: ArraySubject['state'], keys: readonly string[] = [id]): ArraySubject => ({
  id,
  keys,
  kind: 'ORGANISATION',
  name: null,
  township: null,
  industry: null,
  state,
  owners: [],
});
const row = (ref: string, index: number, values: ArrayRow['values'] = {}): ArrayRow => ({
  key: [`${ref} ${index}`],
  subject: ref,
  values: { department: 'MARKET', date: '2026-06-01', ...values },
});

function openCounty(
  subjects: readonly ArraySubject[],
  inspections: readonly ArrayRow[],
  cases: readonly ArrayRow[] = [],
) {
  const feed = createArrayFeed('market', [
    { name: 'market.inspection', kind: 'Inspection', rows: inspections },
    { name: 'market.case', kind: 'Case', rows: cases },
  ]);
  const hub = openTestHub([feed], createArrayRegistry(subjects));
  const ask = async (where: string, more = ''): Promise<readonly string[]> => {
    const { data, errors } = await hub.ask(
      `{ subjects(where: ${where}, first: 500) { nodes { ref } ${more} } }`,
    );
    expect(errors).toEqual([]);
    const found = data?.subjects as { readonly nodes: readonly { readonly ref: string }[] } | undefined;
    return (found?.nodes ?? []).map(({ ref }) => ref);
  };
  return { feed, ask };
}

/** Kinds that were counted by subject, and of how many keys; null: of everybody. */
function tallied({ calls }: ArrayFeed): readonly (readonly [string | null, number | null])[] {
  return calls.flatMap(({ operation, request }) => {
    if (operation !== 'tally' || request.by.length === 0) return [];
    const [first] = 'all' in request.where ? request.where.all : [];
    return [[request.kind, first !== undefined && 'subject' in first ? first.subject.length : null] as const];
  });
}

const SUBJECTS = [
  { ...subject('uscc:A', 'CANCELLED'), name: '渔' },
  subject('uscc:B', 'ACTIVE'),
  subject('uscc:C', 'ACTIVE'),
];
const VISITS = SUBJECTS.flatMap(({ id }) => [row(id, 1), row(id, 2)]);

describe('subjects that few departments have to be asked for', () => {
  it('are handed on where the register lists few of them', async () => {
    const { feed, ask } = openCounty(SUBJECTS, VISITS);
    expect(await ask('{ state: [CANCELLED], inspections: {} }')).toEqual(['uscc:A']);
    expect(tallied(feed)).toEqual([['Inspection', 1]]);
  });

  it('are not looked for in the register by their names, or where it lists nobody', async () => {
    const { feed, ask } = openCounty(SUBJECTS, VISITS);
    expect(await ask('{ name: ["渔"], inspections: {} }')).toEqual(['uscc:A']);
    expect(await ask('{ state: [REVOKED], inspections: {} }')).toEqual([]);
    expect(tallied(feed)).toEqual([
      ['Inspection', null],
      ['Inspection', null],
    ]);
  });

  it('are not handed on where they have more keys than there are rows', async () => {
    const keys = Array.from({ length: 9 }, (_, index) => `regno:${index}`);
    const many = [subject('uscc:A', 'ACTIVE', ['uscc:A', ...keys]), subject('uscc:B', 'ACTIVE')];
    const cases = [row('uscc:A', 1)];
    const { feed, ask } = openCounty(many, [row('uscc:A', 1), row('uscc:B', 1)], cases);
    expect(await ask('{ inspections: {}, cases: {} }')).toEqual(['uscc:A']);
    expect(tallied(feed)).toEqual([
      ['Case', null],
      ['Inspection', null],
    ]);
    expect(await ask('{ id: ["uscc:A"], inspections: {}, cases: {} }')).toEqual(['uscc:A']);
    expect(tallied(feed).slice(2)).toEqual([
      ['Inspection', 10],
      ['Case', 10],
    ]);
  });
});

describe('clauses of a query that asks for unresolved rows', () => {
  it('are counted once each, and nothing is counted to find the smallest', async () => {
    const { feed, ask } = openCounty(SUBJECTS, VISITS, [row('uscc:B', 1)]);
    const where =
      '{ inspections: {}, cases: {}, and: [{ inspections: { none: true, where: { date: { from: "2027-01-01" } } } }] }';
    expect(await ask(where, 'unresolved { interface rows }')).toEqual(['uscc:B']);
    expect(feed.calls.map(({ operation, request }) => [operation, request.kind])).toEqual([
      ['tally', 'Inspection'],
      ['tally', 'Case'],
      ['tally', 'Inspection'],
    ]);
  });
});
