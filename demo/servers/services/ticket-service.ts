import type { DemoServer } from '../demo-server.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import type { StoreFile } from '../store-file.js';
import { type Listing, listPage } from './rest-query.js';
import { type Parameters, type RestServiceOptions, startRestService } from './rest-service.js';

export const TICKETS_PATH = '/api/v1/tickets';
/** `beginTime` and `endTime` are inclusive; `gdbh` and `bfydxdm` take up to 100 values, joined by commas. */
const TICKETS: Listing = {
  table: 'gd',
  order: 'lysj DESC, xh DESC',
  paging: { page: 'pageNum', size: 'pageSize', usual: '20', most: 500 },
  narrowing: {
    from: ['beginTime', 'lysj'],
    to: ['endTime', 'lysj'],
    keys: [
      ['gdbh', 'gdbh'],
      ['bfydxdm', 'bfydxdm'],
    ],
    most: 100,
  },
};

/** 12345 政务服务热线: tickets over plain paged REST, newest entry first. */
export function startTicketService(options: RestServiceOptions): Promise<DemoServer> {
  return startRestService({ failed, paths: new Map([[TICKETS_PATH, listTickets]]) }, options);
}

function failed(code: number, msg: string, status = 200): LegacyAnswer {
  return jsonAnswer({ code, msg, result: null }, status);
}

function listTickets(parameters: Parameters, store: StoreFile): LegacyAnswer {
  const listed = listPage(parameters, store, TICKETS);
  if (typeof listed === 'string') return failed(400, listed);
  const { total, page: pageNum, size: pageSize, rows: list } = listed;
  return jsonAnswer({ code: 200, msg: 'ok', result: { total, pageNum, pageSize, list } });
}
