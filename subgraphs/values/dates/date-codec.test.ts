import fc from 'fast-check';
import { evaluateCondition } from '../../../adapters/evaluate-condition.js';
import type { SourceValue } from '../../../adapters/source-value.js';

import { JUNK } from '../testing/dirty-cells.js';
import { expectPushLaw, expectSortLaw } from '../testing/push-law.js';
import type { CellPredicate } from '../value-codec.js';
import { dayOfEpoch, epochDay } from './calendar.js';
import { dateCodec, dateTimeCodec } from './date-codec.js';
import { type DateFormat, TEXT_FORMATS, type TextFormat } from './date-format.js';

const options = (format: DateFormat, zone = 'Asia/Shanghai', isNumeric = false) => ({
  format,
  zone,
  isNumeric,
  nulls: [],
});
const any = dateCodec(options('any'));
const anyTime = dateTimeCodec(options('any'));

test.each([
  '20200618',
  '2020-6-18',
  '2020-06-18',
  '2020/6/18',
  '2020.06.18',
  '2020年6月18日',
  '2020年06月18号',
  '二〇二〇年六月十八日',
  '二○二○年六月十八日',
  '二零二零年六月十八日',
  '２０２０－０６－１８',
  ' 2020-06-18\r\n',
  '2020-06-18 08:30:00',
  '2020/6/18 8:30',
  '20200618083000',
  '202006180830',
  '2020-06-18T08:30:00',
  '2020-06-18T00:30:00Z',
  '2020-06-17T20:00:00-08:00',
  '44000',
  '44000.5',
  '1592438400000',
  1592438400000,
  44000,
  20200618,
  '2020-06-18 00:00:00.0',
  '2020年6月18日 8时30分',
])('D8 %p is the 18th of June 2020', (cell) => {
  expect(any.decode(cell)).toEqual({ value: '2020-06-18', quality: [] });
});

test.each(['2021-3-', '2021-03', '2021年3月', '202103', '2021/3', '二〇二一年三月'])(
  'D8 %p is cut to the month',
  (cell) => {
    expect(any.decode(cell)).toEqual({ value: '2021-03-01', quality: ['DATE_TRUNCATED'] });
  },
);

test.each([
  '0000-00-00',
  '0000-00-00 00:00:00',
  '00000000',
  '1900-1-1',
  '1900-1-1 0:00:00',
  '19000101',
  '9999-9-9',
  '9999-12-31',
  '99991231',
  '2099-12-31',
  '2099-12-31 23:59:59',
  '长期',
  '长期有效',
  '无处罚期限',
  '无固定期限',
  '永久',
  null,
])('D8 %p says that there is none', (cell) => {
  expect(any.decode(cell)).toEqual({ value: null, quality: [] });
});

test.each([
  '2020-02-30',
  '2021-02-29',
  '2020-13-01',
  'yesterday',
  '2020',
  '18/06/2020',
  '2020-6-18 25:00',
  '1850-01-01',
  '123',
  '二〇二〇年十三月一日',
])('D8 %p is unreadable', (cell) => {
  expect(any.decode(cell)).toEqual({ value: null, quality: ['DATE_UNREADABLE'] });
});

test('D4 a null word in a column of dates is marked as such', () => {
  expect(any.decode('暂无').quality).toEqual(['NULL_WORD']);
  expect(dateCodec(options('yyyyMMdd')).decode('\\N').quality).toEqual(['NULL_WORD']);
});

test('Chinese days: 十, 二十, 廿三, 三十一, 元月', () => {
  expect(
    ['二〇二一年十月十日', '二〇二一年十二月二十日', '二〇二一年一月廿三日', '二〇二一年元月三十一日'].map(
      (cell) => any.decode(cell).value,
    ),
  ).toEqual(['2021-10-10', '2021-12-20', '2021-01-23', '2021-01-31']);
});

test('D9 times stored in UTC without a zone move to +08:00, days with them', () => {
  expect(dateTimeCodec(options('yyyy-MM-dd HH:mm:ss', 'UTC')).decode('2026-06-29 20:00:00').value).toBe(
    '2026-06-30T04:00:00+08:00',
  );
  expect(dateCodec(options('yyyy-MM-dd HH:mm:ss', 'UTC')).decode('2026-06-29 20:00:00').value).toBe(
    '2026-06-30',
  );
  expect(dateTimeCodec(options('any', 'UTC')).decode('2026/6/29 20:00').value).toBe(
    '2026-06-30T04:00:00+08:00',
  );
  expect(dateTimeCodec(options('native', 'America/New_York')).decode('2026-06-29 20:00:00').value).toBe(
    '2026-06-30T08:00:00+08:00',
  );
  expect(dateTimeCodec(options('native', 'America/New_York')).decode('2026-01-29 20:00:00').value).toBe(
    '2026-01-30T09:00:00+08:00',
  );
});

