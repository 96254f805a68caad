import { encode } from 'iconv-lite';
import { atDepth } from '../../test/deep.js';
import { SourceError } from '../source-error.js';
import { createRandom, mutate } from '../testing/mutations.js';
import type { ReadOutcome } from '../web/answer/read-answer.js';
import { decodeRestAnswer, type RestShape } from './answer/decode-rest-answer.js';

const ANSWERS = atDepth(5000, 50_000);
const SEED = 20260630;

const shape: RestShape = {
  action: 'read the mutated answer',
  wanted: new Set(['tyshxydm', 'frmc', 'owner.name', 'tags']),
  definition: {
    rows: ['datas', 'data'],
    outcome: { path: 'code', ok: ['00'], none: ['no such row'], message: 'msg' },
    paging: { style: 'page', param: 'page', first: 1, size: 10, total: 'dataCount' },
  },
};
const inner = [
  {
    tyshxydm: '91330922MA28K00156',
    frmc: '嵊泗县枸杞海洋贻贝有限公司',
    zczb: 1234567890.5,
    owner: { name: '张三', ids: [1, 2] },
  },
  { tyshxydm: '92330922MA2A2X1R2F', frmc: '𣗋山小店', zczb: null, owner: null, tags: ['a', { b: true }] },
];
const TEXT = JSON.stringify({
  code: '00',
  msg: '成功',
  dataCount: 2,
  data: '',
  datas: JSON.stringify(inner),
});

interface Original {
  readonly headers: ReadonlyMap<string, string>;
  readonly charset: 'utf-8' | 'gb18030';
  readonly bytes: Buffer;
}

const original = (type: string, charset: Original['charset']): Original => ({
  headers: new Map([['content-type', type]]),
  charset,
  bytes: encode(TEXT, charset),
});
const ORIGINALS: readonly Original[] = [
  original('application/json', 'utf-8'),
  original('application/json; charset=utf-8', 'utf-8'),
  original('text/html; charset=GBK', 'gb18030'),
  original('application/json;charset=GB18030', 'gb18030'),
];
const originalAt = (index: number): Original => {
  const found = ORIGINALS[index % ORIGINALS.length];
  if (found === undefined) throw new Error('There is no original');
  return found;
};

function decode(bytes: Buffer, index: number): ReadOutcome | SourceError {
  try {
    return decodeRestAnswer({ status: 200, headers: originalAt(index).headers, bytes }, shape);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw new Error(`Answer ${index} of seed ${SEED} failed otherwise: ${String(error)}`, { cause: error });
  }
}

/** Cells as Node's own parser reads them, for answers that are JSON both outside and inside. */
function readIndependently(bytes: Buffer, charset: string): readonly unknown[] | null {
  try {
    const text = new TextDecoder(charset, { fatal: true }).decode(bytes);
    const { datas } = JSON.parse(text);
    const rows: unknown = typeof datas === 'string' ? JSON.parse(datas) : null;
    // Nothing in place of a row is no row.
    return Array.isArray(rows) ? rows.filter((row) => row !== null && row !== '') : null;
  } catch {
    return null;
  }
}

describe(`decodeRestAnswer() under ${ANSWERS} mutated answers`, () => {
  it.each([0, 1, 2, 3])('reads original %i exactly', (index) => {
    const outcome = decode(originalAt(index).bytes, index);
    if (outcome instanceof SourceError || outcome.kind !== 'rows') throw outcome;
    expect(outcome.answer.total).toBe(2);
    expect(outcome.answer.rows.map((row) => Object.fromEntries(row))).toEqual([
      {
        tyshxydm: '91330922MA28K00156',
        frmc: '嵊泗县枸杞海洋贻贝有限公司',
        zczb: '1234567890.5',
        'owner.name': '张三',
        'owner.ids': '[1,2]',
      },
      { tyshxydm: '92330922MA2A2X1R2F', frmc: '𣗋山小店', zczb: null, owner: null, tags: '["a",{"b":true}]' },
    ]);
  });

  it('gives a typed error or the exact value, and keeps no memory', () => {
    const random = createRandom(SEED);
    const seen = { rows: 0, errors: 0, refused: 0 };
    for (let index = 0; index < 2000; index += 1) decode(mutate(random, originalAt(index).bytes), index);
    const before = process.memoryUsage().rss;
    for (let index = 0; index < ANSWERS; index += 1) {
      const bytes = mutate(random, originalAt(index).bytes);
      const outcome = decode(bytes, index);
      if (outcome instanceof SourceError) seen.errors += 1;
      else if (outcome.kind === 'refused') seen.refused += 1;
      else {
        seen.rows += 1;
        compare(outcome, readIndependently(bytes, originalAt(index).charset), index);
      }
    }
    expect(seen.rows).toBeGreaterThan(ANSWERS / 20);
    expect(seen.errors).toBeGreaterThan(ANSWERS / 10);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

/** Every plain member that Node reads must be the cell of the same name. */
function compare(
  outcome: Extract<ReadOutcome, { kind: 'rows' }>,
  rows: readonly unknown[] | null,
  index: number,
) {
  if (rows === null) return;
  const { answer } = outcome;
  expect({ index, count: answer.rows.length }).toEqual({ index, count: rows.length });
  for (const [place, row] of rows.entries()) {
    const members = typeof row === 'string' ? JSON.parse(row) : row;
    for (const [name, member] of Object.entries(members ?? {})) {
      const cell = answer.rows[place]?.get(name);
      if (typeof member === 'number')
        expect({ index, name, cell: Number(cell) }).toEqual({ index, name, cell: member });
      if (typeof member !== 'string' && member !== null && typeof member !== 'boolean') continue;
      expect({ index, name, cell }).toEqual({ index, name, cell: member === null ? null : String(member) });
    }
  }
}
