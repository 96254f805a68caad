import { SourceMalformed, SourceTooLarge } from '../../source-error.js';
import type { SoapDefinition } from '../soap-definition.js';
import { HYGIENE_PERMITS } from '../testing/health-service.js';
import { decodeSoapAnswer } from './decode-soap-answer.js';

const { paging: _, outcome: __, ...PLAIN } = HYGIENE_PERMITS;

function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
    `xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

function read(bytes: Buffer | string, rows: string | readonly string[], type = 'text/xml; charset=utf-8') {
  const definition: SoapDefinition = { ...PLAIN, rows: typeof rows === 'string' ? [rows] : rows };
  const shape = {
    definition,
    columns: ['id', 'name', 'day'],
    charset: 'utf-8',
    action: 'read a test',
  } as const;
  const headers = new Map([['content-type', type]]);
  const answer = decodeSoapAnswer({ status: 200, headers, bytes: Buffer.from(bytes) }, shape);
  return answer.rows.map((row) => Object.fromEntries(row));
}

const AXIS = (list: string, refs: string) =>
  envelope(
    `<ns1:queryResponse xmlns:ns1="http://q/" soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><queryReturn xsi:type="soapenc:Array" soapenc:arrayType="ns1:Row[2]">${list}</queryReturn></ns1:queryResponse>${refs}`,
  );

describe('references inside an answer', () => {
  it('stand for the rows that Axis 1 writes behind it', () => {
    const answer = AXIS(
      '<row href="#id0"/><row href="#id1"/>',
      '<multiRef id="id0" soapenc:root="0" xsi:type="ns2:Row"><id>1</id><name>甲</name></multiRef><multiRef id="id1"><id>2</id><name href="#id2"/><day href="#id3"/></multiRef><multiRef id="id2" xsi:type="xsd:string">深处</multiRef><multiRef id="id3" xsi:nil="1"/>',
    );
    expect(read(answer, 'queryResponse.queryReturn.row')).toMatchObject([
      { id: '1', name: '甲' },
      { id: '2', name: '深处', day: null },
    ]);
  });

  it('stand for the first of equal values, as PHP writes them', () => {
    const answer = AXIS('<row><id id="ref1">7</id><name href="#ref1"/><day ref="#ref1"/></row>', '');
    expect(read(answer, 'queryResponse.queryReturn.row')).toMatchObject([{ id: '7', name: '7', day: '7' }]);
  });

  it('tell doubles by their value', () => {
    const answer = AXIS(
      '<row><id xsi:type="xsd:double">1.0389321E7</id><name xsi:type="xsd:string">1.0E7</name></row>',
      '',
    );
    expect(read(answer, 'queryResponse.queryReturn.row')).toEqual([{ id: '10389321', name: '1.0E7' }]);
  });

  it.each([
    ['to nothing', '<row href="#id9"/>', ''],
    [
      'to two elements',
      '<row href="#a"/>',
      '<multiRef id="a"><id>1</id></multiRef><multiRef id="a"><id>2</id></multiRef>',
    ],
    ['to themselves', '<row href="#a"/>', '<multiRef id="a"><id href="#a"/></multiRef>'],
  ])('are refused when they lead %s', (_, list, refs) => {
    expect(() => read(AXIS(list, refs), 'queryResponse.queryReturn.row')).toThrow(SourceMalformed);
  });

  it('cannot unfold a small answer into a large one', () => {
    const refs = Array.from(
      { length: 30 },
      (_, n) => `<m id="i${n}"><a href="#i${n + 1}"/><b href="#i${n + 1}"/></m>`,
    );
    const answer = AXIS('<row href="#i0"/>', `${refs.join('')}<m id="i30"><id>1</id></m>`);
    expect(() => read(answer, 'queryResponse.queryReturn.row')).toThrow(SourceTooLarge);
  });

  it('leave links in the data alone', () => {
    expect(
      read(AXIS('<row href="http://h/1"><id>1</id></row>', ''), 'queryResponse.queryReturn.row'),
    ).toEqual([{ '@href': 'http://h/1', id: '1' }]);
  });
});

describe('an answer of several parts', () => {
  const xml = AXIS('<row><id>1</id><name>嵊泗</name></row>', '');
  const path = 'queryResponse.queryReturn.row';
  const part = (head: string, body: string) => `--b1\r\n${head}\r\n\r\n${body}\r\n`;
  const root =
    'Content-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@cxf>';

  it.each([
    [
      'the first part',
      'multipart/related; type="application/xop+xml"; boundary="b1"',
      `\r\n${part(root, xml)}--b1--`,
    ],
    [
      'the part that start names',
      'multipart/related;boundary=b1;start="<root@cxf>"',
      `${part('Content-Type: image/png\r\nContent-ID: <a@b>', '\u0001\u0002')}${part(root, xml)}--b1--\r\n`,
    ],
    [
      'a part with plain line ends',
      'multipart/related; boundary=b1',
      `--b1\n${root.replaceAll('\r', '')}\n\n${xml}\n--b1--`,
    ],
    [
      'a part in base64',
      'multipart/related; boundary=b1',
      `${part('Content-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: base64', Buffer.from(xml).toString('base64'))}--b1--`,
    ],
  ])('is read by %s', (_, type, body) => {
    expect(read(body, path, type)).toEqual([{ id: '1', name: '嵊泗' }]);
  });

  it('takes in the attachments that cells include', () => {
    const included = AXIS(
      '<row><id>1</id><name><xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a%40b"/></name></row>',
      '',
    );
    const body = `${part(root, included)}${part('Content-Type: text/plain\r\nContent-ID: <a@b>', 'abc')}--b1--`;
    expect(read(body, path, 'multipart/related; boundary=b1')).toEqual([{ id: '1', name: 'YWJj' }]);
    expect(() => read(`${part(root, included)}--b1--`, path, 'multipart/related; boundary=b1')).toThrow(
      'must be a part of the answer',
    );
  });

  it.each([
    ['no boundary', 'multipart/related', part(root, xml)],
    ['no part of that name', 'multipart/related; boundary=b1; start="<x>"', `${part(root, xml)}--b1--`],
    ['no part at all', 'multipart/related; boundary=b1', xml],
  ])('is refused with %s', (_, type, body) => {
    expect(() => read(body, path, type)).toThrow('multipart');
  });
});

describe('a SOAP answer that honestly holds nothing', () => {
  const diffgram = (inner: string) =>
    envelope(
      `<QueryResponse xmlns="http://tempuri.org/"><QueryResult><xs:schema id="NewDataSet" xmlns="" xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="NewDataSet"/></xs:schema><diffgr:diffgram xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1">${inner}</diffgr:diffgram></QueryResult></QueryResponse>`,
    );
  const table = 'QueryResponse.QueryResult.diffgram.NewDataSet.Table';

  it.each([
    ['an empty diffgram', diffgram(''), table],
    ['an empty diffgram that is a path as well', diffgram(''), [table, 'QueryResponse.QueryResult.diffgram']],
    ['an empty DataSet', diffgram('<NewDataSet xmlns=""/>'), table],
    ['a null result', envelope('<r><return xsi:nil="true"/></r>'), 'r.return.rows.row'],
    ['an empty response', envelope('<r/>'), 'r.return.rows.row'],
    ['an empty text', envelope('<r><return></return></r>'), 'r.return.rows.row'],
    ['a count of 0', envelope('<r><return><total>0</total></return></r>'), 'r.return.rows.row'],
  ])('is no row with %s', (_, answer, rows) => {
    expect(read(answer, rows)).toEqual([]);
  });

  it.each([
    ['another table', diffgram('<NewDataSet xmlns=""><Zeile><id>1</id></Zeile></NewDataSet>'), table],
    ['a count of 5', envelope('<r><return><total>5</total></return></r>'), 'r.return.rows.row'],
    ['a text', envelope('<r><return>系统繁忙</return></r>'), 'r.return.rows.row'],
  ])('is not taken for %s', (_, answer, rows) => {
    expect(() => read(answer, rows)).toThrow(SourceMalformed);
  });
});
