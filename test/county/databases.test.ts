import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findProjectRoot } from '../../runtime/project-root.js';
import { exampleQuery } from './ask.js';
import { openServedCounty, openSqliteCounty, type ServedCounty, type StoredCounty } from './stored-county.js';

const OPTIONS = { seed: 1, size: 'small' } as const;

/** What an answer may take: enough on a busy machine for the sources that are well. */
const BUDGET_MS = 9000;
/** Above the budget and far below the delay. */
const PROMPT_MS = 12_000;
const DELAY_S = 20;

const queries = readdirSync(join(findProjectRoot(), 'examples', 'queries')).map((file) =>
  file.replace('.graphql', ''),
);

interface Coverage {
  readonly interface: string;
  readonly state: string;
  readonly rows: number;
  readonly reason: string | null;
}

interface Lists {
  readonly inspections: {
    readonly nodes: readonly {
      readonly id: string;
      readonly interface: string;
      readonly marine: { vesselName: string } | null;
    }[];
    readonly coverage: readonly Coverage[];
  };
}

const RECENT = `{ inspections(where: {date: {from: "2026-01-01"}}, orderBy: [{date: DESC}], first: 500) {
  nodes { id interface date result subject { id name } marine { vesselName } market { disposal } }
  coverage { interface state rows reason } } }`;

let sqlite: StoredCounty;
let served: ServedCounty;

beforeAll(async () => {
  // One after the other: making a county holds up this thread for longer than the other's sources have to answer.
  sqlite = await openSqliteCounty(OPTIONS);
  served = await openServedCounty(OPTIONS);
}, 300_000);

afterAll(async () => {
  await sqlite?.close();
  await served?.close();
});

/** The answer as text, but for what no two counties have alike. */
async function answerOf(county: StoredCounty, name: string): Promise<string> {
  const { data, errors } = await county.ask(exampleQuery(name));
  expect(errors).toBeUndefined();
  return JSON.stringify(data, (key, value: unknown) => {
    // Cursors of subjects are encrypted anew each time.
    if (key === 'endCursor' || key === 'lookedAt') return value !== null;
    if (key === 'freshest') return withoutReceipt(value as Freshest);
    if (key === 'coverage') return (value as readonly Coverage[]).map(withoutTimes);
    return value;
  });
}

/** Interfaces whose rows were dropped as files. */
const DROPPED =
  /^culture\.|^transport\.company-vehicle$|^agriculture\.(pesticide-permit|product-test)$|^finance\.|^catalogue\.(comprehensive|township)-item$|^coordination\.dispute$/;

/** How long a source took; and drops are as new as the moment in which each county received them. */
function withoutTimes(coverage: Coverage): unknown {
  const { interface: name } = coverage;
  return { ...coverage, tookMs: 0, ...(DROPPED.test(name) && { asOf: null }) };
}

interface Freshest {
  readonly name: string;
  readonly standing: { readonly asOf: string | null };
}

function withoutReceipt(freshest: Freshest): unknown {
  return DROPPED.test(freshest.name)
    ? { ...freshest, standing: { ...freshest.standing, asOf: null } }
    : freshest;
}

describe('the same county in PostgreSQL and MariaDB instead of SQLite', () => {
  it.each(queries)('answers %s byte for byte alike', async (name) => {
    const expected = await answerOf(sqlite, name);
    expect(expected.length).toBeGreaterThan(100);
    expect(await answerOf(served, name)).toBe(expected);
  });
});

describe('one source late by ten seconds and one killed', () => {
  it('leaves the others complete, and names both', async () => {
    const before = (await served.ask(RECENT)).data as unknown as Lists;
    const locker = new pg.Client({ connectionString: served.postgres.url });
    await locker.connect();
    await locker.query('BEGIN');
    await locker.query('LOCK TABLE cs_pub_entresult IN ACCESS EXCLUSIVE MODE');
    const unlock = setTimeout(() => void locker.query('ROLLBACK'), DELAY_S * 1000);
    await served.mariadb.cut();
    try {
      const started = performance.now();
      const { data, errors } = await served.ask(RECENT, {}, BUDGET_MS);
      expect(performance.now() - started).toBeLessThan(PROMPT_MS);
      const { inspections } = data as unknown as Lists;
      const states = new Map(inspections.coverage.map((each) => [each.interface, each]));
      expect(states.get('market.inspection')).toMatchObject({
        state: 'MISSING',
        rows: 0,
        reason: expect.stringMatching(/^SOURCE_TIMEOUT/),
      });
      expect(states.get('marine.inspection')).toMatchObject({
        state: 'MISSING',
        rows: 0,
        reason: expect.stringMatching(/^SOURCE_UNAVAILABLE/),
      });
      expect(states.get('supervision.inspection')).toMatchObject({ state: 'LIVE', reason: null });
      const supervision = (list: Lists['inspections']): readonly string[] =>
        list.nodes.filter((node) => node.interface === 'supervision.inspection').map(({ id }) => id);
      const expected = supervision(before.inspections);
      expect(expected.length).toBeGreaterThan(20);
      expect(supervision(inspections).slice(0, expected.length)).toEqual(expected);
      expect(errors).toBeUndefined();
    } finally {
      clearTimeout(unlock);
      await locker.query('ROLLBACK');
      await locker.end();
    }
  }, 60_000);

  it('nulls the facets of the killed source with located errors, and nothing else', async () => {
    const vessel = `{ subject(by: {vesselName: "浙嵊渔90007"}) { id name marine { vessel { homePort } } inspections(first: 3) { nodes { id } coverage { interface state } } } }`;
    const { data, errors } = await served.ask(vessel, {}, BUDGET_MS);
    expect(data).toMatchObject({
      subject: { id: 'vessel:3309222008060012', name: '浙嵊渔90007', marine: { vessel: null } },
    });
    expect(errors).toMatchObject([
      { path: ['subject', 'marine', 'vessel'], extensions: { code: 'SOURCE_UNAVAILABLE' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN|yc_cb/);
  });
});
