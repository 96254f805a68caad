import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import type { LegacyAnswer, LegacyProtocol, LegacyRequest } from '../legacy-protocol.js';
import { parametersOf } from '../request-parameters.js';
import { openStoreFile, type StoreFile } from '../store-file.js';

export type Parameters = ReadonlyMap<string, string>;

/** A system that answers GET requests from its store, in an envelope of its own. */
export interface RestService {
  /** The envelope of a failure. `status` is HTTP's. */
  readonly failed: (code: number, message: string, status?: number) => LegacyAnswer;
  /** What it answers, by path. */
  readonly paths: ReadonlyMap<string, (parameters: Parameters, store: StoreFile) => LegacyAnswer>;
}

export interface RestServiceOptions {
  /** SQLite file of its store. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** Serves it to those who have the token. */
export function startRestService(
  service: RestService,
  { file, now }: RestServiceOptions,
): Promise<DemoServer> {
  return startDemoServer(new RestProtocol(service, openStoreFile(file)), now);
}

class RestProtocol implements LegacyProtocol {
  readonly failure: LegacyAnswer;
  readonly #service: RestService;
  readonly #store: StoreFile;

  constructor(service: RestService, store: StoreFile) {
    this.failure = service.failed(500, '系统繁忙，请稍后再试');
    this.#service = service;
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    const { failed, paths } = this.#service;
    if (request.headers[TICKET_HEADER] !== TICKET_TOKEN || request.refusesCredentials) {
      return failed(401, 'token无效或已过期', 401);
    }
    const answer = paths.get(request.path);
    if (answer === undefined) return failed(404, '接口不存在', 404);
    if (request.method !== 'GET') return failed(405, '不支持的请求方式', 405);
    return answer(parametersOf(request), this.#store);
  }
}
