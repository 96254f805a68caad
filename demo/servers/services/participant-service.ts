import type { If2Upstream } from '../gateways/if2-gateway.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import { openStoreFile, placeholders } from '../store-file.js';

export const PARTICIPANT_PATH = '/restapi/prod/IC33000020240620000011/joint-task/participants';
const MOST_TASKS = 20;

/** 「综合查一次」任务参与部门: who takes part in the tasks asked for, at most 20 a call. */
export function openParticipantService(file: string): If2Upstream {
  const store = openStoreFile(file);
  return {
    failure: answer(500, '服务异常', null),
    close: () => store.close(),
    answer(parameters) {
      const codes = (parameters.get('taskCodes') ?? '').split(',').filter((code) => code !== '');
      if (codes.length === 0) return answer(400, 'taskCodes不能为空', null);
      if (codes.length > MOST_TASKS) return answer(400, `taskCodes最多${MOST_TASKS}个`, null);
      const rows = store.all(
        `SELECT * FROM participants WHERE taskCode IN (${placeholders(codes)}) ORDER BY taskCode, sequence`,
        codes,
      );
      return answer(0, 'ok', { total: rows.length, list: rows });
    },
  };
}

function answer(code: number, message: string, data: unknown): LegacyAnswer {
  return jsonAnswer({ code, message, data });
}
