import { encode } from 'iconv-lite';
import { atDepth } from '../../../test/deep.js';
import { SourceError } from '../../source-error.js';
import { type Chooser, createChooser, PLAUSIBLE_SEED, plausibleText } from '../../testing/plausible.js';
import type { SoapDefinition } from '../soap-definition.js';
import { HYGIENE_PERMITS } from '../testing/health-service.js';
import { decodeSoapAnswer } from './decode-soap-answer.js';

const ANSWERS = atDepth(5000, 100_000);
const { paging: _, outcome: __, ...PLAIN } = HYGIENE_PERMITS;
const COLUMNS = ['bh', 'mc', 'je', 'rq'];

/** By column; null where there is no value. */
type Row = ReadonlyMap<string, string | null>;

/** How one kind of service writes its answers. */
interface Service {
  readonly name: string;
  readonly rows: readonly string[];
  /** The content of the envelope's body. */
  write(rows: readonly Row[], chooser: Chooser): string;
}

const XSI =
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

/** A text as element content: escaped, as CDATA, or with references for what is not Latin. */
function content(text: string, { pick, chance }: Chooser): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
  if (chance(15) && !text.includes(']]>') && text !== '') return `<![CDATA[${text}]]>`;
  if (chance(10))
    return escaped.replace(/[\u0080-\uffff]/g, (unit) =>
      /[\ud800-\udfff]/.test(unit)
        ? unit
        : `&#${pick(['', 'x'])}`.endsWith('x')
          ? `&#x${unit.charCodeAt(0).toString(16)};`
          : `&#${unit.charCodeAt(0)};`,
    );
  return escaped;
}

const gap = ({ chance }: Chooser): string => (chance(25) ? '\n    ' : '');

/** Elements of one row. @param absent what stands for a column without a value. */
function members(
  row: Row,
  chooser: Chooser,
  tag: (name: string) => string,
  absent: (tag: string) => string,
): string {
  return [...row]
    .map(([name, text]) => {
      const element = tag(name);
      if (text === null) return absent(element);
      return text === '' && chooser.chance(50)
        ? `<${element}/>`
        : `<${element}>${content(text, chooser)}</${element}>`;
    })
    .filter((written) => written !== '')
    .map((written) => gap(chooser) + written)
    .join('');
}

const nil = (tag: string) => `<${tag} xsi:nil="true"/>`;
const leftOut = () => '';

