import { z } from 'zod';
import { TICKET_HEADER, TICKET_TOKEN } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import {
  jsonAnswer,
  type LegacyAnswer,
  type LegacyProtocol,
  type LegacyRequest,
} from '../legacy-protocol.js';
import {
  openStoreFile,
  placeholders,
  type StoredCell,
  type StoredRow,
  type StoreFile,
} from '../store-file.js';

export const TRIPS_PATH = '/jtwx/openapi/jcg/list';
const MOST_PER_PAGE = 200;

interface TripServiceOptions {
  /** SQLite file of the store `water-transport`. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** 水路运输: reports of passenger ships, asked by POST with a JSON body, oldest first. */
export function startPassengerTripService({ file, now }: TripServiceOptions): Promise<DemoServer> {
  return startDemoServer(new PassengerTripService(openStoreFile(file)), now);
}

const time = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const numbers = z.array(z.string()).max(100);
const body = z.object({
  page: z.object({ pageNo: z.int().min(1), pageSize: z.int().min(1).max(MOST_PER_PAGE) }),
  query: z.object({ cbsbh: numbers, yycbm: numbers, startTime: time, endTime: time }).partial().optional(),
});
type Query = NonNullable<z.infer<typeof body>['query']>;

const failed = (code: string, message: string, status = 200): LegacyAnswer =>
  jsonAnswer({ success: false, code, message, data: null }, status);

class PassengerTripService implements LegacyProtocol {
  readonly failure = failed('500', '系统异常');
  readonly #store: StoreFile;

  constructor(store: StoreFile) {
    this.#store = store;
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    if (request.headers[TICKET_HEADER] !== TICKET_TOKEN || request.refusesCredentials) {
      return failed('401', '未授权', 401);
    }
    if (request.path !== TRIPS_PATH) return failed('404', '接口不存在', 404);
    if (request.method !== 'POST') return failed('405', '请使用POST', 405);
    const asked = body.safeParse(parseJson(request.body.toString('utf8')));
    if (!asked.success) return failed('400', `参数错误：${asked.error.issues[0]?.path.join('.')}`);
    const { page, query = {} } = asked.data;
    const { where, values } = filterOf(query);
    const totalCount = this.#store.count(`SELECT count(*) FROM jcg WHERE ${where}`, values);
    const rows = this.#store.all(
      `SELECT * FROM jcg WHERE ${where} ORDER BY "jcg.sj", jlid LIMIT ? OFFSET ?`,
      [...values, page.pageSize, (page.pageNo - 1) * page.pageSize],
    );
    return jsonAnswer({
      success: true,
      code: '0',
      message: null,
      data: { totalCount, records: rows.map(nested) },
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function filterOf({ cbsbh = [], yycbm = [], startTime, endTime }: Query) {
  const terms = ['1 = 1'];
  const values: StoredCell[] = [];
  const add = (term: string, ...more: readonly StoredCell[]): void => {
    terms.push(term);
    values.push(...more);
  };
  if (startTime !== undefined) add('"jcg.sj" >= ?', startTime);
  if (endTime !== undefined) add('"jcg.sj" <= ?', endTime);
  if (cbsbh.length > 0) add(`"cb.cbsbh" IN (${placeholders(cbsbh)})`, ...cbsbh);
  if (yycbm.length > 0) add(`"cb.yycbm" IN (${placeholders(yycbm)})`, ...yycbm);
  return { where: terms.join(' AND '), values };
}

/** `cb.cbmc` is `cbmc` of the object `cb`. */
function nested(row: StoredRow): Readonly<Record<string, unknown>> {
  const object: Record<string, StoredCell | Record<string, StoredCell>> = {};
  for (const [path, cell] of Object.entries(row)) {
    const [outer = '', inner] = path.split('.');
    if (inner === undefined) object[outer] = cell;
    else object[outer] = { ...(object[outer] as Record<string, StoredCell> | undefined), [inner]: cell };
  }
  return object;
}
