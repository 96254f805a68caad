import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { findProjectRoot } from '../../../runtime/project-root.js';
import { ANY_TEXT, dirtied, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { townshipCodec } from './township-codec.js';
import { parseTownships, type Townships } from './townships.js';

const file = 'schema/codes/county/townships.yaml';
const TEXT = readFileSync(join(findProjectRoot(), file), 'utf8');
const townships = ((): Townships => {
  const parsed = parseTownships(TEXT, file);
  if (parsed.kind === 'problems') throw new Error(parsed.problems.map(({ en }) => en).join('\n'));
  return parsed.townships;
})();
const codec = townshipCodec(townships, []);

test.each<[string | number, string]>([
  ['330922101', '330922101'],
  [330922101, '330922101'],
  ['330922101000', '330922101'],
  ['330922101203', '330922101'],
  ['３３０９２２１０１', '330922101'],
  ['嵊山镇', '330922101'],
  ['嵊山', '330922101'],
  ['嵊山镇政府', '330922101'],
  ['嵊山镇人民政府', '330922101'],
  [' 嵊泗县嵊山镇\r\n', '330922101'],
  ['浙江省舟山市嵊泗县洋山镇', '330922102'],
  ['嵊泗洋山', '330922102'],
  ['330922200 五龙乡', '330922200'],
  ['嵊泗县菜园镇海滨中路1号', '330922100'],
  ['马关镇', '330922100'],
  ['金平', '330922100'],
  ['绿华乡', '330922100'],
  ['壁下乡', '330922101'],
  ['大洋镇', '330922102'],
  ['小洋', '330922102'],
  ['滩浒乡', '330922102'],
  ['花鸟乡人民政府', '330922203'],
  ['枸杞', '330922202'],
  ['黄龙乡', '330922201'],
])('D18 %j is %s', (cell, code) => {
  expect(codec.decode(cell)).toEqual({ value: code, quality: [] });
});

test.each(['130821106', '130821106 丽水市', '330921100', '330900'])('D18 %s is another county’s', (cell) => {
  expect(codec.decode(cell)).toEqual({ value: null, quality: ['TOWNSHIP_MISMATCH'] });
});

test.each([
  ['330922101 菜园镇', '330922101'],
  ['330922102丽水市', '330922102'],
])('D18 %s contradicts itself: the code counts, marked', (cell, code) => {
  expect(codec.decode(cell)).toEqual({ value: code, quality: ['TOWNSHIP_MISMATCH'] });
});

test.each(['330922', '330922000', '330922999', '嵊泗县', '某镇', '3309221011'])(
  'D18 %s names no township',
  (cell) => {
    expect(codec.decode(cell)).toEqual({ value: null, quality: ['TOWNSHIP_UNRESOLVED'] });
  },
);

test('D4 null words', () => {
  expect(codec.decode('暂无')).toEqual({ value: null, quality: ['NULL_WORD'] });
});

test.each([[[]], [['330922101']]])('pushes keep the law, null words %j', (nulls) => {
  const texts = fc.constantFrom(
    '330922101',
    '330922101000',
    '330922101 嵊山镇',
    '330922101203',
    '330922101菜园镇',
    '3309221019',
    '嵊山',
    '嵊山镇',
    '嵊泗县嵊山镇政府',
    '菜园',
    '菜园镇中心路',
    '嵊泗 洋山',
    '大洋山镇',
    '130821106',
    '嵊泗县',
    '330922',
    '岛上',
  );
  const cells = fc.oneof(JUNK, dirtied(texts), ANY_TEXT);
  const values = fc.constantFrom('330922100', '330922101', '330922102', '330922999', 'x');
  const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
    fc.record({ op: fc.constant('in' as const), values: fc.array(values, { maxLength: 3 }) }),
    fc.constant({ op: 'isNull' } as const),
    fc.constant({ op: 'contains', text: '3309' } as const),
  );
  expectPushLaw({ codec: townshipCodec(townships, nulls), type: 'text', cells, predicates });
});

describe('parseTownships()', () => {
  const problemsOf = (text: string): readonly string[] => {
    const parsed = parseTownships(text, 'townships.yaml');
    return parsed.kind === 'problems'
      ? parsed.problems.map(({ place, en }) => `${place.line}:${place.column} ${en}`)
      : [];
  };
  const head = "county: { code: '330922', name: 嵊泗县, within: [] }\ntownships:\n";
  test('names a code of another county', () => {
    expect(problemsOf(`${head}  - { code: '330921100', name: 某镇 }\n`)).toEqual([
      "3:5 Cannot use 330921100: expected a code of 330922, but found another county's.",
    ]);
  });
  test('names two townships that cannot be told apart', () => {
    expect(
      problemsOf(
        `${head}  - { code: '330922100', name: 洋山镇 }\n  - { code: '330922101', name: 大洋镇, aliases: [洋山港镇] }\n`,
      )[0],
    ).toContain('4:5 Cannot tell "洋山港');
  });
  test('names an unknown key and the nearest', () => {
    expect(problemsOf(`${head}  - { code: '330922100', name: 洋山镇, histroic: [大洋镇] }\n`)).toEqual([
      '3:37 Unknown key "histroic" in townships.0; did you mean "historic"?',
    ]);
  });
});
