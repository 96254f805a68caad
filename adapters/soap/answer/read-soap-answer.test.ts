import { SourceMalformed, SourceRejected } from '../../source-error.js';
import type { SoapDefinition } from '../soap-definition.js';
import { HYGIENE_PERMITS } from '../testing/health-service.js';
import { soapAnswer } from '../testing/soap-server.js';
import { escapeXml } from '../xml/escape-xml.js';
import { decodeSoapAnswer } from './decode-soap-answer.js';

const { paging: _, outcome: __, ...PLAIN } = HYGIENE_PERMITS;

/** Reads `<r>…</r>` as the operation's answer. */
function read(content: string, change: Partial<SoapDefinition> = {}, columns: readonly string[] = ['id']) {
  const definition: SoapDefinition = { ...PLAIN, rows: ['r.list.row'], ...change };
  const bytes = Buffer.from(soapAnswer(`<r>${content}</r>`));
  const shape = { definition, columns, charset: 'utf-8', action: 'read a test' } as const;
  const { rows, ...rest } = decodeSoapAnswer({ status: 200, headers: new Map(), bytes }, shape);
  return { rows: rows.map((row) => Object.fromEntries(row)), ...rest };
}

const rowsOf = (...parameters: Parameters<typeof read>) => read(...parameters).rows;

