import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import {
  jsonAnswer,
  type LegacyAnswer,
  type LegacyProtocol,
  type LegacyRequest,
} from '../legacy-protocol.js';
import { parametersOf, wholeNumber } from '../request-parameters.js';
import { openStoreFile, placeholders, type StoredCell, type StoreFile } from '../store-file.js';

export const TICKETS_PATH = '/api/v1/tickets';
const MOST_PER_PAGE = 500;
const MOST_KEYS = 100;

interface TicketServiceOptions {
  /** SQLite file of the store `hotline`. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** 12345 政务服务热线: tickets over plain paged REST, newest entry first. */
export function startTicketService({ file, now }: TicketServiceOptions): Promise<DemoServer> {
  return startDemoServer(new TicketService(openStoreFile(file)), now);
}

const failed = (code: number, msg: string, status = 200): LegacyAnswer =>
  jsonAnswer({ code, msg, result: null }, status);

class TicketService implements LegacyProtocol {
  readonly failure = failed(500, '系统繁忙，请稍后再试');
  readonly #store: StoreFile;

  constructor(store: StoreFile) {
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    if (request.headers[TICKET_HEADER] !== TICKET_TOKEN || request.refusesCredentials) {
      return failed(401, 'token无效或已过期', 401);
    }
    if (request.path !== TICKETS_PATH) return failed(404, '接口不存在', 404);
    if (request.method !== 'GET') return failed(405, '不支持的请求方式', 405);
    return this.#page(parametersOf(request));
  }

  #page(parameters: ReadonlyMap<string, string>): LegacyAnswer {
    const pageNum = wholeNumber(parameters.get('pageNum') ?? '1');
    const pageSize = wholeNumber(parameters.get('pageSize') ?? '20');
    if (pageNum === null || pageNum < 1) return failed(400, 'pageNum必须为正整数');
    if (pageSize === null || pageSize < 1 || pageSize > MOST_PER_PAGE) {
      return failed(400, `pageSize必须在1到${MOST_PER_PAGE}之间`);
    }
    const filter = filterOf(parameters);
    if (typeof filter === 'string') return failed(400, filter);
    const { where, values } = filter;
    const total = this.#store.count(`SELECT count(*) FROM gd WHERE ${where}`, values);
    const list = this.#store.all(
      `SELECT * FROM gd WHERE ${where} ORDER BY lysj DESC, xh DESC LIMIT ? OFFSET ?`,
      [...values, pageSize, (pageNum - 1) * pageSize],
    );
    return jsonAnswer({ code: 200, msg: 'ok', result: { total, pageNum, pageSize, list } });
  }
}

interface Filter {
  readonly where: string;
  readonly values: readonly StoredCell[];
}

/** `beginTime` and `endTime` are inclusive; `gdbh` and `bfydxdm` take up to 100 values, joined by commas. */
function filterOf(parameters: ReadonlyMap<string, string>): Filter | string {
  const terms = ['1 = 1'];
  const values: StoredCell[] = [];
  for (const [name, comparison] of [
    ['beginTime', '>='],
    ['endTime', '<='],
  ] as const) {
    const time = parameters.get(name) ?? '';
    if (time === '') continue;
    if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(time)) return `${name}格式应为yyyy-MM-dd HH:mm:ss`;
    terms.push(`lysj ${comparison} ?`);
    values.push(time);
  }
  for (const name of ['gdbh', 'bfydxdm']) {
    const keys = (parameters.get(name) ?? '').split(',').filter((key) => key !== '');
    if (keys.length === 0) continue;
    if (keys.length > MOST_KEYS) return `${name}最多${MOST_KEYS}个`;
    terms.push(`${name} IN (${placeholders(keys)})`);
    values.push(...keys);
  }
  return { where: terms.join(' AND '), values };
}
