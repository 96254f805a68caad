import { openSmallDepartment, withSqlite } from '../../subgraphs/engine/testing/small-department.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import { openTestHub, testContext } from '../../subgraphs/hub/testing/open-test-hub.js';

/** Days as people write them: what is late can only be told after decoding. */
const mapping = (name: string, fields: string): string => `interface: ${name}.case
title: 案件
owner: { department: ${name} }
feeds: Case
source: { connection: county, table: cases }
key: [code]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: HEALTH }
  stage: { value: DECIDED }
  decidedAt: { column: decided, type: Date, format: any }
  filedAt: { column: filed, type: Date, format: any }
${fields}`;

/** One interface holds when a decision was published; the other does not, so it cannot tell that one is late. */
const AWARE = mapping('aware', '  publishedAt: { column: published, type: Date, format: any }\n');
const UNAWARE = mapping('unaware', '');

/** Today is the first of July; 7 working days after the 15th of June are over on the 24th. */
const SQL = `create table cases (code text primary key, decided text, filed text, published text);
insert into cases values
 ('in-time', '2026年6月15日', '2026-6-1', '2026年6月24日'),
 ('late', '2026年6月15日', '2026-6-2', '2026年6月25日'),
 ('never', '2026年6月15日', '2026-6-3', null),
 ('not-yet', '2026年6月29日', '2026-6-4', null),
 ('undecided', null, '2026-6-5', null);`;

/** Keys of the cases that a filter finds, and how many it counts, by interface. */
function find(where: string): Promise<readonly string[]> {
  return withSqlite(SQL, async (adapter) => {
    const { feed } = openSmallDepartment([AWARE, UNAWARE], new Map([['county', adapter]]));
    const hub = openTestHub([feed], createArrayRegistry([]));
    const { data, errors } = await hub.ask(
      `{ cases(where: ${where}) { nodes { id } totalCount } caseStats(where: ${where}, by: []) { buckets { count } } }`,
      {},
      testContext(),
    );
    expect(errors).toEqual([]);
    const cases = data?.cases as { readonly nodes: readonly { readonly id: string }[] };
    expect(data).toMatchObject({
      cases: { totalCount: cases.nodes.length },
      caseStats: { buckets: [{ count: cases.nodes.length }] },
    });
    return cases.nodes.map(({ id }) => id.replace('.case:', ' ')).sort();
  });
}

const LATE = 'publicationLate: { workingDays: 7 }';

describe('publicationLate', () => {
  it('finds late decisions where the day of publication is held, and none elsewhere', async () => {
    expect(await find(`{ ${LATE} }`)).toEqual(['aware late', 'aware never']);
  });

  it('makes nothing late under or where that day is not held', async () => {
    const early = 'filedAt: { to: "2026-06-01" }';
    expect(await find(`{ or: [{ ${LATE} }, { ${early} }] }`)).toEqual([
      'aware in-time',
      'aware late',
      'aware never',
      'unaware in-time',
    ]);
    expect(await find(`{ or: [{ and: [{ ${LATE} }, { decided: true }] }, { ${early} }] }`)).toHaveLength(4);
  });

  it('leaves everything under not where that day is not held', async () => {
    const rest = ['aware in-time', 'aware not-yet', 'aware undecided'];
    const unaware = ['in-time', 'late', 'never', 'not-yet', 'undecided'].map((code) => `unaware ${code}`);
    expect(await find(`{ not: { ${LATE} } }`)).toEqual([...rest, ...unaware]);
    expect(await find(`{ not: { or: [{ ${LATE} }, { filedAt: { to: "2026-06-01" } }] } }`)).toEqual(
      [...rest, ...unaware].filter((code) => !code.endsWith('in-time')),
    );
  });
});
