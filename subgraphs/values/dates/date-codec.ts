import type { DateFormat } from '../field-mapping.js';
import type { ValueCodec } from '../value-codec.js';
import { anyDateCodec } from './any-date-codec.js';
import { epochShape } from './epoch-shape.js';
import { nativeShape } from './native-shape.js';
import { type SourceZone, sourceZone } from './source-zone.js';
import { temporalCodec } from './temporal-codec.js';
import { textShape } from './text-shapes.js';

export interface DateOptions {
  readonly format: DateFormat;
  /** IANA zone of times that carry none; of no meaning where there are only days, or milliseconds. */
  readonly zone: string;
  /** The column is numeric, so that its order is the order of milliseconds. */
  readonly isNumeric: boolean;
  readonly nulls: readonly string[];
}

/** Days: `yyyy-MM-dd`, at +08:00 where the cell holds a time as well. @throws {RangeError} on an unknown zone. */
export function dateCodec(options: DateOptions): ValueCodec {
  return codecOf('Date', options);
}

/** Moments: `yyyy-MM-ddTHH:mm:ss+08:00`. @throws {RangeError} on an unknown zone. */
export function dateTimeCodec(options: DateOptions): ValueCodec {
  return codecOf('DateTime', options);
}

function codecOf(type: 'Date' | 'DateTime', { format, zone, isNumeric, nulls }: DateOptions): ValueCodec {
  const own = zoneNamed(zone);
  const china = zoneNamed('Asia/Shanghai');
  switch (format) {
    case 'native':
      return temporalCodec(nativeShape, { type, zone: own, nulls });
    case 'any':
      return anyDateCodec({ type, zone: own, nulls });
    case 'epochMillis': {
      const codec = temporalCodec(epochShape, { type, zone: china, nulls });
      // In a text column the digits sort as text, which is no order of time.
      return isNumeric ? codec : { decode: codec.decode, push: () => null };
    }
    case 'yyyyMMdd':
    case 'yyyy-MM-dd':
      return temporalCodec(textShape(format), { type, zone: china, nulls });
    default:
      return temporalCodec(textShape(format), { type, zone: own, nulls });
  }
}

function zoneNamed(name: string): SourceZone {
  const zone = sourceZone(name);
  if (zone === null)
    throw new RangeError(`the zone must be an IANA name such as UTC, but is ${JSON.stringify(name)}`);
  return zone;
}
