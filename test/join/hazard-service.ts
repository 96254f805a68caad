import iconv from 'iconv-lite';
import { z } from 'zod';
import { type DemoServer, startDemoServer } from '../../demo/servers/demo-server.js';
import { withNumericReferences } from '../../demo/servers/encode-text.js';
import type { LegacyAnswer, LegacyProtocol, LegacyRequest } from '../../demo/servers/legacy-protocol.js';
import { escapeXml, faultAnswer, parseXml } from '../../demo/servers/services/soap/soap-envelope.js';

export const HAZARD_USER = 'zhcx';
export const HAZARD_PASSWORD = 'aqsc-2021';

/** Rows of one firm, by its credit code: cells by column, null for an element that is left out. */
export type HazardRows = ReadonlyMap<string, readonly Readonly<Record<string, string | null>>[]>;

const NAMESPACE = 'http://aqsc.ssx.zj.cn/';
const envelope = z.object({
  Envelope: z.object({ Body: z.object({ cxzdyh: z.object({ arg0: z.string() }) }) }),
});
const request = z.object({
  cx: z.object({ yhm: z.string(), mm: z.string(), tyshxydm: z.string() }),
});

/** The emergency bureau's system (domain §1.1 IF-3): SOAP 1.2 in GBK, the hazards of one firm a call. */
export function startHazardService(rows: HazardRows): Promise<DemoServer> {
  return startDemoServer(new HazardService(rows));
}

class HazardService implements LegacyProtocol {
  readonly failure = faultAnswer('1.2', 'system', '系统繁忙');
  readonly #rows: HazardRows;

  constructor(rows: HazardRows) {
    this.#rows = rows;
  }

  close(): void {}

  answer({ body }: LegacyRequest): LegacyAnswer {
    const { arg0 } = envelope.parse(parseXml(iconv.decode(body, 'gbk'))).Envelope.Body.cxzdyh;
    const { yhm, mm, tyshxydm } = request.parse(parseXml(arg0)).cx;
    if (yhm !== HAZARD_USER || mm !== HAZARD_PASSWORD) return answerWith('1', '用户名或密码错误', []);
    const rows = this.#rows.get(tyshxydm) ?? [];
    return rows.length === 0 ? answerWith('404', '无数据', []) : answerWith('0', '成功', rows);
  }
}

/** The result is an XML document of its own, escaped into the text of `return`. */
function answerWith(
  code: string,
  message: string,
  rows: readonly Readonly<Record<string, string | null>>[],
): LegacyAnswer {
  const list = rows.map((row) => {
    const cells = Object.entries(row).map(([name, cell]) =>
      cell === null ? '' : `<${name}>${escapeXml(cell)}</${name}>`,
    );
    return `<yh>${cells.join('')}</yh>`;
  });
  const document = withNumericReferences(
    `<?xml version="1.0" encoding="GBK"?><jg><dm>${code}</dm><xx>${message}</xx><yhlb>${list.join('')}</yhlb></jg>`,
  );
  const text = `<?xml version="1.0" encoding="GBK"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><r:cxzdyhResponse xmlns:r="${NAMESPACE}"><return>${escapeXml(document)}</return></r:cxzdyhResponse></s:Body></s:Envelope>`;
  return { status: 200, type: 'application/soap+xml', charset: 'gbk', text };
}
