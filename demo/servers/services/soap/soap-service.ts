import { SOAP_PASSWORD, SOAP_USER } from '../../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../../demo-server.js';
import { HTML_PAGE } from '../../faults.js';
import type { LegacyAnswer, LegacyProtocol, LegacyRequest } from '../../legacy-protocol.js';
import { openStoreFile, type StoreFile } from '../../store-file.js';
import { type Listed, type Listing, type ListQuery, readListing } from './listing.js';
import { callAnswer, faultAnswer, readCall, versionOf } from './soap-envelope.js';

/** What is asked: who asks, for which listing, and for which of its rows. */
interface Call {
  readonly user: string;
  readonly password: string;
  readonly listing: string;
  readonly query: ListQuery;
}

/** What an operation answers: rows, or why there are none. */
export type ListAnswer =
  | ({ readonly kind: 'rows'; readonly query: ListQuery } & Listed)
  | { readonly kind: 'none' | 'failed'; readonly message: string };

/** One department's operation: what it is called, how it is asked and what its answer looks like. */
export interface SoapOperation {
  readonly path: string;
  readonly operation: string;
  /** Listings by the name under which they are asked for. */
  readonly listings: ReadonlyMap<string, Listing>;
  /**
   * A sentence about what is wrong with the call instead of it.
   *
   * @param parts of the operation's element.
   */
  readCall(parts: unknown): Call | string;
  /** XML of the element that answers. */
  format(answer: ListAnswer): string;
}

export interface SoapServiceOptions {
  /** SQLite file of the department's store. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * A self-built system of a department (domain §1.1 IF-3): one operation that lists tables page by page, all of it in
 * GBK, name and password among the parameters, failures as a code within HTTP 200.
 */
export function startSoapService(
  operation: SoapOperation,
  { file, now }: SoapServiceOptions,
): Promise<DemoServer> {
  return startDemoServer(new SoapService(operation, openStoreFile(file)), now);
}

class SoapService implements LegacyProtocol {
  readonly failure = { ...faultAnswer('1.1', 'system', '服务器内部错误：数据库连接失败'), status: 200 };
  readonly #operation: SoapOperation;
  readonly #store: StoreFile;

  constructor(operation: SoapOperation, store: StoreFile) {
    this.#operation = operation;
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    const { path, operation, format } = this.#operation;
    if (request.path !== path || request.method !== 'POST') {
      return { status: 404, type: 'text/html', charset: 'utf-8', text: HTML_PAGE };
    }
    const version = versionOf(request);
    let call: Call | string;
    try {
      call = this.#operation.readCall(readCall(request, operation));
    } catch (error) {
      return faultAnswer(version, 'caller', error instanceof Error ? error.message : String(error));
    }
    return callAnswer(version, format(this.#list(call, request.refusesCredentials)));
  }

  #list(call: Call | string, refuses: boolean): ListAnswer {
    if (typeof call === 'string') return { kind: 'failed', message: call };
    if (call.user !== SOAP_USER || call.password !== SOAP_PASSWORD || refuses) {
      return { kind: 'failed', message: '用户名或密码错误' };
    }
    const listing = this.#operation.listings.get(call.listing);
    if (listing === undefined) return { kind: 'failed', message: `不支持的查询类型：${call.listing}` };
    const { query } = call;
    const { total, rows } = readListing(this.#store, listing, query);
    return total === 0 ? { kind: 'none', message: '无符合条件的数据' } : { kind: 'rows', query, total, rows };
  }
}
