import { SourceMalformed } from '../../source-error.js';
import type { AnswerTree } from './answer-tree.js';

const CODES = [
  'code',
  'errcode',
  'errCode',
  'errorCode',
  'error_code',
  'retCode',
  'resultCode',
  'returnCode',
];
const SUCCESS = /^(?:0+|1|100|200|2000+|10000|ok|success|succeed|true|s|y)$/i;
const FLAGS = ['success', 'isSuccess', 'ok'];
const MESSAGES = ['msg', 'message', 'errmsg', 'errMsg', 'error', 'info'];
const NO_DATA =
  /无数据|无记录|暂无|未查询到|未查到|没有|查无|不存在|no (?:data|rows|record|result)|not found|empty/i;

/**
 * Refuses an answer without rows that says, by the names and codes that most services use, that it failed: without an
 * `outcome` in the mapping it would pass for an answer that honestly has none.
 *
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed}
 */
export function refuseFailure(tree: AnswerTree, action: string): void {
  const failed = CODES.find((name) => isFailure(tree.textAt(name)));
  const denied = FLAGS.find((name) => tree.textAt(name) === 'false');
  const sign = failed ?? denied;
  if (sign === undefined) return;
  const message = MESSAGES.map((name) => tree.messageAt(name)).find(Boolean) ?? '';
  if (NO_DATA.test(message)) return;
  throw new SourceMalformed(
    `Cannot ${action}: an answer without rows must not look like a failure, but says ${sign}: ${JSON.stringify(tree.textAt(sign))} ` +
      `${JSON.stringify(message.slice(0, 200))}; name the codes of success in the mapping's outcome`,
  );
}

function isFailure(code: string | null): boolean {
  return code !== null && code !== '' && !SUCCESS.test(code);
}
