import { z } from 'zod';
import { withNumericReferences } from '../encode-text.js';
import { wholeNumber } from '../request-parameters.js';
import type { StoredRow } from '../store-file.js';
import { escapeXml, parseXml } from './soap-envelope.js';

/** What is asked of the health system, as its own XML says it. */
export interface HealthQuery {
  readonly user: string;
  readonly password: string;
  /** 查询类型: `wsxk`, `yljg`, `jcxx`. */
  readonly type: string;
  /** 持有人编码; empty: all. */
  readonly holders: readonly string[];
  /** `yyyy-MM-dd`, both included; empty: open. */
  readonly from: string;
  readonly to: string;
  readonly page: number;
  readonly pageSize: number;
}

const MOST_PER_PAGE = 200;
const MOST_HOLDERS = 50;

const text = z.string().default('');
const request = z.object({
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

/** A sentence about what is wrong with the query, instead of one, as the system would put it. */
export function readHealthQuery(xml: string): HealthQuery | string {
  const parsed = request.safeParse(parseXml(xml));
  if (!parsed.success) return '请求报文格式错误';
  const { user, password, cxlx, cyrbm, ksrq, jsrq, page, pagesize } = parsed.data.request;
  const holders = cyrbm.split(',').filter((holder) => holder !== '');
  if (holders.length > MOST_HOLDERS) return `cyrbm最多${MOST_HOLDERS}个`;
  if (![ksrq, jsrq].every((day) => day === '' || /^\d{4}-\d{2}-\d{2}$/.test(day))) {
    return '日期格式应为yyyy-MM-dd';
  }
  const [number, size] = [wholeNumber(page || '1'), wholeNumber(pagesize || '50')];
  if (number === null || number < 1) return 'page必须为正整数';
  if (size === null || size < 1 || size > MOST_PER_PAGE) return `pagesize必须在1到${MOST_PER_PAGE}之间`;
  return { user, password, type: cxlx, holders, from: ksrq, to: jsrq, page: number, pageSize: size };
}

export interface HealthAnswer {
  /** `0` 成功, `1` 失败, `2` 无数据. */
  readonly code: '0' | '1' | '2';
  readonly message: string;
  readonly total: number;
  readonly page: number;
  readonly rows: readonly StoredRow[];
}

/**
 * The document that is sent as a text. It was serialised to GBK once already, so that what GBK lacks is a numeric
 * reference within it. Empty cells are empty elements, and NULL leaves the element out.
 */
export function formatHealthAnswer({ code, message, total, page, rows }: HealthAnswer): string {
  const list = rows.map((row) => {
    const cells = Object.entries(row).map(([name, cell]) => {
      if (cell === null) return '';
      return cell === '' ? `<${name}/>` : `<${name}>${escapeXml(String(cell))}</${name}>`;
    });
    return `<row>${cells.join('')}</row>`;
  });
  return withNumericReferences(
    `<?xml version="1.0" encoding="GBK"?>\n<response><resultcode>${code}</resultcode><resultmsg>${escapeXml(message)}</resultmsg><total>${total}</total><page>${page}</page><rows>${list.join('')}</rows></response>`,
  );
}
