import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import {
  jsonAnswer,
  type LegacyAnswer,
  type LegacyProtocol,
  type LegacyRequest,
} from '../legacy-protocol.js';
import { parametersOf, wholeNumber } from '../request-parameters.js';
import { openStoreFile, placeholders, type StoreFile } from '../store-file.js';

export const HOUR_DATA_PATH = '/monitor/v2/hour-data';
const MOST_PER_PAGE = 500;
const MOST_CODES = 50;

interface MonitoringServiceOptions {
  /** SQLite file of the store `monitoring`. */
  readonly file: string;
}

/**
 * 污染源在线监测: hourly averages over plain REST, by the number of the first row and how many; of up to 50 social credit
 * codes, or of all. The county's one application token opens it.
 */
export function startMonitoringService({ file }: MonitoringServiceOptions): Promise<DemoServer> {
  return startDemoServer(new MonitoringService(openStoreFile(file)));
}

const failed = (errCode: number, errMsg: string, status = 200): LegacyAnswer =>
  jsonAnswer({ success: false, errCode, errMsg }, status);

class MonitoringService implements LegacyProtocol {
  readonly failure = failed(9999, '数据库连接异常');
  readonly #store: StoreFile;

  constructor(store: StoreFile) {
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    if (request.headers[TICKET_HEADER] !== TICKET_TOKEN || request.refusesCredentials) {
      return failed(4001, '未授权的应用', 401);
    }
    if (request.path !== HOUR_DATA_PATH) return failed(4004, '接口不存在', 404);
    return this.#part(parametersOf(request));
  }

  #part(parameters: ReadonlyMap<string, string>): LegacyAnswer {
    const start = wholeNumber(parameters.get('start') ?? '0');
    const limit = wholeNumber(parameters.get('limit') ?? '100');
    if (start === null || limit === null || limit < 1 || limit > MOST_PER_PAGE) {
      return failed(4002, `start须为非负整数，limit须在1到${MOST_PER_PAGE}之间`);
    }
    const codes = (parameters.get('creditCode') ?? '').split(',').filter((code) => code !== '');
    if (codes.length > MOST_CODES) return failed(4003, `creditCode最多${MOST_CODES}个`);
    const where = codes.length === 0 ? '1 = 1' : `CreditCode IN (${placeholders(codes)})`;
    const records = this.#store.count(`SELECT count(*) FROM HourData WHERE ${where}`, codes);
    const rows = this.#store.all(`SELECT * FROM HourData WHERE ${where} ORDER BY DataId LIMIT ? OFFSET ?`, [
      ...codes,
      limit,
      start,
    ]);
    return jsonAnswer({ success: true, errCode: 0, errMsg: null, data: { records, rows } });
  }
}
