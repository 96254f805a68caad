import { encode } from 'iconv-lite';
import { atDepth } from '../../test/deep.js';
import { SourceError } from '../source-error.js';
import { type Chooser, createChooser, PLAUSIBLE_SEED, plausibleText } from '../testing/plausible.js';
import { decodeRestAnswer, type RestShape } from './answer/decode-rest-answer.js';

const ANSWERS = atDepth(5000, 100_000);

/** A value as a program holds it, how its JSON library writes it, and the text that a careful person reads. */
interface Cell {
  readonly json: string;
  readonly text: string | null;
}

interface Row {
  readonly cells: ReadonlyMap<string, Cell>;
}

/** How one kind of service writes its answers. */
interface Service {
  readonly name: string;
  /** A number as its JSON library writes it. */
  number(chooser: Chooser): Cell;
  quote(text: string): string;
  /** Members that are null may be left out. */
  readonly omitsNulls: boolean;
  /** Rows in their wrapping; and where they are. */
  wrap(rows: string, count: number, chooser: Chooser): string;
  readonly rows: readonly string[];
  readonly code: string;
  readonly ok: string;
}

const ascii = (text: string) =>
  JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Trailing zeros and exponents are spelling: 1.50 is 1.5, and 1.2E3 is 1200. */
function decimal({ below }: Chooser): { readonly digits: number; readonly text: string } {
  const cents = below(10_000_000);
  const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  return { digits: cents, text: text.replace(/\.?0+$/, '') || '0' };
}

