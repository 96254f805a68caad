import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileConnection } from '../../adapters/file/open-file.js';
import { openSmallDepartment, testContext } from '../../subgraphs/engine/testing/small-department.js';
import type { RowCondition } from '../../subgraphs/kinds/row-condition.js';

const MAPPING = `interface: culture.case
title: 案件
owner: { department: culture }
feeds: Case
source: { connection: culture, file: { match: "案件*" } }
key: [案号]
fields:
  department: { value: CULTURE }
  caseCode: { column: 案号, type: DocumentNumber }
  stage: { value: CLOSED }
watermark: { column: _received, format: "yyyy-MM-dd HH:mm:ss", every: 1d, warn: 48h, fail: 7d }
`;

test('no row of the drop that was read is newer than its mark, and each row of the next one is', async () => {
  const root = mkdtempSync(join(tmpdir(), 'eg-marks-'));
  const drops = join(root, 'drops');
  mkdirSync(drops);
  const connection = openFileConnection(
    { dialect: 'files', folder: drops, store: join(root, 'store') },
    { stableMs: 5, everyMs: 600_000 },
  );
  try {
    const { feed } = openSmallDepartment([MAPPING], new Map([['culture', connection]]));
    const codesOf = async (where: RowCondition) => {
      const page = { kind: 'Case', orderBy: [], reversed: false, limit: 100, fields: ['caseCode'] } as const;
      const [part] = await feed.page({ ...page, where, mark: true }, testContext());
      return { codes: (part?.data?.rows ?? []).map(({ key: [code] }) => code), mark: part?.data?.mark ?? '' };
    };
    writeFileSync(join(drops, '案件1.csv'), '案号\r\nA1\r\nA2\r\n');
    await connection.settle();
    const first = await codesOf({ all: [] });
    expect(first.codes).toEqual(['A1', 'A2']);
    const isNewer: RowCondition = { newerThan: [{ interface: 'culture.case', mark: first.mark }] };
    const named: RowCondition = { any: [isNewer, { ids: ['culture.case:A2'] }] };
    expect((await codesOf(isNewer)).codes).toEqual([]);
    expect((await codesOf(named)).codes).toEqual(['A2']);
    writeFileSync(join(drops, '案件2.csv'), '案号\r\nA2\r\nA3\r\n');
    await connection.settle();
    const second = await codesOf(isNewer);
    expect(second.codes).toEqual(['A2', 'A3']);
    expect(second.mark).not.toBe(first.mark);
    expect((await codesOf({ newerThan: [{ interface: 'culture.case', mark: second.mark }] })).codes).toEqual(
      [],
    );
  } finally {
    await connection.close();
    rmSync(root, { recursive: true, force: true });
  }
});
