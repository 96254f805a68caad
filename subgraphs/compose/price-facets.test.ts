import { parseMapping } from '../engine/mapping/parse-mapping.js';
import { rowPrice } from '../engine/mapping/row-price.js';
import { priceFacets } from './price-facets.js';

const SDL = `type Case @key(fields: "id") {
  id: ID!
  caseDetail: CaseDetail
}
type CaseDetail { hearing: String }
type Subject @key(fields: "id") { id: ID! cases: CasesSubject }
type CasesSubject {
  "With a default."
  notes(first: Int = 50): [CaseDetail!]!
  others: [CaseDetail]
}
`;

interface Said {
  readonly facet: string;
  readonly by?: string;
  readonly limits?: string;
  readonly more?: string;
}

/** A source that is asked for keys alone, unless `by` is empty: then it is a table. */
function mapping({ facet, by = 'key', limits = '{}', more = '' }: Said) {
  const source =
    by === ''
      ? '{ connection: c, table: t }'
      : `{ connection: c, http: { path: /a, ask: [{ param: k, column: k, by: ${by} }], needs: [k], rows: data } }`;
  const text = `interface: cases.one
title: 一
owner: { department: cases, contact: c }
facet: ${facet}
source: ${source}
key: [k]
subject: [{ scheme: uscc, column: k }]
fields:
  hearing: { column: h, classification: L1 }
limits: ${limits}
${more}`;
  const parsed = parseMapping(text, 'one.yaml');
  if (parsed.kind !== 'mapping') throw new Error(JSON.stringify(parsed.problems));
  return parsed.mapping;
}

describe('rowPrice()', () => {
  it.each([
    [{ by: 'key' }, { call: 10, keys: 1, row: 10 }],
    [{ by: 'keys, most: 4' }, { call: 10, keys: 4, row: 3 }],
    [
      { by: 'keys, most: 50', limits: '{ keysPerCall: 5 }' },
      { call: 10, keys: 5, row: 2 },
    ],
    [{ by: 'keys' }, { call: 10, keys: 100, row: 1 }],
    [{ by: '' }, { call: 10, keys: 500, row: 1 }],
    [
      { by: '', limits: '{ callPrice: 1001 }' },
      { call: 1001, keys: 500, row: 3 },
    ],
    // What is kept of a source costs it nothing, unless it is asked for keys that are not there yet.
    [
      { by: '', limits: '{ callPrice: 9999 }', more: 'snapshot: { every: 1h }' },
      { call: 9999, keys: 500, row: 1 },
    ],
    [
      { by: 'key', more: 'snapshot: { every: 1h, keys: { refs: uscc } }' },
      { call: 10, keys: 1, row: 10 },
    ],
  ])('of %o is %o', (said, price) => {
    expect(rowPrice(mapping({ facet: 'Case.caseDetail', ...said }))).toEqual(price);
  });
});

describe('priceFacets()', () => {
  const detail = mapping({ facet: 'Case.caseDetail' });

  it('writes what a row that is looked up costs at the field that gives it, on its line', () => {
    expect(priceFacets(SDL, [detail])).toBe(
      SDL.replace('caseDetail: CaseDetail', 'caseDetail: CaseDetail @cost(weight: 10)'),
    );
  });

  it('divides the price among the rows of a list', () => {
    const dear = '{ callPrice: 1000 }';
    const lists = ['notes', 'others'].map((name) =>
      mapping({ facet: `Subject.cases.${name}`, limits: dear }),
    );
    expect(priceFacets(SDL, lists)).toBe(
      SDL.replace('[CaseDetail!]!', '[CaseDetail!]! @cost(weight: 20)').replace(
        'others: [CaseDetail]',
        'others: [CaseDetail] @cost(weight: 50)',
      ),
    );
  });

  it('leaves what costs no more than any object, what says its cost itself, and what does not parse', () => {
    expect(priceFacets(SDL, [mapping({ facet: 'Case.caseDetail', by: '' })])).toBe(SDL);
    const said = SDL.replace('caseDetail: CaseDetail', 'caseDetail: CaseDetail @cost(weight: 3)');
    expect(priceFacets(said, [detail])).toBe(said);
    expect(priceFacets('type Case {', [detail])).toBe('type Case {');
  });
});
