import { z } from 'zod';
import { IF1_APP_KEY, IF1_APP_SECRET } from '../demo-credentials.js';
import { type DemoServer, startDemoServer } from '../demo-server.js';
import {
  jsonAnswer,
  type LegacyAnswer,
  type LegacyProtocol,
  type LegacyRequest,
} from '../legacy-protocol.js';
import { parametersOf } from '../request-parameters.js';
import { openStoreFile, type StoredRow, type StoreFile } from '../store-file.js';
import { type If1Lives, If1Secrets, PROVINCE_LIVES, signIf1 } from './if1-secrets.js';

/** 法人库 as the province publishes it: the subject stands in `datas`, as JSON inside JSON. */
export const LEGAL_PERSON_PATH = '/gateway/api/001003001029/dataSharing/bf2Tq0d7ceo3RZ51.htm';
/** The same of the older catalogue, where it stands in `data`, as a list. */
export const OLD_LEGAL_PERSON_PATH = '/gateway/api/frkLegalPersonInfo.htm';
const BY_KEY_PATH = '/gateway/app/refreshTokenByKey.htm';
const BY_SECRET_PATH = '/gateway/app/refreshTokenBySec.htm';

interface If1Options {
  /** SQLite file of the store `legal-person`. */
  readonly file: string;
  readonly lives?: If1Lives;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * 浙江省公共数据平台, first generation (domain §1.1 IF-1): every call signed with a secret that expires, failures
 * under HTTP 200, one legal person per call.
 */
export function startIf1Gateway({ file, lives = PROVINCE_LIVES, now }: If1Options): Promise<DemoServer> {
  return startDemoServer(new If1Gateway(openStoreFile(file), lives), now);
}

type Code = '00' | '96' | '97' | '98' | '99';

const failed = (code: Code, msg: string): LegacyAnswer =>
  jsonAnswer({ code, msg, dataCount: 0, data: '', datas: '' });

/** Of what requests stated, the last so many are remembered. */
const RECENT = 1000;

/** On whose behalf and for which legal matter the call is made. */
const additional = z.object({ powerMatters: z.string().min(1) });

class If1Gateway implements LegacyProtocol {
  readonly failure = failed('99', '系统异常，请联系管理员');
  readonly #store: StoreFile;
  readonly #secrets: If1Secrets;
  readonly #stated: string[] = [];

  constructor(store: StoreFile, lives: If1Lives) {
    this.#store = store;
    this.#secrets = new If1Secrets(lives);
  }

  expireSecrets(): void {
    this.#secrets.end();
  }

  stated(): readonly string[] {
    return [...this.#stated];
  }

  close(): void {
    this.#store.close();
  }

  answer(request: LegacyRequest): LegacyAnswer {
    const parameters = parametersOf(request);
    for (const name of ['appKey', 'sign', 'requestTime']) {
      if ((parameters.get(name) ?? '') === '') return failed('97', `缺少参数：${name}`);
    }
    if (parameters.get('appKey') !== IF1_APP_KEY) return failed('99', 'appKey不存在');
    if (!/^\d{13}$/.test(parameters.get('requestTime') ?? ''))
      return failed('98', '参数类型错误：requestTime');
    switch (request.path) {
      case BY_KEY_PATH:
        return isSigned(parameters, IF1_APP_SECRET)
          ? renewed(this.#secrets.renewBoth(request.now))
          : failed('99', '签名错误');
      case BY_SECRET_PATH:
        return (
          refusal(parameters, this.#secrets.refreshSecret(request.now), 'refreshSecret') ??
          renewed(this.#secrets.renewRequest(request.now))
        );
      case LEGAL_PERSON_PATH:
      case OLD_LEGAL_PERSON_PATH:
        return (
          refusal(parameters, this.#secrets.requestSecret(request.now), 'requestSecret') ??
          this.#legalPerson(parameters, request.path === LEGAL_PERSON_PATH)
        );
      default:
        return failed('99', '接口不存在或未授权');
    }
  }

  #legalPerson(parameters: ReadonlyMap<string, string>, inDatas: boolean): LegacyAnswer {
    const stated = parameters.get('additional') ?? '';
    if (!statesMatter(stated)) return failed('97', '缺少参数：additional.powerMatters');
    this.#stated.push(stated);
    if (this.#stated.length > RECENT) this.#stated.shift();
    const key = parameters.get('tyshxydm') ?? '';
    if (key === '') return failed('97', '缺少参数：tyshxydm');
    // A key that cannot be one of anybody's, as long as a whole list of keys.
    if (key.length > 64) return failed('98', '参数类型错误：tyshxydm');
    const rows = this.#store.all('SELECT * FROM frk_frjbxx WHERE tyshxydm = ? ORDER BY id', [key]);
    return jsonAnswer(inDatas ? asTextInside(rows) : asList(rows));
  }
}

function asTextInside(rows: readonly StoredRow[]): unknown {
  const datas = rows.length === 0 ? '' : JSON.stringify(rows);
  return { code: '00', msg: '成功', dataCount: rows.length, data: '', datas };
}

function asList(rows: readonly StoredRow[]): unknown {
  return { code: '00', msg: '成功', dataCount: rows.length, data: rows };
}

function renewed(datas: Readonly<Record<string, string | number>>): LegacyAnswer {
  return jsonAnswer({ code: '00', msg: '成功', datas });
}

function refusal(
  parameters: ReadonlyMap<string, string>,
  secret: string | null,
  name: string,
): LegacyAnswer | null {
  if (secret === null) return failed('99', `${name}已过期，请重新获取`);
  return isSigned(parameters, secret) ? null : failed('99', '签名错误');
}

function isSigned(parameters: ReadonlyMap<string, string>, secret: string): boolean {
  const expected = signIf1(parameters.get('appKey') ?? '', secret, parameters.get('requestTime') ?? '');
  return parameters.get('sign') === expected;
}

function statesMatter(text: string): boolean {
  try {
    return additional.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
