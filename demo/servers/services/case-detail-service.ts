import type { If2Upstream } from '../gateways/if2-gateway.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import { openStoreFile, type StoredRow } from '../store-file.js';

export const CASE_DETAIL_PATH = '/restapi/prod/IC33000020230115000007/case-detail';

/** 案件详情: the one case that is asked for, with what its tables do not hold, nested as the province nests it. */
export function openCaseDetailService(file: string): If2Upstream {
  const store = openStoreFile(file);
  return {
    failure: answer(500, '系统繁忙', null),
    close: () => store.close(),
    answer(parameters) {
      const caseCode = parameters.get('caseCode') ?? '';
      if (caseCode === '') return answer(400, 'caseCode不能为空', null);
      const [row] = store.all('SELECT * FROM ajxq WHERE caseCode = ?', [caseCode]);
      if (row === undefined) return answer(404, '案件不存在', null);
      const documents = store.all(
        'SELECT name, number, date FROM ajws WHERE caseCode = ? ORDER BY sequence',
        [caseCode],
      );
      return answer(0, 'success', nest(row, documents));
    },
  };
}

function answer(code: number, message: string, data: unknown): LegacyAnswer {
  return jsonAnswer({ code, message, data });
}

function nest(row: StoredRow, documents: readonly StoredRow[]): unknown {
  const part = (prefix: string) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name]) => name.startsWith(`${prefix}_`))
        .map(([name, cell]) => [name.slice(prefix.length + 1), cell]),
    );
  return {
    caseCode: row.caseCode ?? null,
    updateTime: row.updateTime ?? null,
    hearing: part('hearing'),
    review: part('review'),
    discussion: part('discussion'),
    execution: part('execution'),
    documentCount: documents.length,
    documents,
  };
}