test('moments have seconds and the offset of China', () => {
  expect(anyTime.decode('2026-6-30 8:00').value).toBe('2026-06-30T08:00:00+08:00');
  expect(anyTime.decode('2026-06-30').value).toBe('2026-06-30T00:00:00+08:00');
  expect(anyTime.decode('2026-06-30T00:00:00Z').value).toBe('2026-06-30T08:00:00+08:00');
  expect(dateTimeCodec(options('epochMillis')).decode('1592438400999').value).toBe(
    '2020-06-18T08:00:00+08:00',
  );
});

test('a fixed format reads its own shape and no other', () => {
  const codec = dateCodec(options('yyyyMMdd'));
  expect(codec.decode('20260630').value).toBe('2026-06-30');
  for (const cell of ['2026-06-30', ' 20260630', '2026063', '202606300', '20260631']) {
    expect(codec.decode(cell)).toEqual({ value: null, quality: ['DATE_UNREADABLE'] });
  }
});

test('an unknown zone is refused', () => {
  expect(() => dateCodec(options('native', 'Asia/Shengsi'))).toThrow(
    'the zone must be an IANA name such as UTC, but is "Asia/Shengsi"',
  );
});

test('the guard of a text date holds for every day from 1900 to 2099, the two ends apart, and for no other text', () => {
  const { sort } = dateCodec(options('yyyyMMdd'));
  const guard = evaluateCondition(sort?.guard('c') ?? { kind: 'never' }, [{ name: 'c', type: 'text' }]);
  const wrong: string[] = [];
  const check = (cell: string, isDay: boolean): void => {
    if (guard([cell]) !== isDay) wrong.push(cell);
  };
  const last = epochDay('2100-01-01');
  for (let day = epochDay('1899-12-31'); day <= last; day++) {
    const iso = dayOfEpoch(day);
    check(iso.replaceAll('-', ''), iso > '1900-01-01' && iso < '2099-12-31');
  }
  for (let year = 1900; year < 2100; year += 1) {
    for (const monthDay of ['0229', '0230', '0431', '0631', '0931', '1131', '0132', '1301', '0001', '0100']) {
      const cell = `${year}${monthDay}`;
      const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
      check(cell, monthDay === '0229' && isLeap);
    }
  }
  expect(wrong).toEqual([]);
});

const days = fc
  .oneof(
    fc.integer({ min: epochDay('1899-12-01'), max: epochDay('2100-02-01') }),
    fc.integer({ min: epochDay('2026-06-28'), max: epochDay('2026-07-03') }),
    fc.constantFrom('1900-01-01', '1900-01-02', '2099-12-30', '2099-12-31', '2024-02-29').map(epochDay),
  )
  .map(dayOfEpoch);
const times = fc.oneof(
  fc.constantFrom('00:00:00', '23:59:59', '08:00:00', '16:00:00', '15:59:59'),
  fc.integer({ min: 0, max: 86_399 }).map((second) => new Date(second * 1000).toISOString().slice(11, 19)),
);
const fractions = fc.constantFrom('', '', '.0', '.5', '.123456');
const fillers = ['0000-00-00', '9999-09-09', '9999-12-31', '2026-02-30', '2026-13-01'];
const textDays = fc.oneof(days, fc.constantFrom(...fillers));

const compact = (text: string): string => text.replace(/[- :]/g, '');
const javaWall = fc
  .tuple(textDays, times, fractions)
  .map(([day, time, fraction]) => `${day} ${time}${fraction}`);
const wall = fc.tuple(textDays, times).map(([day, time]) => `${day} ${time}`);
const trimmedFractions = fc.constantFrom('', '', '.5', '.05', '.123456');
const nativeWall = fc
  .tuple(days, times, trimmedFractions)
  .map(([day, time, fraction]) => `${day} ${time}${fraction}`);
const none = fc.constantFrom<SourceValue>(null, '0000-00-00 00:00:00');

