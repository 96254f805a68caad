import type { DemoServer } from '../demo-server.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import type { StoreFile } from '../store-file.js';
import { readFilter, readPage } from './rest-query.js';
import { type Parameters, type RestServiceOptions, startRestService } from './rest-service.js';

export const TICKETS_PATH = '/api/v1/tickets';
const PAGING = { page: 'pageNum', size: 'pageSize', usual: '20', most: 500 };
/** `beginTime` and `endTime` are inclusive; `gdbh` and `bfydxdm` take up to 100 values, joined by commas. */
const NARROWING = {
  from: ['beginTime', 'lysj'],
  to: ['endTime', 'lysj'],
  keys: [
    ['gdbh', 'gdbh'],
    ['bfydxdm', 'bfydxdm'],
  ],
  most: 100,
} as const;

/** 12345 政务服务热线: tickets over plain paged REST, newest entry first. */
export function startTicketService(options: RestServiceOptions): Promise<DemoServer> {
  return startRestService({ failed, paths: new Map([[TICKETS_PATH, listTickets]]) }, options);
}

function failed(code: number, msg: string, status = 200): LegacyAnswer {
  return jsonAnswer({ code, msg, result: null }, status);
}

function listTickets(parameters: Parameters, store: StoreFile): LegacyAnswer {
  const paged = readPage(parameters, PAGING);
  if (typeof paged === 'string') return failed(400, paged);
  const filter = readFilter(parameters, NARROWING);
  if (typeof filter === 'string') return failed(400, filter);
  const { where, values } = filter;
  const { page: pageNum, size: pageSize } = paged;
  const total = store.count(`SELECT count(*) FROM gd WHERE ${where}`, values);
  const list = store.all(`SELECT * FROM gd WHERE ${where} ORDER BY lysj DESC, xh DESC LIMIT ? OFFSET ?`, [
    ...values,
    pageSize,
    (pageNum - 1) * pageSize,
  ]);
  return jsonAnswer({ code: 200, msg: 'ok', result: { total, pageNum, pageSize, list } });
}
