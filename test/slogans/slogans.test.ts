import { DEMO_STORES } from '../../cli/demo/demo-stores.js';
import { jointTasksOf } from '../../demo/world/joint/make-joint-tasks.js';
import { TOWNSHIPS } from '../../demo/world/townships.js';
import { declarationOf, ROW_KINDS } from '../../subgraphs/kinds/kinds.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';

const HAIYAN = '91330922MA28K00156';

type Row = Readonly<Record<string, unknown>>;
interface Coverage {
  readonly interface: string;
  readonly department: string;
  readonly state: string;
  readonly asOf: string | null;
}

/** The six slogans of the command platform, and what each demands of a gateway (domain §1.3). */
describe('六个“全”', () => {
  let county: StoredCounty;
  beforeAll(async () => {
    county = await openSqliteCounty({ seed: 5, size: 'tiny' });
  }, 120_000);
  afterAll(() => county?.close());

  async function ask<Answer>(query: string, variables: Row = {}, budgetMs?: number): Promise<Answer> {
    const { data, errors } = await county.ask(query, variables, budgetMs);
    expect(errors).toBeUndefined();
    return data as unknown as Answer;
  }

  // That a department joins without a change anywhere else, and leaves every answer as it was: test/join.
  it('全面兼容: every family of interfaces is wrapped by configuration alone', async () => {
    const families = new Set(DEMO_STORES.map((makeStore) => makeStore(county.world).access ?? 'tables'));
    expect(families).toEqual(new Set(['tables', 'if1', 'if2', 'soap', 'rest', 'drops']));
    for (const kind of ROW_KINDS) {
      const { list } = await ask<{ list: { coverage: readonly Coverage[] } }>(
        `{ list: ${declarationOf(kind).plural}(first: 1) { coverage { interface department state asOf } } }`,
      );
      expect(list.coverage.filter(({ state }) => state === 'MISSING')).toEqual([]);
    }
  });

  it('全域链通: one subject resolves from any of its numbers, over all departments, townships and the sea', async () => {
    const [firm] = county.world.organisations;
    const wide = HAIYAN.toLowerCase().replace(/\d/g, (digit) =>
      String.fromCharCode(digit.charCodeAt(0) + 0xfee0),
    );
    for (const argument of [
      { uscc: HAIYAN },
      { uscc: wide },
      { regNo: firm?.regNo },
      { pripid: firm?.pripid },
    ]) {
      const [name = '', value] = Object.entries(argument)[0] ?? [];
      if (value === null || value === undefined) continue;
      const { subject } = await ask<{ subject: { id: string } }>(
        `query ($value: String) { subject(by: {${name}: $value}) { id } }`,
        { value },
      );
      expect([name, subject.id]).toEqual([name, `uscc:${HAIYAN}`]);
    }
    const { subject } = await ask<{ subject: Readonly<Record<string, { nodes: readonly Row[] }>> }>(
      `{ subject(by: {uscc: "${HAIYAN}"}) { inspections { nodes { department } } cases { nodes { department } } licences { nodes { department } } creditRecords { nodes { department } } } }`,
    );
    const departments = new Set(
      Object.values(subject).flatMap(({ nodes }) => nodes.map(({ department }) => department)),
    );
    expect(departments.size).toBeGreaterThanOrEqual(3);
    const { inspectionStats } = await ask<{
      inspectionStats: { buckets: readonly { key: readonly string[] }[] };
    }>('{ inspectionStats(by: [TOWNSHIP]) { buckets { key } } }');
    const visited = inspectionStats.buckets.map(({ key }) => key[0]);
    expect(visited).toEqual(expect.arrayContaining(TOWNSHIPS.map(({ code }) => code)));
  });

  it('全维协调: a joint check has the results of all its departments; one that is away leaves the rest', async () => {
    const task = jointTasksOf(county.world).find(({ state }) => state === 'DONE');
    const query = `{ jointChecks(where: {number: "${task?.number}"}) { nodes { number participants joint { participants { department result } } } } }`;
    const whole = await ask<{
      jointChecks: { nodes: readonly { joint: { participants: readonly Row[] } }[] };
    }>(query);
    expect(whole.jointChecks.nodes[0]?.joint.participants).toEqual(
      task?.participants.map(({ department, result }) => ({ department, result })),
    );
    await county.servers.get('joint-participants')?.inject({ status: 503 });
    try {
      const { data, errors } = await county.ask(query.replace('[0]', ''));
      expect((data as unknown as typeof whole).jointChecks.nodes[0]).toMatchObject({
        number: task?.number,
        participants: task?.participants.map(({ department }) => department),
        joint: { participants: null },
      });
      expect(errors?.map(({ path }) => path?.join('.'))).toEqual(['jointChecks.nodes.0.joint.participants']);
    } finally {
      await county.servers.get('joint-participants')?.inject(null);
    }
  });

  it('全速运行: a source that takes ten seconds stops nobody who does not ask it, and answers in part who does', async () => {
    await county.servers.get('hotline')?.inject({ delayMs: 10_000 });
    try {
      county.sourceCalls.splice(0);
      await ask('{ inspections(first: 5) { totalCount } caseStats(by: [DEPARTMENT]) { buckets { count } } }');
      expect(county.sourceCalls.filter((call) => call.interface === 'hotline.ticket')).toEqual([]);
      const { complaints, licences } = await ask<
        Readonly<Record<string, { totalCount: number | null; coverage: readonly Coverage[] }>>
      >(
        '{ complaints(first: 5) { totalCount coverage { interface state } } licences(first: 5) { totalCount coverage { interface state } } }',
        {},
        1500,
      );
      expect(complaints?.coverage).toMatchObject([{ interface: 'hotline.ticket', state: 'MISSING' }]);
      expect(licences?.totalCount).toBeGreaterThan(10);
    } finally {
      await county.servers.get('hotline')?.inject(null);
    }
  }, 30_000);

  it('全息管理: every row tells where it comes from, how fresh that is, and what was repaired', async () => {
    for (const kind of ROW_KINDS) {
      const { list } = await ask<{ list: { nodes: readonly Row[]; coverage: readonly Coverage[] } }>(
        `{ list: ${declarationOf(kind).plural}(first: 3) { nodes { interface quality } coverage { interface state asOf } } }`,
      );
      const known = list.coverage.map((each) => each.interface);
      for (const { interface: name, quality } of list.nodes) {
        expect(known).toContain(name);
        expect(Array.isArray(quality)).toBe(true);
      }
    }
  });

  it('全程闭环: from a ticket to what became of it in one query, and back from the decision in any spelling', async () => {
    const cases = [...county.world.cases];
    const isWalked = ({ case: index }: { readonly case: number | null }): boolean =>
      index !== null && cases[index]?.publishedAt !== null && cases[index]?.paidAt !== null;
    const ticket = [...county.world.complaints].find(isWalked);
    const penaltyCase = cases[ticket?.case ?? -1];
    const there = await ask<{ complaints: { nodes: readonly { case: Row }[] } }>(
      `query ($number: String) { complaints(where: {number: $number}) { nodes { number inspection { number }
        case { caseCode decisionNo payments { number paid } creditRecords { number date case { caseCode complaint { number } } } } } } }`,
      { number: ticket?.ticketNumber },
    );
    const reached = there.complaints.nodes[0]?.case as {
      caseCode: string;
      payments: readonly Row[];
      creditRecords: readonly { case: { caseCode: string; complaint: { number: string } } }[];
    };
    expect(reached.caseCode).toBe(penaltyCase?.caseCode);
    expect(reached.payments.length).toBeGreaterThan(0);
    expect(reached.creditRecords[0]?.case.complaint.number).toBe(ticket?.ticketNumber);
    const spelt = penaltyCase?.decisionNo?.replace('〔', '[').replace('〕', ']').replace('第', ' ');
    const back = await ask<{ cases: { nodes: readonly { complaint: Row }[] } }>(
      'query ($number: String) { cases(where: {decisionNo: $number}) { nodes { complaint { number } } } }',
      { number: spelt },
    );
    expect(back.cases.nodes.map(({ complaint }) => complaint.number)).toEqual([ticket?.ticketNumber]);
  });
});
