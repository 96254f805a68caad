import fc from 'fast-check';
import { ANY_TEXT, JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw } from '../testing/push-law.js';
import { maskPersonName } from './person-name.js';
import { personNameCodec } from './person-name-codec.js';

test.each([
  ['张三', '张*'],
  ['张三丰', '张**'],
  ['欧阳修', '欧阳*'],
  ['欧阳娜娜', '欧阳**'],
  ['欧阳', '欧*'],
  ['张*', '张*'],
  ['张', '*'],
  ['𣗋山', '𣗋*'],
  ['阿布都·热合曼', '阿******'],
])('%s is shown as %s', (name, masked) => {
  expect(maskPersonName(name)).toBe(masked);
});

test('D7 no more than the surname of any name is shown', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'张王李赵欧阳司马诸葛三丰'), minLength: 1, maxLength: 5 }),
      (name) => {
        expect(maskPersonName(name)).toMatch(/^.{0,2}\*+$/u);
        expect([...maskPersonName(name)]).toHaveLength([...name].length);
      },
    ),
  );
});

test('several names are masked one by one', () => {
  expect(personNameCodec('、', []).decode('张三、、李四').value).toEqual(['张*', '', '李*']);
  expect(personNameCodec(undefined, []).decode(' 张三 ').value).toBe('张*');
});

test('only presence is asked of the source', () => {
  const codec = personNameCodec(undefined, []);
  expect(codec.push({ op: 'in', values: ['张*'] }, 'c')).toBeNull();
  expectPushLaw({
    codec,
    type: 'text',
    cells: fc.oneof(JUNK, ANY_TEXT),
    predicates: fc.constant({ op: 'isNull' }),
  });
});
