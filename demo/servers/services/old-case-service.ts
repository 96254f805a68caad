import { z } from 'zod';
import type { DemoServer } from '../demo-server.js';
import { withNumericReferences } from '../encode-text.js';
import { readListQuery } from './soap/listing.js';
import { rowElements } from './soap/row-elements.js';
import { escapeXml } from './soap/soap-envelope.js';
import {
  type ListAnswer,
  type SoapOperation,
  type SoapServiceOptions,
  startSoapService,
} from './soap/soap-service.js';

export const OLD_CASE_PATH = '/zfbaWebService/CaseQuery.asmx';
export const OLD_CASE_NAMESPACE = 'http://tempuri.org/';
const MOST = { holders: 30, rows: 100 };

const text = z.string().default('');
const call = z.object({ yhm: text, mm: text, zjhm: text, larqq: text, larqz: text, ys: text, hs: text });

/** The old case system (domain §3.1): a .NET method with seven arguments, its answer a document inside a text. */
const OLD_CASES: SoapOperation = {
  path: OLD_CASE_PATH,
  operation: 'QueryCaseList',
  listings: new Map([['t_ajxx', { table: 't_ajxx', key: 'id', holder: 'dsrzjh', day: 'larq' }]]),
  readCall: (parts) => {
    const parsed = call.safeParse(parts);
    if (!parsed.success) return '参数错误';
    const { yhm, mm, zjhm, larqq, larqz, ys, hs } = parsed.data;
    const query = readListQuery(
      {
        holders: ['zjhm', zjhm],
        from: larqq,
        to: larqz,
        position: ['ys', ys, 'numbered'],
        size: ['hs', hs],
      },
      MOST,
    );
    return typeof query === 'string' ? query : { user: yhm, password: mm, listing: 't_ajxx', query };
  },
  format: (answer) =>
    `<QueryCaseListResponse xmlns="${OLD_CASE_NAMESPACE}"><QueryCaseListResult>${escapeXml(formatDocument(answer))}</QueryCaseListResult></QueryCaseListResponse>`,
};

export function startOldCaseService(options: SoapServiceOptions): Promise<DemoServer> {
  return startSoapService(OLD_CASES, options);
}

/** T: rows; N: none; E: an error. Rows stand beside the code, without a list around them. */
function formatDocument(answer: ListAnswer): string {
  const [code, message, total, rows] =
    answer.kind === 'rows'
      ? ['T', '', answer.total, rowElements(answer.rows, 'AJXX')]
      : [answer.kind === 'none' ? 'N' : 'E', answer.message, 0, ''];
  return withNumericReferences(
    `<NewDataSet><FHDM>${code}</FHDM><FHXX>${escapeXml(message)}</FHXX><ZJLS>${total}</ZJLS>${rows}</NewDataSet>`,
  );
}