describe('decodeSoapAnswer()', () => {
  test('takes one row, many and none of a list that is there', () => {
    expect(rowsOf('<list><row><id>1</id></row></list>')).toEqual([{ id: '1' }]);
    expect(rowsOf('<list><row><id>1</id></row><row><id>2</id></row></list>')).toEqual([
      { id: '1' },
      { id: '2' },
    ]);
    expect(rowsOf('<list/>')).toEqual([]);
    expect(rowsOf('<list> </list>')).toEqual([]);
    expect(rowsOf('<list><row xsi:nil="true"/></list>')).toEqual([]);
  });

  test('takes the first path that is there', () => {
    const rows = ['r.other', 'r.row'];
    expect(rowsOf('<row><id>1</id></row>', { rows })).toEqual([{ id: '1' }]);
  });

  test('refuses an answer without the list, or with other records in it', () => {
    const outcome = { path: 'r.code', ok: ['0'], none: [] };
    expect(() => read('<id>1</id>')).toThrow(SourceMalformed);
    expect(() => read('<list><zeile><id>1</id></zeile></list>')).toThrow(SourceMalformed);
    expect(() => read('<code>0</code><list><zeile><id>1</id></zeile></list>', { outcome })).toThrow(
      SourceMalformed,
    );
    expect(rowsOf('<code>0</code>', { outcome })).toEqual([]);
  });

  test('reads elements, nested ones and attributes as columns; absent is absent, nil is null, empty is text', () => {
    const row = '<row no="1"><id/><owner kind="p"><name> 王 </name></owner><gone xsi:nil="1"/></row>';
    expect(rowsOf(`<list>${row}</list>`, {}, ['id', 'owner.name', 'absent'])).toEqual([
      { '@no': '1', id: '', 'owner.@kind': 'p', 'owner.name': ' 王 ', gone: null },
    ]);
  });

  test('names like those that objects inherit are columns like others', () => {
    const [row] = rowsOf(
      '<list><row><__proto__>1</__proto__><constructor>2</constructor></row></list>',
      {},
      [],
    );
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(rowsOf('<list><row><id>1</id></row></list>', {}, ['constructor', '__proto__'])).toEqual([
      { id: '1' },
    ]);
  });

  test('refuses a column that is several or holds elements, if it is read', () => {
    for (const id of ['<id>1</id><id>2</id>', '<id><part>1</part></id>', '<id>1<b>2</b></id>']) {
      expect(() => read(`<list><row>${id}</row></list>`)).toThrow(SourceMalformed);
      expect(rowsOf(`<list><row>${id}<n>1</n></row></list>`, {}, ['n'])[0]).not.toHaveProperty('id');
    }
  });

  test('goes on inside XML and JSON that a text is, at every step', () => {
    const xml = `<?xml version="1.0" encoding="GBK"?><d><code>0</code><list><row><id>1</id></row></list></d>`;
    const inXml = {
      rows: ['r.return.d.list.row'],
      outcome: { path: 'r.return.d.code', ok: ['0'], none: [] },
    };
    expect(rowsOf(`<return>${escapeXml(xml)}</return>`, inXml)).toEqual([{ id: '1' }]);
    expect(rowsOf(`<return><![CDATA[${xml}]]></return>`, inXml)).toEqual([{ id: '1' }]);
    const twice = `<x>${escapeXml(xml)}</x>`;
    expect(rowsOf(`<return>${escapeXml(twice)}</return>`, { rows: ['r.return.x.d.list.row'] })).toEqual([
      { id: '1' },
    ]);
    const json = JSON.stringify({
      list: [
        { id: 1.5, at: { x: true } },
        { id: null, e: '{"k":"v"}' },
      ],
    });
    const rows = ['r.return.list'];
    expect(rowsOf(`<return>${escapeXml(json)}</return>`, { rows }, ['e.k'])).toEqual([
      { id: '1.5', 'at.x': 'true' },
      { id: null, e: '{"k":"v"}', 'e.k': 'v' },
    ]);
    expect(rowsOf('<return>[{"id":12345678901234567890}]</return>', { rows: ['r.return'] })).toEqual([
      { id: '12345678901234567890' },
    ]);
    expect(rowsOf('<return>{"list":[]}</return>', { rows })).toEqual([]);
    expect(rowsOf('<return>{"list":null}</return>', { rows })).toEqual([]);
  });

  test.each([
    ['XML', '&lt;d>&lt;list>'],
    ['XML with a DOCTYPE', '&lt;!DOCTYPE d>&lt;d>&lt;list>&lt;row/>&lt;/list>&lt;/d>'],
    ['JSON', '{"d":{"list":'],
    ['JSON with a property twice', '{"d":{"list":{"row":1,"row":2}}}'],
    ['JSON that is too deep', `{"d":${'['.repeat(50_000)}`],
  ])('refuses a text that begins as %s and is none', (_name, text) => {
    expect(() => read(`<return>${text}</return>`, { rows: ['r.return.d.list.row'] })).toThrow(
      SourceMalformed,
    );
  });

  test('tells success, none and failure by the code', () => {
    const outcome = { path: 'r.code', ok: ['0', '00'], none: ['2'], message: 'r.text' };
    expect(rowsOf('<code> 00 </code><list/>', { outcome })).toEqual([]);
    expect(rowsOf('<code>2</code>', { outcome })).toEqual([]);
    expect(() => read('<code>9</code><text>坏了</text>', { outcome })).toThrow(SourceRejected);
    expect(() => read('<code>9</code><text>坏了</text>', { outcome })).toThrow(/"9".*坏了/);
    expect(() => read('<code/><list/>', { outcome })).toThrow(SourceRejected);
    expect(() => read('<list/>', { outcome })).toThrow(SourceMalformed);
    expect(() => read('<code>0</code><code>9</code><list/>', { outcome })).toThrow(SourceMalformed);
  });

  test('reads the total and the next cursor', () => {
    const page = { style: 'page', param: 'p', first: 1, size: 9, total: 'r.total' } as const;
    const row = '<list><row><id>1</id></row></list>';
    expect(read(`<total> 12 </total>${row}`, { paging: page }).total).toBe(12);
    expect(read('<total>0</total>', { paging: page })).toEqual({ rows: [], total: 0, next: null });
    expect(() => read(row, { paging: page })).toThrow(SourceMalformed);
    expect(() => read(`<total>many</total>${row}`, { paging: page })).toThrow(SourceMalformed);
    const cursor = { style: 'cursor', param: 'c', next: 'r.next', size: 9 } as const;
    expect(read(`<next>k1</next>${row}`, { paging: cursor }).next).toBe('k1');
    expect(read(row, { paging: cursor }).next).toBeNull();
  });
});
