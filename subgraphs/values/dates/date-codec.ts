import type { ValueCodec } from '../value-codec.js';
import type { DateFormat } from './date-format.js';
import { epochShape } from './epoch-shape.js';
import { nativeShape } from './native-shape.js';
import type { PlausibleDays } from './plausible-days.js';
import { type SourceZone, sourceZone } from './source-zone.js';
import { type TemporalOptions, temporalCodec } from './temporal-codec.js';
import { isTimed, textShape } from './text-shapes.js';
import { anyDateCodec } from './written/any-date-codec.js';

export interface DateOptions {
  readonly format: DateFormat;
  /** IANA zone of times that carry none; of no meaning where there are only days, or a count since 1970. */
  readonly zone: string;
  /** The column is numeric, so that its order is the order of a count since 1970. */
  readonly isNumeric: boolean;
  readonly nulls: readonly string[];
  /** The end of a period that the field names, so that `2026-06` is its first or last day. */
  readonly edge?: 'start' | 'end';
  /** Days outside are marked and stand in no order. Absent: every day is believed. */
  readonly plausible?: PlausibleDays;
}

/** Days: `yyyy-MM-dd`, at +08:00 where the cell holds a time as well. @throws {RangeError} on an unknown zone. */
export function dateCodec(options: DateOptions): ValueCodec {
  return codecOf('Date', options);
}

/** Moments: `yyyy-MM-ddTHH:mm:ss+08:00`. @throws {RangeError} on an unknown zone. */
export function dateTimeCodec(options: DateOptions): ValueCodec {
  return codecOf('DateTime', options);
}

function codecOf(type: 'Date' | 'DateTime', options: DateOptions): ValueCodec {
  const { format, zone, isNumeric, nulls, edge, plausible } = options;
  const common = { type, nulls, edge, plausible: plausible ?? null } as const;
  const own: TemporalOptions = { ...common, zone: zoneNamed(zone) };
  const china: TemporalOptions = { ...common, zone: zoneNamed('Asia/Shanghai') };
  switch (format) {
    case 'native':
      return temporalCodec(nativeShape, own);
    case 'any':
      return anyDateCodec(own);
    case 'epochMillis':
    case 'epochSeconds': {
      const codec = temporalCodec(epochShape(format === 'epochMillis' ? 1 : 1000), china);
      // In a text column the digits sort as text, which is no order of time.
      return isNumeric ? codec : { decode: codec.decode, push: () => null };
    }
    default:
      return temporalCodec(textShape(format), isTimed(format) ? own : china);
  }
}

function zoneNamed(name: string): SourceZone {
  const zone = sourceZone(name);
  if (zone === null)
    throw new RangeError(`the zone must be an IANA name such as UTC, but is ${JSON.stringify(name)}`);
  return zone;
}
