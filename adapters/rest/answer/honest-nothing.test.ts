import { encode } from 'iconv-lite';
import { SourceMalformed } from '../../source-error.js';
import { decodeRestAnswer, type RestShape } from './decode-rest-answer.js';

const shape: RestShape = {
  action: 'read a test',
  wanted: new Set(['id', 'name']),
  definition: { rows: ['data.list'], outcome: { path: 'code', ok: ['200'], none: [], message: 'msg' } },
};

function rowsOf(json: string, change: Partial<RestShape['definition']> = {}, more: Partial<RestShape> = {}) {
  const definition = { ...shape.definition, ...change };
  const answer = { status: 200, headers: new Map(), bytes: Buffer.from(json) };
  const read = decodeRestAnswer(answer, { ...shape, ...more, definition });
  if (read.kind !== 'rows') throw new Error(`refused with ${read.code}`);
  return read.answer.rows.map((row) => Object.fromEntries(row));
}

const TOTAL = { style: 'page', param: 'p', first: 1, size: 2, total: 'data.total' } as const;

describe('an answer that honestly holds nothing', () => {
  it.each([
    'null',
    '[]',
    '""',
    '{}',
    '"null"',
    '" [ ] "',
    '{"list":null}',
    '{"list":[]}',
    '{"list":""}',
    '{"list":{}}',
    '{"list":[null]}',
    '{"total":0}',
    '{"totalCount":"0"}',
  ])('is no row with data: %s', (data) => {
    expect(rowsOf(`{"code":200,"msg":"查询成功","data":${data}}`)).toEqual([]);
    expect(rowsOf(`{"code":200,"msg":"查询成功","data":${data}}`, { paging: TOTAL })).toEqual([]);
  });

  it.each([
    ['a list of another name', '{"rows":[{"id":1}]}'],
    ['rows beside a count', '{"total":57}'],
    ['a text', '"系统繁忙"'],
    ['a list where an object was', '[{"id":1}]'],
  ])('is not taken for %s', (_, data) => {
    expect(() => rowsOf(`{"code":200,"data":${data}}`)).toThrow(SourceMalformed);
  });

  it('must not look like a failure, where the mapping names no codes of success', () => {
    const plain = { ...shape.definition, outcome: undefined };
    const read = (json: string) => {
      const answer = { status: 200, headers: new Map(), bytes: Buffer.from(json) };
      const { outcome: _, ...definition } = plain;
      return decodeRestAnswer(answer, { ...shape, definition });
    };
    for (const sign of [
      '"code":500,"msg":"服务异常"',
      '"success":false',
      '"errcode":"40001","errmsg":"invalid token"',
    ]) {
      for (const data of ['null', '[]', '{"list":[]}']) {
        expect(() => read(`{${sign},"data":${data}}`)).toThrow(/looks? like a failure/);
      }
    }
    for (const sign of [
      '"code":0',
      '"code":200.0',
      '"success":true',
      '"code":404,"msg":"未查询到数据"',
      '"n":1',
    ]) {
      expect(read(`{${sign},"data":null}`)).toMatchObject({ kind: 'rows', answer: { rows: [] } });
    }
  });
});

describe('several paths of rows', () => {
  const both = { rows: ['datas', 'data'] };

  it.each([
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['an empty list in a text', '"[]"'],
    ['null', 'null'],
    ['nothing', '""'],
    ['a list of nothing', '[null]'],
  ])('take the rows of the second beside %s', (_, datas) => {
    expect(rowsOf(`{"code":200,"datas":${datas},"data":[{"id":7}]}`, both)).toEqual([{ id: '7' }]);
    expect(
      rowsOf(
        `{"code":200,"datas":${datas},"data":"[{"id":7}]"}`.replace('"[{"id":7}]"', '"[{\\"id\\":7}]"'),
        both,
      ),
    ).toEqual([{ id: '7' }]);
  });

  it('do not take what holds an empty list for a row', () => {
    expect(rowsOf('{"code":200,"data":{"list":[],"total":0}}', { rows: ['data.list', 'data'] })).toEqual([]);
  });

  it('tell rows that are counted and not there', () => {
    const counted = { count: 'dataCount' };
    expect(rowsOf('{"code":200,"dataCount":0}', both, counted)).toEqual([]);
    expect(() => rowsOf('{"code":200,"dataCount":3,"datas":[],"data":""}', both, counted)).toThrow(
      'counts 3',
    );
  });
});

describe('a number', () => {
  it.each([
    ['1e3', '1000'],
    ['1E+2', '100'],
    ['1.0', '1'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0e9', '0'],
    ['12.50', '12.5'],
    ['1.20E-3', '0.0012'],
    ['1.0389321E7', '10389321'],
    ['3.309222008060012E15', '3309222008060012'],
    ['1.5915744E12', '1591574400000'],
    ['12345678901234567890', '12345678901234567890'],
    // A double of eighteen digits has lost some, and must go on looking like one.
    ['3.30922198001010009E17', '3.30922198001010009E17'],
    ['9007199254740993.0', '9007199254740993.0'],
    ['1e400', '1e400'],
  ])('%s is %s', (written, text) => {
    expect(rowsOf(`{"code":2.0E2,"data":{"list":[{"id":${written}}]}}`)).toEqual([{ id: text }]);
  });
});

describe('bytes', () => {
  const json = '{"code":200,"data":{"list":[{"id":1,"name":"嵊泗"}]}}';
  const read = (bytes: Buffer, type: string, charset?: 'utf-8' | 'gbk') => {
    const answer = { status: 200, headers: new Map([['content-type', type]]), bytes };
    return decodeRestAnswer(answer, { ...shape, ...(charset !== undefined && { charset }) });
  };
  const rows = {
    kind: 'rows',
    answer: {
      rows: [
        new Map([
          ['id', '1'],
          ['name', '嵊泗'],
        ]),
      ],
    },
  };

  it('are in the charset that the connection says, whatever they state', () => {
    expect(() => read(Buffer.from(json), 'text/html;charset=GBK')).toThrow('answerCharset');
    expect(read(Buffer.from(json), 'text/html;charset=GBK', 'utf-8')).toMatchObject(rows);
    expect(() => read(encode(json, 'gbk'), 'application/json;charset=utf-8')).toThrow('answerCharset');
    expect(read(encode(json, 'gbk'), 'application/json;charset=utf-8', 'gbk')).toMatchObject(rows);
    expect(() => read(encode(json, 'gbk'), 'application/json', 'utf-8')).toThrow(SourceMalformed);
  });
});
