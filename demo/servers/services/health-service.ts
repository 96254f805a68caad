import { z } from 'zod';
import type { DemoServer } from '../demo-server.js';
import { withNumericReferences } from '../encode-text.js';
import { readListQuery } from './soap/listing.js';
import { rowElements } from './soap/row-elements.js';
import { escapeXml, parseXml } from './soap/soap-envelope.js';
import {
  type ListAnswer,
  type SoapOperation,
  type SoapServiceOptions,
  startSoapService,
} from './soap/soap-service.js';

export const HEALTH_PATH = '/wsjd/services/QueryService';
export const HEALTH_NAMESPACE = 'http://service.wsjd.ssx.zj.cn/';
const MOST = { holders: 50, rows: 200 };

const text = z.string().default('');
const call = z.object({ xml: z.string() });
const document = z.object({
  request: z.object({
    user: text,
    password: text,
    cxlx: text,
    cyrbm: text,
    ksrq: text,
    jsrq: text,
    page: text,
    pagesize: text,
  }),
});

/** 卫生健康局's system (domain §3.9): one method `query(String xml)`, a document escaped into a text both ways. */
const HEALTH: SoapOperation = {
  path: HEALTH_PATH,
  operation: 'query',
  listings: new Map([
    ['wsxk', { table: 'wsxk', key: 'id', holder: 'chiyourenbm', day: 'operatedate' }],
    ['yljg', { table: 'yljg', key: 'id', holder: 'uniscid', day: 'pzrq' }],
    ['jcxx', { table: 'jcxx', key: 'jcid', holder: 'bjcdwbm', day: 'jcrq' }],
    ['szjc', { table: 'szjc', key: 'lsh', holder: 'gsdwbm', day: 'cyrq' }],
    ['zybsb', { table: 'zybsb', key: 'lsh', holder: 'yrdwbm', day: 'sbrq' }],
  ]),
  readCall: (parts) => {
    const parsed = document.safeParse(parseXml(call.parse(parts).xml));
    if (!parsed.success) return '请求报文格式错误';
    const { user, password, cxlx, cyrbm, ksrq, jsrq, page, pagesize } = parsed.data.request;
    const query = readListQuery(
      {
        holders: ['cyrbm', cyrbm],
        from: ksrq,
        to: jsrq,
        position: ['page', page, 'numbered'],
        size: ['pagesize', pagesize],
      },
      MOST,
    );
    return typeof query === 'string' ? query : { user, password, listing: cxlx, query };
  },
  format: (answer) =>
    `<ns2:queryResponse xmlns:ns2="${HEALTH_NAMESPACE}"><return>${escapeXml(formatDocument(answer))}</return></ns2:queryResponse>`,
};

export function startHealthService(options: SoapServiceOptions): Promise<DemoServer> {
  return startSoapService(HEALTH, options);
}

/** `0` 成功, `1` 失败, `2` 无数据. */
const CODES = { rows: '0', failed: '1', none: '2' } as const;

/** It was serialised to GBK once already, so that what GBK lacks is a numeric reference within it. */
function formatDocument(answer: ListAnswer): string {
  const { message, total, page, rows } =
    answer.kind === 'rows'
      ? { ...answer, message: '查询成功', page: answer.query.skip / answer.query.take + 1 }
      : { ...answer, total: 0, page: 1, rows: [] };
  return withNumericReferences(
    `<?xml version="1.0" encoding="GBK"?>\n<response><resultcode>${CODES[answer.kind]}</resultcode><resultmsg>${escapeXml(message)}</resultmsg><total>${total}</total><page>${page}</page><rows>${rowElements(rows, 'row')}</rows></response>`,
  );
}