/** Cells of one text format, its fillers and days that do not exist among them. */
function cellsOf(format: TextFormat): fc.Arbitrary<string> {
  return fc.tuple(textDays, times).map(([day, time]) => {
    const [year = '', month = '', date = ''] = day.split('-');
    const [hour = '', minute = '', second = ''] = time.split(':');
    return format
      .replace('yyyy', year)
      .replace('MM', month)
      .replace('dd', date)
      .replace('HH', hour)
      .replace('mm', minute)
      .replace('ss', second);
  });
}

const textShapes = TEXT_FORMATS.map((format) => ({
  name: `${format} by its letters`,
  format,
  // A zone moves whole minutes, also where the format has no seconds.
  ...(format === 'yyyy-MM-dd HH:mm' && { zone: 'UTC' }),
  type: 'text' as const,
  cells: fc.oneof(JUNK, cellsOf(format), cellsOf(format), textDays),
}));

const shapes: readonly {
  name: string;
  format: DateFormat;
  zone?: string;
  type: 'text' | 'integer' | 'date' | 'datetime';
  cells: fc.Arbitrary<SourceValue>;
}[] = [
  {
    name: 'yyyyMMdd',
    format: 'yyyyMMdd',
    type: 'text',
    cells: fc.oneof(JUNK, textDays.map(compact), wall.map(compact), textDays),
  },
  {
    name: 'yyyyMMdd in an integer column',
    format: 'yyyyMMdd',
    type: 'integer',
    cells: fc.oneof(
      textDays.map((day) => Number(compact(day))),
      fc.integer(),
      fc.constant(null),
    ),
  },
  {
    name: 'yyyy-MM-dd',
    format: 'yyyy-MM-dd',
    type: 'text',
    cells: fc.oneof(JUNK, textDays, wall, textDays.map(compact)),
  },
  {
    name: 'yyyyMMddHHmmss',
    format: 'yyyyMMddHHmmss',
    type: 'text',
    cells: fc.oneof(JUNK, wall.map(compact), textDays.map(compact)),
  },
  {
    name: 'yyyyMMddHHmmss in UTC',
    format: 'yyyyMMddHHmmss',
    zone: 'UTC',
    type: 'text',
    cells: fc.oneof(JUNK, wall.map(compact)),
  },
  {
    name: 'yyyy-MM-dd HH:mm:ss',
    format: 'yyyy-MM-dd HH:mm:ss',
    type: 'text',
    cells: fc.oneof(JUNK, wall, javaWall, textDays),
  },
  {
    name: 'yyyy-MM-dd HH:mm:ss in UTC',
    format: 'yyyy-MM-dd HH:mm:ss',
    zone: 'UTC',
    type: 'text',
    cells: fc.oneof(JUNK, wall, javaWall),
  },
  {
    name: 'DATE',
    format: 'native',
    type: 'date',
    cells: fc.oneof(days, fc.constantFrom(null, '0000-00-00', 'infinity')),
  },
  { name: 'TIMESTAMP', format: 'native', type: 'datetime', cells: fc.oneof(nativeWall, none) },
  {
    name: 'TIMESTAMP in UTC',
    format: 'native',
    zone: 'UTC',
    type: 'datetime',
    cells: fc.oneof(nativeWall, none),
  },
  {
    name: 'TIMESTAMP in Tokyo time',
    format: 'native',
    zone: '+09:00',
    type: 'datetime',
    cells: fc.oneof(nativeWall, none),
  },
  ...textShapes,
  {
    name: 'epochSeconds',
    format: 'epochSeconds',
    type: 'integer',
    cells: fc.oneof(
      fc.tuple(days, times).map(([day, time]) => Date.parse(`${day}T${time}+08:00`) / 1000),
      fc.constantFrom<SourceValue>(null, 0, -62135596800, 253402271999, 9007199254740991n),
      fc.maxSafeInteger(),
    ),
  },
  {
    name: 'epochMillis',
    format: 'epochMillis',
    type: 'integer',
    cells: fc.oneof(
      fc
        .tuple(days, times, fc.integer({ min: 0, max: 999 }))
        .map(([day, time, ms]) => Date.parse(`${day}T${time}+08:00`) + ms),
      fc.constantFrom<SourceValue>(null, 0, -62135596800000, 253402271999000, 9007199254740991n),
      fc.maxSafeInteger(),
    ),
  },
];

const dayPredicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  fc.record({ op: fc.constant('range' as const), from: days }),
  fc.record({ op: fc.constant('range' as const), to: days }),
  fc.record({ op: fc.constant('range' as const), from: days, to: days }),
  fc.record({
    op: fc.constant('range' as const),
    from: fc.constantFrom('0001-01-01', '1900-01-01', '9999-12-31'),
    to: fc.constantFrom('0001-01-01', '2099-12-31', '9999-12-31'),
  }),
  fc.record({
    op: fc.constant('in' as const),
    values: fc.array(fc.oneof(days, fc.constantFrom('2026-02-30', '9999-12-31', 'x')), { maxLength: 3 }),
  }),
  fc.constant({ op: 'isNull' } as const),
  fc.constant({ op: 'range' } as const),
);
const moments = fc
  .tuple(days, times, fc.constantFrom('+08:00', 'Z', '-05:00'), fc.constantFrom('', '', '.5'))
  .map(([day, time, offset, fraction]) => `${day}T${time}${fraction}${offset}`);
const momentPredicates: fc.Arbitrary<CellPredicate> = fc.oneof(
  dayPredicates,
  fc.record({ op: fc.constant('range' as const), from: moments }),
  fc.record({ op: fc.constant('range' as const), from: moments, to: moments }),
  fc.record({ op: fc.constant('range' as const), to: moments }),
  fc.record({ op: fc.constant('in' as const), values: fc.array(moments, { maxLength: 3 }) }),
);

describe.each(shapes)('$name', ({ format, zone, type, cells }) => {
  const numeric = format === 'epochMillis' || format === 'epochSeconds';
  const date = dateCodec(options(format, zone, numeric));
  const moment = dateTimeCodec(options(format, zone, numeric));

  test('pushes of days keep the law', () => {
    expectPushLaw({ codec: date, type, cells, predicates: dayPredicates });
  });
  test('pushes of moments keep the law', () => {
    expectPushLaw({ codec: moment, type, cells, predicates: momentPredicates });
  });
  test('sorts of days keep the law', () => {
    expectSortLaw({ codec: date, type, cells });
  });
  test('sorts of moments keep the law', () => {
    expectSortLaw({ codec: moment, type, cells });
  });
  test('ranges and absence are decided by the source', () => {
    expect(date.push({ op: 'range', from: '2026-01-01', to: '2026-06-30' }, 'c')?.exact).toBe(true);
    expect(date.push({ op: 'isNull' }, 'c')?.exact).toBe(true);
    expect(moment.push({ op: 'range', from: '2026-01-01T08:00:00+08:00' }, 'c')?.exact).toBe(true);
  });
});

test('a zone with daylight saving is pushed as a superset and not sorted by', () => {
  const codec = dateTimeCodec(options('native', 'America/New_York'));
  expect(codec.sort).toBeUndefined();
  expect(codec.push({ op: 'range', from: '2026-01-01' }, 'c')?.exact).toBe(false);
  expectPushLaw({ codec, type: 'datetime', cells: fc.oneof(nativeWall, none), predicates: momentPredicates });
});

test('further null words of the mapping are nothing to the source as well', () => {
  const codec = dateCodec({ ...options('yyyyMMdd'), nulls: ['20000101'] });
  expect(codec.decode('20000101')).toEqual({ value: null, quality: ['NULL_WORD'] });
  expectPushLaw({
    codec,
    type: 'text',
    cells: fc.constantFrom('20000101', '20000102', null),
    predicates: dayPredicates,
  });
});

test('`any` neither sorts nor pushes', () => {
  expect(any.sort).toBeUndefined();
  expect(any.push({ op: 'range', from: '2026-01-01' }, 'c')).toBeNull();
});

test('bounds within a second keep the law', () => {
  const second = fc.constantFrom('07:59:59', '08:00:00', '08:00:01');
  const cells = fc
    .tuple(second, fc.constantFrom('', '.5'))
    .map(([time, fraction]) => `2026-06-30 ${time}${fraction}`);
  const bounds = fc
    .tuple(second, fc.constantFrom('', '.25', '.5'))
    .map(([time, fraction]) => `2026-06-30T${time}${fraction}+08:00`);
  const predicates: fc.Arbitrary<CellPredicate> = fc.oneof(
    fc.record({ op: fc.constant('range' as const), from: bounds }),
    fc.record({ op: fc.constant('range' as const), to: bounds }),
    fc.record({ op: fc.constant('in' as const), values: fc.array(bounds, { maxLength: 2 }) }),
  );
  expectPushLaw({ codec: dateTimeCodec(options('native')), type: 'datetime', cells, predicates });
  expectPushLaw({
    codec: dateTimeCodec(options('yyyy-MM-dd HH:mm:ss')),
    type: 'text',
    cells,
    predicates,
  });
});
