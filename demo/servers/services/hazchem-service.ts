import { z } from 'zod';
import type { DemoServer } from '../demo-server.js';
import { readListQuery } from './soap/listing.js';
import { escapeXml } from './soap/soap-envelope.js';
import {
  type ListAnswer,
  type SoapOperation,
  type SoapServiceOptions,
  startSoapService,
} from './soap/soap-service.js';

export const HAZCHEM_PATH = '/aqjg/services/WhpService';
export const HAZCHEM_NAMESPACE = 'http://whp.aqjg.ssx.gov.cn/';
const MOST = { holders: 20, rows: 50 };

const text = z.string().default('');
const call = z.object({
  cxtj: z.object({ yhm: text, mm: text, tyshxydm: text, lrrqq: text, lrrqz: text, qs: text, ts: text }),
});

/** 危险化学品监管系统 (domain §3.8): SOAP 1.2, the question one nested element, the answer JSON inside a text. */
const HAZCHEM: SoapOperation = {
  path: HAZCHEM_PATH,
  operation: 'cxJyxkz',
  listings: new Map([['whpjyxkz', { table: 'whpjyxkz', key: 'id', holder: 'tyshxydm', day: 'lrrq' }]]),
  readCall: (parts) => {
    const parsed = call.safeParse(parts);
    if (!parsed.success) return '查询条件格式错误';
    const { yhm, mm, tyshxydm, lrrqq, lrrqz, qs, ts } = parsed.data.cxtj;
    const query = readListQuery(
      {
        holders: ['tyshxydm', tyshxydm],
        from: lrrqq,
        to: lrrqz,
        position: ['qs', qs, 'offset'],
        size: ['ts', ts],
      },
      MOST,
    );
    return typeof query === 'string' ? query : { user: yhm, password: mm, listing: 'whpjyxkz', query };
  },
  format: (answer) =>
    `<n:cxJyxkzResponse xmlns:n="${HAZCHEM_NAMESPACE}"><return>${escapeXml(formatJson(answer))}</return></n:cxJyxkzResponse>`,
};

export function startHazchemService(options: SoapServiceOptions): Promise<DemoServer> {
  return startSoapService(HAZCHEM, options);
}

const FLAGS = { rows: 'success', none: 'empty', failed: 'fail' } as const;

function formatJson(answer: ListAnswer): string {
  const flag = FLAGS[answer.kind];
  if (answer.kind !== 'rows') return JSON.stringify({ flag, message: answer.message, count: 0, data: [] });
  return JSON.stringify({ flag, message: '', count: answer.total, data: answer.rows });
}
