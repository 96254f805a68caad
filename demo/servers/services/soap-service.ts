import { SOAP_PASSWORD, SOAP_USER } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import { HTML_PAGE } from '../faults.js';
import type { LegacyAnswer, LegacyProtocol, LegacyRequest } from '../legacy-protocol.js';
import { openStoreFile, placeholders, type StoredCell, type StoreFile } from '../store-file.js';
import { formatHealthAnswer, type HealthAnswer, type HealthQuery, readHealthQuery } from './health-query.js';
import { faultAnswer, queryAnswer, readQuery, versionOf } from './soap-envelope.js';

export const HEALTH_PATH = '/wsjd/services/QueryService';

interface SoapServiceOptions {
  /** SQLite file of the store `health`. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * 卫生健康局's self-built system (domain §1.1 IF-3, §3.9): one method `query(String xml)`, a document escaped into a
 * text, all of it in GBK, name and password in the payload, failures as `<resultcode>`.
 */
export function startSoapService({ file, now }: SoapServiceOptions): Promise<DemoServer> {
  return startDemoServer(new HealthService(openStoreFile(file)), now);
}

interface Listing {
  readonly table: string;
  readonly key: string;
  readonly holder: string;
  readonly day: string;
}

const LISTINGS: ReadonlyMap<string, Listing> = new Map([
  ['wsxk', { table: 'wsxk', key: 'id', holder: 'chiyourenbm', day: 'operatedate' }],
  ['yljg', { table: 'yljg', key: 'id', holder: 'uniscid', day: 'pzrq' }],
  ['jcxx', { table: 'jcxx', key: 'jcid', holder: 'bjcdwbm', day: 'jcrq' }],
]);

const failed = (message: string): HealthAnswer => ({ code: '1', message, total: 0, page: 1, rows: [] });

class HealthService implements LegacyProtocol {
  readonly failure = { ...faultAnswer('1.1', 'system', '服务器内部错误：数据库连接失败'), status: 200 };
  readonly #store: StoreFile;

  constructor(store: StoreFile) {
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    if (request.path !== HEALTH_PATH || request.method !== 'POST') {
      return { status: 404, type: 'text/html', charset: 'utf-8', text: HTML_PAGE };
    }
    const version = versionOf(request);
    let query: HealthQuery | string;
    try {
      query = readHealthQuery(readQuery(request));
    } catch (error) {
      return faultAnswer(version, 'caller', error instanceof Error ? error.message : String(error));
    }
    const answer = typeof query === 'string' ? failed(query) : this.#list(query, request.refusesCredentials);
    return queryAnswer(version, formatHealthAnswer(answer));
  }

  #list(query: HealthQuery, refuses: boolean): HealthAnswer {
    if (query.user !== SOAP_USER || query.password !== SOAP_PASSWORD || refuses) {
      return failed('用户名或密码错误');
    }
    const listing = LISTINGS.get(query.type);
    if (listing === undefined) return failed(`不支持的查询类型：${query.type}`);
    const { where, values } = filterOf(query, listing);
    const total = this.#store.count(`SELECT count(*) FROM ${listing.table} WHERE ${where}`, values);
    if (total === 0) return { ...failed('无符合条件的数据'), code: '2' };
    const rows = this.#store.all(
      `SELECT * FROM ${listing.table} WHERE ${where} ORDER BY ${listing.key} LIMIT ? OFFSET ?`,
      [...values, query.pageSize, (query.page - 1) * query.pageSize],
    );
    return { code: '0', message: '查询成功', total, page: query.page, rows };
  }
}

function filterOf(
  { holders, from, to }: HealthQuery,
  { holder, day }: Listing,
): { where: string; values: StoredCell[] } {
  const terms = ['1 = 1'];
  const values: StoredCell[] = [];
  if (holders.length > 0) {
    terms.push(`${holder} IN (${placeholders(holders)})`);
    values.push(...holders);
  }
  if (from !== '') {
    terms.push(`${day} >= ?`);
    values.push(from);
  }
  if (to !== '') {
    terms.push(`${day} <= ?`);
    values.push(to);
  }
  return { where: terms.join(' AND '), values };
}
