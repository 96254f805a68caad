import fc from 'fast-check';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { codeCodec, codesCodec } from './code-codec.js';
import { parseCodeList } from './parse-code-list.js';

const parsed = parseCodeList(
  `list: t/l
title: x
enum: Result
codes:
  - { code: '1', label: 未发现问题, value: NONE }
  - { code: '2', label: 发现问题, value: ISSUE }
  - { code: A, label: 不配合, value: OBSTRUCTED }
  - { code: '10', label: 已改正, value: RECTIFIED }
`,
  't/l.yaml',
  't/l',
  new Map([['Result', ['OBSTRUCTED', 'ISSUE', 'RECTIFIED', 'NONE', 'UNKNOWN']]]),
);
if (parsed.kind === 'problems') throw new Error('Cannot read the list');
const { list } = parsed;

/** One character, several, and those that mean something in a pattern or in a bracket of one. */
const SEPARATORS = [
  ...[',', '，', ';', '；', '|', '/', '、', ' ', '.', '*', '+', '-', '^', ']', '\\', '$', '𣗋'],
  ...['||', ', ', '--', '.*', '[,]', 'A', '0', ',;'],
];

const predicates = fc.oneof(
  fc.constant<CellPredicate>({ op: 'isNull' }),
  fc
    .subarray(['OBSTRUCTED', 'ISSUE', 'RECTIFIED', 'NONE', 'UNKNOWN'])
    .map((values): CellPredicate => ({ op: 'in', values })),
);

describe.each(SEPARATORS)('codes that %j stands between', (many) => {
  const options = { list, many, dated: false, nulls: [] };
  const piece = fc.constantFrom('1', '2', 'A', ' a', '10', '０', 'Z', '', '无', ' ');
  /** The separator itself, parts of it, and separators of others. */
  const between = fc.constantFrom(many, many, many, ...many, ...new Set(SEPARATORS.join('')));
  const cells = fc
    .array(fc.tuple(piece, between), { maxLength: 3 })
    .chain((parts) => piece.map((last) => `${parts.map(([code, gap]) => code + gap).join('')}${last}`));

  it('are found by a source as they are read', () => {
    for (const codec of [codeCodec(options), codesCodec(options)]) {
      expectPushLaw({ codec, type: 'text', cells, predicates });
    }
  });
});

it('a separator of several characters is not a set of separators', () => {
  const codec = codeCodec({ list, many: '||', dated: false, nulls: [] });
  expect(['1||2', '1|2', '1||', '1|'].map((cell) => codec.decode(cell).value)).toEqual([
    'ISSUE',
    'UNKNOWN',
    'NONE',
    'UNKNOWN',
  ]);
});