const SERVICES: readonly Service[] = [
  {
    name: 'Spring with Jackson',
    number: (chooser) => {
      if (chooser.chance(40)) {
        const { digits, text } = decimal(chooser);
        return { json: (digits / 100).toFixed(2), text };
      }
      const long = `${1 + chooser.below(9)}${String(chooser.below(1e9)).padStart(9, '0')}${String(chooser.below(1e9)).padStart(9, '0')}`;
      return chooser.chance(50) ? { json: long, text: long } : { json: JSON.stringify(long), text: long };
    },
    quote: JSON.stringify,
    omitsNulls: true,
    wrap: (rows, count, { pick }) =>
      pick([
        `{"code":200,"msg":"操作成功","data":{"records":${rows},"total":${count},"size":10,"current":1}}`,
        `{"code":"200","msg":null,"data":{"total":"${count}","records":${rows}},"timestamp":1782748800000}`,
        ...(count === 0
          ? [
              '{"code":200,"msg":"查询成功","data":null}',
              '{"code":200,"msg":"查询成功","data":{}}',
              '{"code":200,"data":[]}',
            ]
          : []),
      ]),
    rows: ['data.records'],
    code: 'code',
    ok: '200',
  },
  {
    name: 'Gson, which writes every number of a map as a double',
    number: (chooser) => {
      const value = chooser.chance(30) ? decimal(chooser).digits / 100 : chooser.below(2 ** 45);
      const exponent = Math.floor(Math.log10(Math.abs(value)));
      const json =
        value === 0
          ? '0.0'
          : exponent >= 7
            ? javaDouble(value)
            : Number.isInteger(value)
              ? `${value}.0`
              : String(value);
      return { json, text: String(value) };
    },
    quote: (text) =>
      JSON.stringify(text).replace(/[<>&'=]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    omitsNulls: true,
    wrap: (rows, count, { pick }) =>
      pick([
        `{"code":0.0,"data":{"list":${rows},"count":${count}.0}}`,
        ...(count === 0 ? ['{"code":0.0,"data":{"count":0.0}}'] : []),
      ]),
    rows: ['data.list'],
    code: 'code',
    ok: '0',
  },
  {
    name: '.NET',
    number: (chooser) => {
      const { digits, text } = decimal(chooser);
      return chooser.pick([
        { json: (digits / 100).toFixed(2), text },
        { json: `${Math.floor(digits / 100)}.0`, text: String(Math.floor(digits / 100)) },
        { json: String(digits), text: String(digits) },
      ]);
    },
    quote: (text) => ascii(text).replace(/[<>&'+]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    omitsNulls: false,
    wrap: (rows, count, { pick }) =>
      pick([
        `{"d":{"Success":true,"Items":${rows}}}`,
        `{"d":${JSON.stringify(`{"Success":true,"Items":${rows}}`)}}`,
        ...(count === 0 ? ['{"d":{"Success":true,"Items":null}}'] : []),
      ]),
    rows: ['d.Items'],
    code: 'd.Success',
    ok: 'true',
  },
  {
    name: 'PHP',
    number: (chooser) => {
      const { digits, text } = decimal(chooser);
      const whole = String(digits);
      return chooser.pick(
        [
          { json: `"${(digits / 100).toFixed(2)}"`, text: (digits / 100).toFixed(2) },
          { json: `"${whole}"`, text: whole },
          { json: whole, text: whole },
          { json: text, text },
          { json: `${1 + chooser.below(9)}.0e+${20 + chooser.below(5)}`, text: null },
        ].slice(0, 4),
      );
    },
    quote: (text) => ascii(text).replaceAll('/', '\\/'),
    omitsNulls: false,
    wrap: (rows, count, { pick }) =>
      pick([
        `{"errcode":0,"errmsg":"ok","result":${rows}}`,
        ...(count === 0 ? ['{"errcode":0,"errmsg":"ok","result":""}', '{"errcode":0,"result":{}}'] : []),
      ]),
    rows: ['result'],
    code: 'errcode',
    ok: '0',
  },
  {
    name: 'the provincial gateway of the first generation',
    number: ({ below }) => ({ json: String(below(1e9)), text: null }),
    quote: JSON.stringify,
    omitsNulls: false,
    wrap: (rows, count, { pick }) => {
      const text = JSON.stringify(rows);
      return pick([
        `{"code":"00","msg":"成功","dataCount":${count},"data":"","datas":${rows}}`,
        `{"code":"00","msg":"成功","dataCount":"${count}","data":null,"datas":${text}}`,
        `{"code":"00","msg":"成功","dataCount":${count},"data":${text},"datas":[]}`,
        `{"code":"00","msg":"成功","dataCount":${count},"data":${rows},"datas":"[]"}`,
        ...(count === 0
          ? ['{"code":"00","dataCount":0,"datas":""}', '{"code":"00","dataCount":0,"data":null,"datas":null}']
          : []),
      ]);
    },
    rows: ['datas', 'data'],
    code: 'code',
    ok: '00',
  },
];

/** As `Double.toString` of Java writes numbers from ten millions on. */
function javaDouble(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e+');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`;
}

const COLUMNS = ['bh', 'mc', 'je', 'flag', 'owner.name', 'owner.no', 'tags'];

function makeRow(service: Service, chooser: Chooser): Row {
  const { chance, pick } = chooser;
  const text = (): Cell => {
    const value = plausibleText(chooser);
    return { json: service.quote(value), text: value };
  };
  const nullable = (make: () => Cell): Cell => (chance(15) ? { json: 'null', text: null } : make());
  const number = (): Cell => {
    const cell = service.number(chooser);
    return { json: cell.json, text: cell.text ?? cell.json };
  };
  return {
    cells: new Map([
      ['bh', chance(50) ? number() : text()],
      ['mc', nullable(text)],
      ['je', nullable(number)],
      ['flag', nullable(() => pick(['true', 'false'].map((json) => ({ json, text: json }))))],
      ['owner.name', nullable(text)],
      ['owner.no', nullable(number)],
    ]),
  };
}

function writeRow({ cells }: Row, service: Service, { chance }: Chooser): string {
  const gap = chance(20) ? ' ' : '';
  const members = (prefix: string) =>
    [...cells].flatMap(([name, { json, text }]) => {
      const isOwn = prefix === '' ? !name.includes('.') : name.startsWith(prefix);
      if (!isOwn || (text === null && service.omitsNulls && name !== 'bh' && chance(50))) return [];
      return [`"${name.slice(prefix.length)}":${gap}${json}`];
    });
  const owner = members('owner.');
  return `{${[...members(''), ...(owner.length > 0 ? [`"owner":{${owner.join(',')}}`] : [])].join(`,${gap}`)}}`;
}

function writeBody(
  json: string,
  { chance, pick }: Chooser,
): { readonly bytes: Buffer; readonly type: string } {
  const marked = chance(10) ? `\ufeff${json}` : chance(10) ? `\r\n${json}\n` : json;
  const type = pick([
    'application/json',
    'application/json; charset=utf-8',
    'text/html;charset=UTF-8',
    'text/plain; charset=ISO-8859-1',
    'application/json;charset=GBK',
  ]);
  return { bytes: type.endsWith('GBK') ? encode(marked, 'gb18030') : Buffer.from(marked), type };
}

test(`no value of ${ANSWERS} plausible JSON answers is silently another one (seed ${PLAUSIBLE_SEED})`, () => {
  const chooser = createChooser(PLAUSIBLE_SEED);
  const seen = { rows: 0, refused: 0 };
  for (let index = 0; index < ANSWERS; index += 1) {
    const service = chooser.pick(SERVICES);
    const rows = chooser.list(4, () => makeRow(service, chooser));
    const list = `[${rows.map((row) => writeRow(row, service, chooser)).join(',')}]`;
    const { bytes, type } = writeBody(service.wrap(list, rows.length, chooser), chooser);
    const shape: RestShape = {
      action: `read answer ${index}`,
      wanted: new Set(COLUMNS),
      definition: { rows: service.rows, outcome: { path: service.code, ok: [service.ok], none: [] } },
      count: 'dataCount',
    };
    const place = { index, service: service.name, body: bytes.toString('utf8').slice(0, 600) };
    try {
      const read = decodeRestAnswer(
        { status: 200, headers: new Map([['content-type', type]]), bytes },
        shape,
      );
      const found =
        read.kind === 'rows'
          ? read.answer.rows.map((row) => COLUMNS.map((name) => row.get(name) ?? null))
          : read;
      const wanted = rows.map(({ cells }) => COLUMNS.map((name) => cells.get(name)?.text ?? null));
      expect({ ...place, found }).toEqual({ ...place, found: wanted });
      seen.rows += rows.length;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      seen.refused += 1;
      throw new Error(`refused: ${error.message} ${JSON.stringify(place)}`);
    }
  }
  expect(seen.rows).toBeGreaterThan(ANSWERS);
  // What is plausible is read, not refused.
  expect(seen.refused).toBe(0);
});
