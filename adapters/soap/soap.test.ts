import type { SourceAdapter } from '../source-adapter.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import { CONTRACT_ROWS } from '../testing/contract-rows.js';
import type { ContractCell, ContractSource, ContractTable } from '../testing/contract-source.js';
import { openSoapConnection } from './open-soap-connection.js';
import type { SoapDefinition } from './soap-definition.js';
import {
  type SoapCall,
  type SoapHandler,
  sendXml,
  soapAnswer,
  startSoapServer,
  textIn,
} from './testing/soap-server.js';
import { decodeXml } from './xml/decode-xml.js';
import { escapeXml } from './xml/escape-xml.js';
import { NO_XML_CHARACTER } from './xml/xml-characters.js';

const DEFINITION: SoapDefinition = {
  kind: 'soap',
  path: '/contract_rows',
  version: '1.1',
  action: 'urn:query',
  namespace: 'urn:contract',
  operation: 'query',
  body: '<xml>{request}</xml>',
  request: '<?xml version="1.0" encoding="GB18030"?><q label="{label}" page="{page}" size="{size}">{ids}</q>',
  fixed: new Map(),
  ask: [
    { param: 'ids', column: 'id', by: 'keys' },
    { param: 'label', column: 'label', by: 'key' },
  ],
  needs: [],
  probe: new Map(),
  paging: {
    style: 'page',
    param: 'page',
    first: 1,
    sizeParam: 'size',
    size: 120,
    total: 'queryResponse.return.d.total',
  },
  rows: ['queryResponse.return.d.rows.row'],
};

function spell(cell: Exclude<ContractCell, null>): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}

/** Null is sometimes an element that says so, sometimes no element at all. */
function writeRow({ columns }: ContractTable, row: readonly ContractCell[]): string {
  const cells = columns.map(({ name }, index) => {
    const cell = row[index] ?? null;
    if (cell === null) return index % 2 === 0 ? `<${name} xsi:nil="true"/>` : '';
    return `<${name}>${escapeXml(spell(cell))}</${name}>`;
  });
  return `<row>${cells.join('')}</row>`;
}

/** Looks rows up exactly, so that a value that breaks out of its place would find others. */
function answerQuery(table: ContractTable, { operation }: SoapCall): string {
  const [query] = decodeXml(textIn(operation, 'xml'), 'serve a test').children;
  if (query === undefined) throw new Error('the request has no document');
  const [ids, label] = [query.text, textIn(query, '@label')];
  const found = table.rows.filter(
    ([id, , held]) => (ids === '' || ids.split(',').includes(String(id))) && (label === '' || held === label),
  );
  const size = Number(textIn(query, '@size'));
  const start = (Number(textIn(query, '@page')) - 1) * size;
  const rows = found.slice(start, start + size).map((row) => writeRow(table, row));
  const document = `<?xml version="1.0" encoding="GBK"?><d><total>${found.length}</total><rows>${rows.join('')}</rows></d>`;
  return `<m:queryResponse xmlns:m="urn:contract"><return>${escapeXml(document)}</return></m:queryResponse>`;
}

async function createSource(): Promise<ContractSource> {
  let table: ContractTable = { ...CONTRACT_ROWS, rows: [] };
  let slow = 0;
  const answers = new Map<string, string>();
  const answerOnce = (call: SoapCall): string => {
    const query = textIn(call.operation, 'xml');
    const answer = answers.get(query) ?? soapAnswer(answerQuery(table, call));
    answers.set(query, answer);
    return answer;
  };
  const handle: SoapHandler = (call, response) => {
    if (call.path === '/slow_rows') {
      slow += 1;
      response.on('close', () => {
        slow -= 1;
      });
    } else sendXml(response, answerOnce(call));
  };
  const server = await startSoapServer(handle);
  const open = (url: string, name: string, columns: readonly string[]): SourceAdapter => {
    const connection = openSoapConnection({ dialect: 'soap', url, charset: 'gb18030' });
    const definition = { ...DEFINITION, path: `/${name}` };
    const bound = connection.bind?.({ interface: name, columns, key: [], definition });
    if (bound === undefined) throw new Error('the connection cannot be bound');
    return { ...bound, close: () => connection.close() };
  };
  const names = CONTRACT_ROWS.columns.map(({ name }) => name);
  return {
    cells: 'text',
    holds: (cell) => typeof cell !== 'string' || !NO_XML_CHARACTER.test(cell),
    create: async (filled) => {
      table = filled;
    },
    open: () => open(server.url, 'contract_rows', names),
    openDead: () => open('http://127.0.0.1:1', 'contract_rows', names),
    slowObject: 'slow_rows',
    openSlow: () => open(server.url, 'slow_rows', ['n']),
    countSlow: async () => slow,
    stop: () => server.close(),
  };
}

describeAdapterContract('soap', createSource);
