import type { ExecutionResult } from 'graphql';
import { z } from 'zod';
import type { TestCounty } from '../county/open-test-county.js';
import { type DemoSystems, openDemoSystems } from '../county/stored-county.js';
import { withChangedCounty } from './changed-county.js';

jest.setTimeout(240_000);

const BUDGET_MS = 60_000;
const MINUTE_MS = 60_000;
const QUOTA = 20;
const FIRMS = 300;
const CASES = 120;
const FIRM = 'query($uscc: String!) { subject(by: { uscc: $uscc }) { register { legalPerson { name } } } }';
const CASE = `query($caseCode: String!) {
  cases(where: { caseCode: $caseCode, interface: ["cases.case"] }, first: 1) {
    nodes { caseDetail { updatedAt } }
  }
}`;
const KEYS = `{
  subjects(where: { kind: [ORGANISATION, INDIVIDUAL_BUSINESS] }, first: 500) { nodes { identifiers } }
  cases(where: { interface: ["cases.case"] }, first: 500) { nodes { caseCode } }
}`;

/** Only the quota shall refuse anything: a busy machine must not. */
const wait = (text: string): string => text.replace(/timeout: \w+/, 'timeout: 60s');
const grant = (text: string): string => wait(text).replace(/perMinute: \d+/, `perMinute: ${QUOTA}`);
const GRANTED = new Map([
  ['subgraphs/departments/cases/case.yaml', wait],
  ['subgraphs/registry/legal-person.yaml', grant],
  ['subgraphs/departments/cases/case-detail.yaml', grant],
]);

let systems: DemoSystems;

beforeAll(async () => {
  systems = await openDemoSystems({ seed: 1, size: 'small' });
});

afterAll(async () => {
  await systems?.close();
});

const keys = z.object({
  subjects: z.object({ nodes: z.array(z.object({ identifiers: z.array(z.string()) })) }),
  cases: z.object({ nodes: z.array(z.object({ caseCode: z.string() })) }),
});

/** Subjects with a credit code and cases of the provincial system, as far as the county's own tables know them. */
async function listKeys(
  county: TestCounty,
): Promise<{ readonly firms: readonly string[]; readonly cases: readonly string[] }> {
  const { data } = await county.ask(KEYS, {}, BUDGET_MS);
  const known = keys.parse(data);
  const codes = known.subjects.nodes.flatMap(
    ({ identifiers }) => identifiers.find((each) => each.startsWith('uscc:'))?.slice('uscc:'.length) ?? [],
  );
  const cases = known.cases.nodes.map(({ caseCode }) => caseCode);
  return { firms: codes.slice(0, FIRMS), cases: cases.slice(0, CASES) };
}

/** The most calls for rows that a system had within any minute; not those for secrets. */
function busiestMinute(connection: string): number {
  const times = (systems.servers.get(connection)?.requests().recent ?? [])
    .filter(({ path }) => /dataSharing|case-detail/.test(path))
    .map(({ at }) => at);
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE_MS).length),
  );
}

function isRefusedByQuota({ errors = [] }: ExecutionResult): boolean {
  const told = `每分钟 ${QUOTA} 次的调用配额已用完`;
  return (
    errors.length > 0 &&
    errors.every(
      ({ extensions, message }) => extensions.code === 'SOURCE_UNAVAILABLE' && message.includes(told),
    )
  );
}

describe('420 queries at once, for keys that are all different, of sources that grant 20 calls a minute', () => {
  it('are all answered without a call too many: by data, or by saying that the quota is used up', () =>
    withChangedCounty(systems, GRANTED, async (county) => {
      const { firms, cases } = await listKeys(county);
      expect([new Set(firms).size, new Set(cases).size]).toEqual([FIRMS, CASES]);
      const answers = await Promise.all([
        ...firms.map((uscc) => county.ask(FIRM, { uscc }, BUDGET_MS)),
        ...cases.map((caseCode) => county.ask(CASE, { caseCode }, BUDGET_MS)),
      ]);
      const others = answers.filter((each) => !isRefusedByQuota(each));
      expect(others.filter(({ errors }) => errors !== undefined)).toEqual([]);
      // A firm that registered anew is asked for by each of its codes.
      expect(others.length).toBeGreaterThan(QUOTA);
      expect(others.length).toBeLessThanOrEqual(2 * QUOTA);
      expect(['legal-person', 'case-detail'].map(busiestMinute)).toEqual([QUOTA, QUOTA]);
    }));
});
