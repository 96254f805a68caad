import type { If2Upstream } from '../gateways/if2-gateway.js';
import { jsonAnswer, type LegacyAnswer } from '../legacy-protocol.js';
import { openStoreFile, placeholders } from '../store-file.js';

export const POSITION_PATH = '/restapi/prod/IC33000020220228000002/latest-position';
const MOST_CODES = 50;

/** 渔船最新位置: the last fixes of the vessels asked for, at most 50 a call; one per terminal, so now and then two. */
export function openPositionService(file: string): If2Upstream {
  const store = openStoreFile(file);
  return {
    failure: failed('500', '定位平台连接超时'),
    close: () => store.close(),
    answer(parameters) {
      const codes = (parameters.get('shipCodes') ?? '').split(',').filter((code) => code !== '');
      if (codes.length === 0) return failed('400', 'shipCodes不能为空');
      if (codes.length > MOST_CODES) return failed('400', `shipCodes最多${MOST_CODES}个`);
      const list = placeholders(codes);
      const data = store.all(`SELECT * FROM zxwz WHERE shipCode IN (${list}) ORDER BY id`, codes);
      return jsonAnswer({ success: true, code: '200', msg: '操作成功', data });
    },
  };
}

function failed(code: string, msg: string): LegacyAnswer {
  return jsonAnswer({ success: false, code, msg, data: null });
}
