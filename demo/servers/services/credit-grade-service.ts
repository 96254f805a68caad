import type { If2Upstream } from '../gateways/if2-gateway.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import { openStoreFile } from '../store-file.js';

export const CREDIT_GRADE_PATH = '/restapi/prod/IC33000020210601000012/credit-grade';

/** 公共信用评价: the grade of the one credit code that is asked for. */
export function openCreditGradeService(file: string): If2Upstream {
  const store = openStoreFile(file);
  return {
    failure: answer('99', '评价服务不可用', null),
    close: () => store.close(),
    answer(parameters) {
      const code = parameters.get('tyshxydm') ?? '';
      if (!/^[0-9A-Z]{18}$/.test(code)) return answer('97', 'tyshxydm格式不正确', null);
      const [row] = store.all('SELECT * FROM xy_ggxypj WHERE tyshxydm = ?', [code]);
      return row === undefined ? answer('01', '未查询到评价', null) : answer('00', '成功', row);
    },
  };
}

function answer(code: string, msg: string, datas: unknown): LegacyAnswer {
  return jsonAnswer({ code, msg, dataCount: datas === null ? 0 : 1, datas });
}
