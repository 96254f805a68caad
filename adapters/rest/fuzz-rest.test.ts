import { SourceError } from '../source-error.js';
import { createRandom, mutate } from '../testing/mutations.js';
import { decodeAnswer } from './decode-answer.js';
import type { AnswerShape, ReadOutcome } from './read-answer.js';

const ANSWERS = 10_000;
const SEED = 20260630;

const shape: AnswerShape = {
  action: 'read the mutated answer',
  wanted: new Set(['tyshxydm', 'frmc', 'owner.name', 'tags']),
  definition: {
    rows: ['datas', 'data'],
    outcome: { path: 'code', ok: ['00'], none: ['01'], message: 'msg' },
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
const ORIGINAL = Buffer.from(
  JSON.stringify({ code: '00', msg: '成功', dataCount: 2, data: '', datas: JSON.stringify(inner) }),
);
const HEADERS = [
  'application/json',
  'application/json; charset=utf-8',
  'text/html; charset=GBK',
  'application/json; charset=GB18030',
].map((type) => new Map([['content-type', type]]));

function decode(bytes: Buffer, index: number): ReadOutcome | SourceError {
  try {
    return decodeAnswer({ status: 200, headers: HEADERS[index % HEADERS.length] ?? new Map(), bytes }, shape);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw new Error(`Answer ${index} of seed ${SEED} failed otherwise: ${String(error)}`, { cause: error });
  }
}

/** Cells as Node's own parser reads them, for answers that are JSON of UTF-8 both outside and inside. */
function readIndependently(bytes: Buffer): readonly unknown[] | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { datas } = JSON.parse(text);
    const rows: unknown = typeof datas === 'string' ? JSON.parse(datas) : null;
    return Array.isArray(rows) ? rows : null;
  } catch {
    return null;
  }
}

describe('decodeAnswer() under 10,000 mutated answers', () => {
  it('reads the original exactly', () => {
    const outcome = decode(ORIGINAL, 0);
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
    for (let index = 0; index < 500; index += 1) decode(mutate(random, ORIGINAL), index);
    const before = process.memoryUsage().rss;
    for (let index = 0; index < ANSWERS; index += 1) {
      const bytes = mutate(random, ORIGINAL);
      const outcome = decode(bytes, index);
      if (outcome instanceof SourceError) seen.errors += 1;
      else if (outcome.kind === 'refused') seen.refused += 1;
      else {
        seen.rows += 1;
        compare(outcome, readIndependently(bytes), index);
      }
    }
    expect(seen.rows).toBeGreaterThan(100);
    expect(seen.errors).toBeGreaterThan(1000);
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