const SERVICES: readonly Service[] = [
  {
    name: 'Axis 1, RPC and encoded',
    rows: ['queryResponse.queryReturn.queryReturn'],
    write: (rows, chooser) => {
      const refs: string[] = [];
      const refer = (inner: string): string => {
        refs.push(
          `<multiRef id="id${refs.length}" soapenc:root="0" soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"${inner}</multiRef>`,
        );
        return `href="#id${refs.length - 1}"`;
      };
      const items = rows.map((row) => {
        const cells = [...row].map(([name, text]) => {
          if (text === null) return `<${name} xsi:nil="true"/>`;
          if (chooser.chance(20))
            return `<${name} ${refer(` xsi:type="xsd:string">${content(text, chooser)}`)}/>`;
          return `<${name} xsi:type="xsd:string">${content(text, chooser)}</${name}>`;
        });
        return `<queryReturn ${refer(` xsi:type="ns2:Row" xmlns:ns2="urn:row">${cells.join('')}`)}/>`;
      });
      const list =
        items.length === 0 && chooser.chance(50)
          ? '<queryReturn xsi:nil="true"/>'
          : `<queryReturn soapenc:arrayType="ns2:Row[${rows.length}]" xsi:type="soapenc:Array" xmlns:ns2="urn:row" xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/">${items.join('')}</queryReturn>`;
      return `<ns1:queryResponse soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns1="http://q/">${list}</ns1:queryResponse>${refs.join('')}`;
    },
  },
  {
    name: 'Axis 2',
    rows: ['queryResponse.return'],
    write: (rows, chooser) => {
      const items = rows.map(
        (row) =>
          `<ns:return xsi:type="ax21:Row">${members(row, chooser, (name) => `ax21:${name}`, nil)}</ns:return>`,
      );
      const none = chooser.pick(['<ns:return xsi:nil="true"/>', '']);
      return `<ns:queryResponse xmlns:ns="http://q/" xmlns:ax21="http://row/xsd">${items.length === 0 ? none : items.join('')}</ns:queryResponse>`;
    },
  },
  {
    name: 'CXF with JAXB',
    rows: ['queryResponse.return'],
    write: (rows, chooser) => {
      const items = rows.map(
        (row) => `${gap(chooser)}<return>${members(row, chooser, (name) => name, leftOut)}</return>`,
      );
      return items.length === 0
        ? '<ns2:queryResponse xmlns:ns2="http://q/"/>'
        : `<ns2:queryResponse xmlns:ns2="http://q/">${items.join('')}</ns2:queryResponse>`;
    },
  },
  {
    name: '.NET with a list',
    rows: ['QueryResponse.QueryResult.Row'],
    write: (rows, chooser) => {
      const items = rows.map(
        (row) => `<Row>${members(row, chooser, (name) => name, chooser.chance(50) ? nil : leftOut)}</Row>`,
      );
      return `<QueryResponse xmlns="http://tempuri.org/">${items.length === 0 ? '<QueryResult />' : `<QueryResult>${items.join('')}</QueryResult>`}</QueryResponse>`;
    },
  },
  {
    name: '.NET with a DataSet',
    rows: ['QueryResponse.QueryResult.diffgram.NewDataSet.Table'],
    write: (rows, chooser) => {
      const schema =
        '<xs:schema id="NewDataSet" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><xs:element name="NewDataSet" msdata:IsDataSet="true"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="Table"/></xs:choice></xs:complexType></xs:element></xs:schema>';
      const tables = rows.map(
        (row, index) =>
          `${gap(chooser)}<Table diffgr:id="Table${index + 1}" msdata:rowOrder="${index}"${chooser.chance(10) ? ' diffgr:hasChanges="inserted"' : ''}>${members(row, chooser, (name) => name, leftOut)}</Table>`,
      );
      const open =
        '<diffgr:diffgram xmlns:msdata="urn:schemas-microsoft-com:xml-msdata" xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"';
      const none = chooser.pick([`${open} />`, `${open}><NewDataSet xmlns="" /></diffgr:diffgram>`]);
      const diffgram =
        rows.length === 0
          ? none
          : `${open}><NewDataSet xmlns="">${tables.join('')}</NewDataSet></diffgr:diffgram>`;
      return `<QueryResponse xmlns="http://tempuri.org/"><QueryResult>${schema}${diffgram}</QueryResult></QueryResponse>`;
    },
  },
  {
    name: 'PHP',
    rows: ['queryResponse.return.item'],
    write: (rows, chooser) => {
      const known = new Map<string, string>();
      const cell = (name: string, text: string | null): string => {
        if (text === null) return `<${name} xsi:nil="true"/>`;
        const ref = known.get(text);
        if (ref !== undefined && chooser.chance(50)) return `<${name} href="#${ref}"/>`;
        if (known.has(text) || !chooser.chance(30))
          return `<${name} xsi:type="xsd:string">${content(text, chooser)}</${name}>`;
        known.set(text, `ref${known.size + 1}`);
        return `<${name} id="${known.get(text)}" xsi:type="xsd:string">${content(text, chooser)}</${name}>`;
      };
      const items = rows.map(
        (row) =>
          `<item xsi:type="SOAP-ENC:Struct">${[...row].map(([name, text]) => cell(name, text)).join('')}</item>`,
      );
      return `<ns1:queryResponse xmlns:ns1="http://q/" xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"><return SOAP-ENC:arrayType="SOAP-ENC:Struct[${rows.length}]" xsi:type="SOAP-ENC:Array">${items.join('')}</return></ns1:queryResponse>`;
    },
  },
  {
    name: 'an XML document in a text',
    rows: ['queryResponse.return.rows.row'],
    write: (rows, chooser) => {
      const plain = { ...chooser, chance: () => false };
      const items = rows.map((row) => `<row>${members(row, plain, (name) => name, leftOut)}</row>`);
      const head = chooser.pick([
        '',
        '<?xml version="1.0" encoding="utf-8"?>',
        '<?xml version="1.0" encoding="GBK"?>\n',
        '<?xml version="1.0" encoding="utf-16"?>',
      ]);
      const text = rows.length === 0 && chooser.chance(30) ? '' : `${head}<rows>${items.join('')}</rows>`;
      return `<ns:queryResponse xmlns:ns="http://q/"><return>${content(text, chooser)}</return></ns:queryResponse>`;
    },
  },
  {
    name: 'JSON in a text',
    rows: ['queryResponse.return.data'],
    write: (rows, chooser) => {
      const text = JSON.stringify({ code: 0, data: rows.map((row) => Object.fromEntries(row)) });
      return `<queryResponse xmlns="http://q/"><return>${content(text, chooser)}</return></queryResponse>`;
    },
  },
];

