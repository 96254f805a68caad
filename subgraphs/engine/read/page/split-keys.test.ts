import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { openSmallDepartment, withSqlite } from '../../testing/small-department.js';
import { splitSubjectKeys } from './split-keys.js';

const CODES = ['91330922MA28K00156', '91330922MA28KX007W', '91330922MA28K00308'];

const mapping = (scheme: string): string => `interface: test.row
title: t
owner: { department: test }
feeds: Inspection
source: { connection: legacy, table: rows }
key: [id]
subject: [{ scheme: ${scheme}, column: who }]
fields:
  department: { value: MARKET }
  result: { value: NO_ISSUE }
limits: { keysPerCall: 2 }
`;

async function compiled(scheme: string, work: (one: CompiledInterface) => void): Promise<void> {
  await withSqlite('create table rows (id integer primary key, who text)', async (adapter) => {
    const [one] = openSmallDepartment([mapping(scheme)], new Map([['legacy', adapter]])).served;
    if (one !== undefined) work(one.compiled);
  });
}

describe('splitSubjectKeys()', () => {
  it('counts the keys that an interface knows, and leaves out the others', async () => {
    const vessels = ['vessel:3309222008060012', 'vesselname:浙嵊渔90007', 'plate:浙L12345'];
    const keys = [...CODES.map((code) => `uscc:${code}`), ...vessels, 'pripid:1', 'pripid:2'];
    await compiled('uscc', (one) =>
      expect(splitSubjectKeys(keys, one)).toEqual([
        [`uscc:${CODES[0]}`, `uscc:${CODES[1]}`],
        [`uscc:${CODES[2]}`],
      ]),
    );
    await compiled('vessel', (one) => expect(splitSubjectKeys(keys, one)).toEqual([vessels.slice(0, 2)]));
  });

  it('keeps a spelling beside its ref, and a person whose hash no cell holds with his rows', async () => {
    const lower = `uscc~${CODES[0]?.toLowerCase()}`;
    const keys = [`uscc:${CODES[0]}`, 'person:aa', 'person:bb', 'person:cc', `uscc:${CODES[1]}`, lower];
    await compiled('uscc', (one) =>
      expect(splitSubjectKeys(keys, one)).toEqual([
        [`uscc:${CODES[0]}`, lower, 'person:aa', 'person:bb', 'person:cc'],
        [`uscc:${CODES[1]}`],
      ]),
    );
  });

  it('gives one group of nothing where an interface knows none of them', async () => {
    await compiled('plate', (one) =>
      expect(
        splitSubjectKeys(
          CODES.map((code) => `uscc:${code}`),
          one,
        ),
      ).toEqual([[]]),
    );
  });
});
