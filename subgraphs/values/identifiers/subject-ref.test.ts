import fc from 'fast-check';
import type { Scheme, SubjectKey } from '../../kinds/subject-key.js';
import { dirtied, JUNK } from '../testing/dirty-cells.js';
import { hashPerson, openSealed, sealSpelling } from './person-key.js';
import {
  cellsForKeys,
  heldSpelling,
  identifiersForKeys,
  openSpelling,
  readSubjectRef,
} from './subject-ref.js';

const options = { personKey: 'county-secret' };
const read = (scheme: Scheme, cell: string | number | null) => readSubjectRef(scheme, cell, options);

test('persons are keyed hashes of the normalised number, never the number', () => {
  const { refs } = read('person', '330922198001010009');
  expect(refs).toEqual([{ scheme: 'person', value: hashPerson('330922198001010009', 'county-secret') }]);
  expect(refs[0]?.value).toMatch(/^[0-9a-f]{64}$/);
  expect(read('person', '330922198001010009').refs).not.toEqual(
    readSubjectRef('person', '330922198001010009', { personKey: 'other' }).refs,
  );
});

test('HMAC-SM3 of a known message', () => {
  // OpenSSL: printf 330922198001010009 | openssl dgst -sm3 -hmac key
  const digest = 'de0b4cce416d56ddd4898a92af36506366848c48fd76b9bae6ccb65afe9c16f9';
  expect(hashPerson('330922198001010009', 'key')).toBe(digest);
  expect(hashPerson('330922198001010009', new TextEncoder().encode('key'))).toBe(digest);
});

test('D6 15 and 18 digits are the same person', () => {
  expect(read('person', '330922650101000').refs).toEqual(read('person', '330922196501010006').refs);
});

test('D1 an old registration number in the column of codes is a registration number', () => {
  expect(read('uscc', '330922000000012').refs).toEqual([{ scheme: 'regno', value: '330922000000012' }]);
  expect(read('uscc', 330922000000012).refs).toEqual([{ scheme: 'regno', value: '330922000000012' }]);
});

test('a citizen’s number in the column of codes is a person', () => {
  expect(read('uscc', '330922198001010009').refs).toEqual(read('person', '330922198001010009').refs);
});

test('a code in the column of registration numbers is a code, the two vessel columns lend to each other', () => {
  expect(read('regno', '91330922ma28k00156').refs).toEqual([{ scheme: 'uscc', value: '91330922MA28K00156' }]);
  expect(read('vessel', '浙嵊渔90007号').refs).toEqual([{ scheme: 'vesselname', value: '浙嵊渔90007' }]);
});

test('D7 masked numbers give no ref', () => {
  expect(read('person', '330922********0009')).toEqual({ refs: [], quality: ['ID_MASKED'] });
  expect(read('uscc', '330922************')).toEqual({ refs: [], quality: ['ID_MASKED'] });
});

test('D4 null words give no ref', () => {
  expect(read('uscc', ' 无 ')).toEqual({ refs: [], quality: ['NULL_WORD'] });
  expect(read('uscc', null)).toEqual({ refs: [], quality: [] });
});

test('D24 a name is never a person', () => {
  expect(read('person', '张三').refs).toEqual([]);
});

test('a spelling is recorded where it differs, sealed where it holds a personal number', () => {
  expect(heldSpelling('uscc', '91330922MA28K00156', options)).toBeNull();
  expect(heldSpelling('uscc', ' 91330922ma28k00156', options)).toBe(' 91330922ma28k00156');
  expect(heldSpelling('uscc', '330922000000012', options)).toBeNull();
  for (const scheme of ['person', 'uscc'] as const) {
    const sealed = heldSpelling(scheme, '330922198001010009', options);
    expect(sealed).toMatch(/^sealed\./);
    expect(sealed).not.toContain('3309');
    expect(openSpelling(sealed ?? '', options)).toBe('330922198001010009');
  }
});

test('sealing is repeatable, and opens under its own key alone', () => {
  const sealed = sealSpelling('330922198001010009', 'a');
  expect(sealSpelling('330922198001010009', 'a')).toBe(sealed);
  expect(sealSpelling('330922198001010009', new TextEncoder().encode('b'))).not.toBe(sealed);
  expect(openSealed(sealed, 'b')).toBeNull();
  expect(openSealed(`${sealed.slice(0, -2)}AA`, 'a')).toBeNull();
  expect(openSealed('sealed.', 'a')).toBeNull();
  expect(
    cellsForKeys('person', [{ scheme: 'person', value: sealed, held: true }], { personKey: 'b' }),
  ).toEqual([]);
});

