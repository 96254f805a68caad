import type { SourceBinding } from '../../source-object.js';
import type { SoapDefinition } from '../soap-definition.js';
import { decodeXml } from '../xml/decode-xml.js';
import { escapeXml } from '../xml/escape-xml.js';
import { type SoapCall, type SoapHandler, sendXml, soapAnswer, textIn } from './soap-server.js';

/** An operation as self-built systems have it: one method, XML in a string both ways, a code of its own, pages. */
export const HYGIENE_PERMITS: SoapDefinition = {
  kind: 'soap',
  path: '/HygieneService',
  version: '1.1',
  action: 'urn:query',
  namespace: 'http://service.health.example/',
  operation: 'query',
  body: '<xml>{request}</xml>',
  request: `<?xml version="1.0" encoding="GBK"?>
    <request><user>{user}</user><pwd>{password}</pwd><table>{table}</table>
    <codes kind="holder">{codes}</codes><page no="{pageNo}" size="{pageSize}"/></request>`,
  fixed: new Map([['table', 'hygiene_permit']]),
  ask: [{ param: 'codes', column: 'chiyourenbm', by: 'keys', most: 20 }],
  needs: [],
  probe: new Map(),
  paging: {
    style: 'page',
    param: 'pageNo',
    first: 1,
    sizeParam: 'pageSize',
    size: 3,
    total: 'queryResponse.queryReturn.response.total',
  },
  rows: ['queryResponse.queryReturn.response.rows.row'],
  outcome: {
    path: 'queryResponse.queryReturn.response.resultcode',
    ok: ['0'],
    none: ['2'],
    message: 'queryResponse.queryReturn.response.message',
  },
};

export const HYGIENE_BINDING: SourceBinding = {
  interface: 'health.hygiene-permit',
  definition: HYGIENE_PERMITS,
  columns: ['chiyourenbm', 'comp_name', 'zjzt', 'fzjg', '@no'],
  key: ['@no'],
};

/** As the source holds them; null: an element that is nil. */
export const PERMITS: readonly Readonly<Record<'no' | 'code' | 'name' | 'state', string | null>>[] = [
  { no: '1', code: '92330922MA2A1B2C3D', name: '嵊泗县㟙山海景民宿', state: '有效' },
  { no: '2', code: '330922198001010017', name: '𣗋记<海鲜>馆 & Co.', state: '1' },
  { no: '3', code: '92330922MA2A1B2C3D', name: ' 嵊泗县海景民宿 ', state: '过期' },
  { no: '4', code: '91330922000000004X', name: '', state: '0' },
  { no: '5', code: '91330922000000005Y', name: null, state: '注销' },
  { no: '6', code: '91330922000000006Z', name: '菜园镇\n卫生院', state: '1' },
  { no: '7', code: '91330922000000007A', name: '锟斤拷', state: '1' },
];

export const serveHygienePermits: SoapHandler = (call, response) => {
  sendXml(response, soapAnswer(answerOf(call)), 'GB18030');
};

function answerOf({ operation }: SoapCall): string {
  const [request] = decodeXml(textIn(operation, 'xml'), 'serve a test').children;
  if (request === undefined) throw new Error('the request has no document');
  const codes = textIn(request, 'codes');
  const size = Number(textIn(request, 'page', '@size'));
  const start = (Number(textIn(request, 'page', '@no')) - 1) * size;
  if (textIn(request, 'pwd') !== 'p<w>d&')
    return wrap('<resultcode>1</resultcode><message>密码 p&lt;w>d&amp; 错误</message>');
  const found = PERMITS.filter(({ code }) => codes === '' || codes.split(',').includes(code ?? ''));
  if (found.length === 0) return wrap('<resultcode>2</resultcode><message>无数据</message>');
  const rows = found
    .slice(start, start + size)
    .map(
      ({ no, code, name, state }) =>
        `<row no="${no}"><chiyourenbm>${code}</chiyourenbm>` +
        (name === null ? '<comp_name xsi:nil="true"/>' : `<comp_name>${escapeXml(name)}</comp_name>`) +
        `<zjzt><![CDATA[${state}]]></zjzt></row>`,
    );
  return wrap(`<resultcode>0</resultcode><total>${found.length}</total><rows>${rows.join('')}</rows>`);
}

/** The document as a text, as Axis writes it. */
function wrap(content: string): string {
  const document = `<?xml version="1.0" encoding="GBK"?><response>${content}</response>`;
  return `<ns1:queryResponse xmlns:ns1="u"><queryReturn>${escapeXml(document)}</queryReturn></ns1:queryResponse>`;
}
