import { evaluateCondition } from '../../../adapters/evaluate-condition.js';
import { dateCodec, dateTimeCodec } from './date-codec.js';
import { plausibleDays } from './plausible-days.js';

const plausible = plausibleDays(() => '2026-06-30');
const options = { zone: 'Asia/Shanghai', isNumeric: false, nulls: [], plausible };
const days = dateCodec({ ...options, format: 'yyyy-MM-dd' });

test.each([
  ['2062-06-30', false],
  ['2027-07-02', false],
  ['1926-06-30', false],
  ['2027-07-01', true],
  ['2026-07-01', true],
  ['1949-10-01', true],
])('%s is shown, and believed: %s', (cell, believed) => {
  expect(days.decode(cell)).toEqual({ value: cell, quality: believed ? [] : ['DATE_IMPLAUSIBLE'] });
  expect(days.sort?.sortText(cell)).toBe(believed ? cell : null);
  const guard = days.sort?.guard('c') ?? { kind: 'never' };
  expect(evaluateCondition(guard, [{ name: 'c', type: 'text' }])([cell])).toBe(believed);
});

test('a filter still finds what stands in no order', () => {
  const pushed = days.push({ op: 'range', from: '2062-01-01' }, 'c');
  const holds = evaluateCondition(pushed?.condition ?? { kind: 'never' }, [{ name: 'c', type: 'text' }]);
  expect([holds(['2062-06-30']), holds(['2026-06-30'])]).toEqual([true, false]);
});

test('moments and written dates are marked alike', () => {
  const moments = dateTimeCodec({ ...options, format: 'native' });
  expect(moments.decode('2062-06-30 08:00:00').quality).toEqual(['DATE_IMPLAUSIBLE']);
  expect(moments.sort?.sortText('2062-06-30 08:00:00')).toBeNull();
  expect(dateCodec({ ...options, format: 'any' }).decode('2062年6月').quality).toEqual([
    'DATE_TRUNCATED',
    'DATE_IMPLAUSIBLE',
  ]);
});

test('the last day moves with the calendar', () => {
  let today = '2026-06-30';
  const moving = dateCodec({ ...options, format: 'yyyy-MM-dd', plausible: plausibleDays(() => today) });
  expect(moving.decode('2027-07-02').quality).toEqual(['DATE_IMPLAUSIBLE']);
  today = '2026-07-01';
  expect(moving.decode('2027-07-02').quality).toEqual([]);
});