function makeRow(chooser: Chooser): Row {
  const { chance, below, pick } = chooser;
  const text = () => plausibleText(chooser);
  return new Map([
    ['bh', `${below(1e6)}-${below(1e6)}`],
    ['mc', chance(15) ? null : text()],
    ['je', chance(15) ? null : pick(['1234.50', '0', '-0.10', '1.0E7', '12'])],
    ['rq', chance(15) ? null : pick(['2026-06-30', '2026-06-30T08:00:00+08:00', '2026-06-30T00:00:00.000Z'])],
  ]);
}

function writeMessage(body: string, chooser: Chooser): { readonly bytes: Buffer; readonly type: string } {
  const { chance, pick } = chooser;
  const charset = pick(['UTF-8', 'UTF-8', 'GBK', 'gb2312']);
  const prefix = pick(['soapenv', 'soap', 'S', 'SOAP-ENV']);
  const head = chance(20) ? `<${prefix}:Header/>` : '';
  const attributes = `xmlns:${prefix}="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ${XSI}`;
  const own = prefix === 'soapenv' ? attributes.replace(/ xmlns:soapenv="[^"]*"/, '') : attributes;
  const envelope = `<${prefix}:Envelope ${own}>${gap(chooser)}${head}<${prefix}:Body>${gap(chooser)}${body}${gap(chooser)}</${prefix}:Body></${prefix}:Envelope>`;
  const declaration =
    chance(70) || charset !== 'UTF-8'
      ? `<?xml version="1.0" encoding="${charset}"?>${chance(50) ? '\r\n' : ''}`
      : '';
  const mark = charset === 'UTF-8' && chance(10) ? '\ufeff' : '';
  const lead = chance(10) ? '\r\n' : '';
  const xml = mark + lead + declaration + envelope + (chance(20) ? '\n' : '');
  const bytes = charset === 'UTF-8' ? Buffer.from(xml) : encode(xml, 'gb18030');
  const type = pick([
    `text/xml; charset=${charset}`,
    `text/xml;charset="${charset}"`,
    ...(declaration === '' ? [] : ['text/xml']),
  ]);
  if (!chance(15)) return { bytes, type };
  const root = `Content-Type: application/xop+xml; charset=${charset}; type="text/xml"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root.message@cxf.apache.org>`;
  const boundary = `uuid:${chooser.below(1e9)}`;
  return {
    bytes: Buffer.concat([
      Buffer.from(`\r\n--${boundary}\r\n${root}\r\n\r\n`),
      bytes,
      Buffer.from(`\r\n--${boundary}--`),
    ]),
    type: `multipart/related; type="application/xop+xml"; boundary="${boundary}"; start="<root.message@cxf.apache.org>"; start-info="text/xml"`,
  };
}

test(`no value of ${ANSWERS} plausible SOAP answers is silently another one (seed ${PLAUSIBLE_SEED})`, () => {
  const chooser = createChooser(PLAUSIBLE_SEED);
  let seen = 0;
  for (let index = 0; index < ANSWERS; index += 1) {
    const service = chooser.pick(SERVICES);
    const rows = chooser.list(4, () => makeRow(chooser));
    const { bytes, type } = writeMessage(service.write(rows, chooser), chooser);
    const definition: SoapDefinition = { ...PLAIN, rows: service.rows };
    const shape = { definition, columns: COLUMNS, charset: 'utf-8', action: `read answer ${index}` } as const;
    const place = { index, service: service.name, body: bytes.toString('utf8').slice(0, 900) };
    try {
      const answer = decodeSoapAnswer(
        { status: 200, headers: new Map([['content-type', type]]), bytes },
        shape,
      );
      const found = answer.rows.map((row) => COLUMNS.map((name) => row.get(name) ?? null));
      // XML has one line end.
      const wanted = rows.map((row) => COLUMNS.map((name) => row.get(name) ?? null));
      expect({ ...place, found }).toEqual({ ...place, found: wanted });
      seen += rows.length;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // What is plausible is read, not refused.
      throw new Error(`refused: ${error.message} ${JSON.stringify(place)}`);
    }
  }
  expect(seen).toBeGreaterThan(ANSWERS);
});
