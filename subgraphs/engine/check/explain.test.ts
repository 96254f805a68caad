import { openSmallDepartment, withSqlite } from '../testing/small-department.js';
import { explainPage } from './explain.js';

const MAPPING = `interface: health.case
title: 案件
owner: { department: health }
feeds: Case
source: { connection: health, table: cases }
key: [id]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: HEALTH }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
limits: { keysPerCall: 20, callPrice: 210 }
`;

describe('explainPage()', () => {
  it('shows what a row costs that is looked up', () =>
    withSqlite('create table cases (id integer primary key, uscc text, filed text);', async (adapter) => {
      const { served } = openSmallDepartment([MAPPING], new Map([['health', adapter]]));
      const [one] = served;
      if (one === undefined) throw new Error('the mapping must be served');
      expect(explainPage(one.compiled, { all: [] }, 20).split('\n')).toContain(
        'price: 11 for each row that is looked up (a call 210, keys of a call 20)',
      );
    }));
});