const identifiers = fc.constantFrom(
  '91330922MA28K00156',
  '91330922MA28KOO156',
  '统一社会信用代码：91330922MA28K00156（1/1）',
  '330922000000012',
  '330922600000128',
  '3309220000012345',
  '330922198001010009',
  '330922650101000',
  '3309222008060012',
  '浙嵊渔90007',
  '浙嵊鱼90007',
  'ZHE SHENG YU 90007',
  '浙嵊泗渔冷90088号',
  '浙L12345',
  '浙L·D1234 5',
  '330922********0009',
  '张三',
);

test('every cell that names a subject is found by that subject’s keys', () => {
  const schemes = fc.constantFrom<Scheme>(
    'uscc',
    'regno',
    'pripid',
    'vessel',
    'vesselname',
    'plate',
    'person',
  );
  fc.assert(
    fc.property(schemes, fc.oneof(JUNK, dirtied(identifiers)), (scheme, cell) => {
      const [ref] = readSubjectRef(scheme, cell, options).refs;
      if (ref === undefined || cell === null) return;
      const held = heldSpelling(scheme, cell, options);
      const keys: SubjectKey[] = [
        { ...ref, held: false },
        ...(held === null ? [] : [{ scheme, value: held, held: true }]),
      ];
      expect(cellsForKeys(scheme, keys, options)).toContain(cell);
    }),
    { numRuns: 3000 },
  );
});

test('spellings of one column are not looked for in another', () => {
  const keys: SubjectKey[] = [
    { scheme: 'uscc', value: '91330922MA28K00156', held: false },
    { scheme: 'uscc', value: '91330922ma28k00156', held: true },
    { scheme: 'regno', value: '330922000000012', held: false },
    { scheme: 'person', value: 'ab'.repeat(32), held: false },
  ];
  expect(cellsForKeys('uscc', keys, options)).toEqual([
    '91330922MA28K00156',
    '91330922ma28k00156',
    '330922000000012',
  ]);
  expect(cellsForKeys('regno', keys, options)).toEqual(['91330922MA28K00156', '330922000000012']);
  expect(cellsForKeys('pripid', keys, options)).toEqual([]);
  expect(cellsForKeys('person', keys, options)).toEqual([]);
});

test('a source of single look-ups is asked for well-formed identifiers alone', () => {
  const idNo = '330922196501010006';
  const sealed = (cell: string): SubjectKey => ({
    scheme: 'person',
    value: heldSpelling('person', cell, options) ?? '',
    held: true,
  });
  const keys: SubjectKey[] = [
    { scheme: 'uscc', value: '91330922MA28K00156', held: false },
    { scheme: 'uscc', value: '91330922ma28k00156', held: true },
    { scheme: 'regno', value: '330922000000012', held: false },
    sealed(idNo),
    sealed('330922650101000'),
  ];
  expect(identifiersForKeys('uscc', keys, options)).toEqual(['91330922MA28K00156']);
  expect(identifiersForKeys('person', keys, options)).toEqual([idNo]);
  expect(identifiersForKeys('vessel', keys, options)).toEqual([]);
});

test.each<[Scheme, string | number]>([
  ['person', '3.30922E+17'],
  ['person', '3.30922198001010009E17'],
  ['person', '330922198001011000'],
  ['person', Number('330922198001010009')],
  ['person', '="3.30922E+17"'],
  ['vessel', '3.30922E+15'],
  ['vessel', '3.309222008060012E15'],
  ['uscc', '9.13309E+17'],
  ['regno', '3.30922E+14'],
  ['person', '3E+17'],
  ['vesselname', '3.30922E+17'],
  ['pripid', '3.30922E+15'],
  ['plate', '3.30922E+15'],
])('a %s of the number %s has lost its last digits, and names nobody', (scheme, cell) => {
  expect(readSubjectRef(scheme, cell, { personKey: 'key' })).toEqual({ refs: [], quality: ['ID_IMPRECISE'] });
});

test('a stray name in a column of codes must be a fishing vessel’s', () => {
  const refs = (cell: string) => readSubjectRef('vessel', cell, { personKey: 'key' }).refs;
  expect(refs('浙嵊渔90007')).toEqual([{ scheme: 'vesselname', value: '浙嵊渔90007' }]);
  expect(refs('未办理12')).toEqual([]);
});
