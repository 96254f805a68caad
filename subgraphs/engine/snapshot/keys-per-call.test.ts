import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../../adapters/snapshot/embedded-store.js';
import { usccOf } from '../../../demo/world/check-digits.js';
import { RequestTrail } from '../../../runtime/call/request-trail.js';
import { openSmallDepartment, testContext, withSqlite } from '../testing/small-department.js';

const CODES = Array.from({ length: 60 }, (_, index) =>
  usccOf('91', '330922', `MA28K${String(index).padStart(3, '0')}`),
);

const MAPPING = `interface: test.permit
title: t
owner: { department: test }
feeds: Licence
source: { connection: legacy, table: permits }
key: [id]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: MARKET }
  type: { value: FOOD_TRADE }
  number: { column: id }
snapshot: { every: 5m, staleFor: 24h }
limits: { keysPerCall: 10 }
`;

test('what is kept is asked for many subjects at once, however few keys a call to its source may carry', () =>
  withSqlite(
    `create table permits (id text primary key, code text);
     insert into permits values ${CODES.map((code, index) => `('p${index}', '${code}')`).join(', ')};`,
    async (adapter) => {
      const folder = mkdtempSync(join(tmpdir(), 'eg-keys-'));
      const store = openEmbeddedStore(folder);
      try {
        const { feed } = openSmallDepartment([MAPPING], new Map([['legacy', adapter]]), {
          snapshots: store,
        });
        const trail = new RequestTrail();
        const request = {
          kind: 'Licence' as const,
          where: { subject: CODES.map((code) => `uscc:${code}`) },
          by: [{ subject: true as const }],
          measures: [],
        };
        // The first answer waits for a look at the keys of what is kept.
        await feed.tally(request, testContext());
        const [part] = await feed.tally(request, { ...testContext(), trail });
        expect(part?.data).toHaveLength(CODES.length);
        expect(trail.calls.map(({ operation, origin }) => [operation, origin])).toEqual([
          ['tally', 'SNAPSHOT'],
        ]);
      } finally {
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  ));
