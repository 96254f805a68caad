import type { DemoServer } from '../demo-server.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import { wholeNumber } from '../request-parameters.js';
import type { StoreFile } from '../store-file.js';
import { type Parameters, type RestServiceOptions, startRestService } from './rest-service.js';

export const TASKS_PATH = '/eums/openapi/task/query';
/** More are never sent, whatever is asked for. */
const MOST_ROWS = 100;

/** 智慧城管: tasks in the order in which they were entered; it can be asked for nothing but a place to begin at. */
export function startCityService(options: RestServiceOptions): Promise<DemoServer> {
  return startRestService({ failed, paths: new Map([[TASKS_PATH, listTasks]]) }, options);
}

function failed(code: number, message: string, status = 200): LegacyAnswer {
  return jsonAnswer({ resultCode: String(code), resultDesc: message }, status);
}

function listTasks(parameters: Parameters, store: StoreFile): LegacyAnswer {
  const start = wholeNumber(parameters.get('start') ?? '0');
  const limit = wholeNumber(parameters.get('limit') ?? '20');
  if (start === null || limit === null || limit === 0) return failed(4001, 'start或limit格式错误');
  const count = store.count('SELECT count(*) FROM EUMS_TASK');
  const tasks = store.all('SELECT * FROM EUMS_TASK ORDER BY ID LIMIT ? OFFSET ?', [
    Math.min(limit, MOST_ROWS),
    start,
  ]);
  return jsonAnswer({ resultCode: '0000', resultDesc: '成功', result: { count, tasks } });
}
