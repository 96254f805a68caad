import type { DemoServer } from '../demo-server.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import type { StoreFile } from '../store-file.js';
import { type Listing, listPage } from './rest-query.js';
import { type Parameters, type RestServiceOptions, startRestService } from './rest-service.js';

export const EVENTS_PATH = '/sthzl/api/v2/event/page';
export const STEPS_PATH = '/sthzl/api/v2/event/steps';
const PAGING = { page: 'pageNo', size: 'pageRows', usual: '50', most: 200 };

const EVENTS: Listing = {
  table: 'sj',
  order: 'sbsj DESC, xh DESC',
  paging: PAGING,
  narrowing: {
    from: ['sbsjq', 'sbsj'],
    to: ['sbsjz', 'sbsj'],
    keys: [
      ['sjbhs', 'sjbh'],
      ['sxdxdms', 'sxdxdm'],
    ],
    most: 50,
  },
};
const STEPS: Listing = {
  table: 'sjlc',
  order: 'lcid',
  paging: PAGING,
  narrowing: { keys: [['sjbhs', 'sjbh']], most: 50 },
};

/** 基层治理四平台: events, newest first, and the steps of the events asked for. */
export function startGrassrootsService(options: RestServiceOptions): Promise<DemoServer> {
  const paths = new Map([
    [EVENTS_PATH, listRows(EVENTS)],
    [STEPS_PATH, listRows(STEPS)],
  ]);
  return startRestService({ failed, paths }, options);
}

function failed(code: number, message: string, status = 200): LegacyAnswer {
  return jsonAnswer({ success: false, errorCode: `E${code}`, errorMsg: message, content: null }, status);
}

/** `content.rows` with `content.page.totalRows`. */
function listRows(listing: Listing) {
  return (parameters: Parameters, store: StoreFile): LegacyAnswer => {
    const listed = listPage(parameters, store, listing);
    if (typeof listed === 'string') return failed(400, listed);
    const { total: totalRows, page: pageNo, size: pageRows, rows } = listed;
    const content = { page: { pageNo, pageRows, totalRows }, rows };
    return jsonAnswer({ success: true, errorCode: '0', errorMsg: '', content });
  };
}
