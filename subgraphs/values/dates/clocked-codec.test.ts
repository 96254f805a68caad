import { clockedCodec } from './clocked-codec.js';
import { dateTimeCodec } from './date-codec.js';

const make = (zone: string) =>
  dateTimeCodec({ format: 'yyyy-MM-dd HH:mm:ss', zone, isNumeric: false, nulls: [] });
const codec = clockedCodec(new Map([['UTC', 'UTC']]), 'Asia/Shanghai', make);

describe('clockedCodec()', () => {
  it('reads each row by the clock that it names, one without a word by the usual one', () => {
    expect(codec.decode('2026-06-29 22:00:00', ' UTC ').value).toBe('2026-06-30T06:00:00+08:00');
    expect(codec.decode('2026-06-30 06:00:00', null).value).toBe('2026-06-30T06:00:00+08:00');
    expect(codec.decode('2026-06-30 06:00:00', '').value).toBe('2026-06-30T06:00:00+08:00');
  });

  it('gives no time by a clock that nobody explained', () => {
    expect(codec.decode('2026-06-30 06:00:00', 'JST')).toEqual({ value: null, quality: ['DATE_UNREADABLE'] });
  });

  it('asks the source for nothing, and has no order', () => {
    expect(codec.push({ op: 'range', from: '2026-06-30' }, 'at')).toBeNull();
    expect(codec.sort).toBeUndefined();
  });

  it('refuses a zone that does not exist', () => {
    expect(() => clockedCodec(new Map([['X', 'Mars/Base']]), 'UTC', make)).toThrow(RangeError);
  });
});
