import type { Clock } from '../../runtime/clock.js';
import { MappingError } from '../../runtime/yaml/problem.js';
import { booleanCodec } from './codes/boolean-codec.js';
import { type CodeOptions, codeCodec, codesCodec } from './codes/code-codec.js';
import type { CodeLists } from './codes/code-list.js';
import { clockedCodec } from './dates/clocked-codec.js';
import { type DateOptions, dateCodec, dateTimeCodec } from './dates/date-codec.js';
import { plausibleDays } from './dates/plausible-days.js';
import type { FieldMapping, FieldMappingType } from './field-mapping.js';
import type { PersonKey } from './identifiers/person-key.js';
import { usccCodec } from './identifiers/uscc-codec.js';
import { type DecimalOptions, decimalCodec } from './numbers/decimal-codec.js';
import { integerCodec } from './numbers/integer-codec.js';
import { rowUnitCodec } from './numbers/row-unit-codec.js';
import { type CoordinateOptions, coordinateCodec } from './places/coordinate-codec.js';
import { townshipCodec } from './places/township-codec.js';
import type { Townships } from './places/townships.js';
import { documentNumberCodec } from './texts/document-number-codec.js';
import { patternCodec } from './texts/pattern-codec.js';
import { personNameCodec } from './texts/person-name-codec.js';
import { redactedTextCodec, textCodec } from './texts/text-codec.js';
import { textsCodec } from './texts/texts-codec.js';
import type { ValueCodec } from './value-codec.js';

/** What codecs need to know of the county; made once at start. */
export interface CodecEnvironment {
  readonly codeLists: CodeLists;
  readonly townships: Townships;
  readonly personKey: PersonKey;
  /** Tells which dates lie impossibly far ahead. Absent: none does. */
  readonly clock?: Pick<Clock, 'today'>;
}

type CodecMaker = (field: FieldMapping, environment: CodecEnvironment) => ValueCodec;

const MAKERS: { readonly [type in FieldMappingType]: CodecMaker } = {
  Text: ({ nulls, redact, pattern }) => {
    if (pattern !== undefined) return patternCodec(pattern, nulls);
    return redact === true ? redactedTextCodec(nulls) : textCodec(nulls);
  },
  Texts: ({ split, nulls }) => textsCodec(split, nulls),
  Date: (field, environment) => datedCodec(dateCodec, field, environment),
  DateTime: (field, environment) => datedCodec(dateTimeCodec, field, environment),
  Decimal: (field) => decimalsOf(field),
  Integer: (field) =>
    integerCodec({
      isNumeric: isNumeric(field),
      nulls: field.nulls,
      ...(field.words !== undefined && { words: field.words }),
    }),
  Boolean: ({ truths, nulls }) => booleanCodec(truths, nulls),
  Code: (field, environment) => codeCodec(codeOptions(field, environment)),
  Codes: (field, environment) => codesCodec(codeOptions(field, environment)),
  Township: ({ nulls }, { townships }) => townshipCodec(townships, nulls),
  DocumentNumber: ({ nulls, spelling }) =>
    documentNumberCodec({ nulls, isCanonical: spelling === 'canonical' }),
  PersonName: ({ split, nulls }) => personNameCodec(split, nulls),
  Uscc: ({ nulls }) => usccCodec(nulls),
  Longitude: (field, environment) => coordinateCodec(coordinateOptions('longitude', field, environment)),
  Latitude: (field, environment) => coordinateCodec(coordinateOptions('latitude', field, environment)),
};

/**
 * The codec of one field.
 *
 * @throws {MappingError} naming the field's place: unknown code list, unknown zone.
 */
export function makeCodec(field: FieldMapping, environment: CodecEnvironment): ValueCodec {
  try {
    return MAKERS[field.type](field, environment);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MappingError([
      {
        rule: 'field',
        severity: 'error',
        place: field.place,
        zh: `字段“${field.name}”无法读取。`,
        en: `Cannot read field "${field.name}": ${error.message}.`,
      },
    ]);
  }
}

function coordinateOptions(
  axis: CoordinateOptions['axis'],
  { perDegree = 1, nulls }: FieldMapping,
  { townships }: CodecEnvironment,
): CoordinateOptions {
  return { axis, bounds: townships.bounds, perDegree, nulls };
}

/** Names of fields that say when something ends, or is to be done by. */
const END_NAMES =
  /(?:To|Until|Ends?|EndsAt|EndsOn|EndDate|Expires|ExpiresAt|ExpiresOn|Expiry)$|^(?:to|until|end|due)$|[dD]eadline|^due[A-Z]/;
/** Names of fields that may lie before the county's departments were founded. */
const OLD_NAMES = /built|birth|born|established|founded/i;

function dateOptions(field: FieldMapping, { clock }: CodecEnvironment): DateOptions {
  const edge = field.edge ?? (END_NAMES.test(field.name) ? 'end' : undefined);
  const isEvent = edge !== 'end' && !OLD_NAMES.test(field.name);
  return {
    ...(edge !== undefined && { edge }),
    ...(clock !== undefined && isEvent && { plausible: plausibleDays(() => clock.today()) }),
    format: field.format ?? 'native',
    zone: field.zone ?? 'Asia/Shanghai',
    isNumeric: isNumeric(field),
    nulls: field.nulls,
  };
}

function datedCodec(
  make: (options: DateOptions) => ValueCodec,
  field: FieldMapping,
  environment: CodecEnvironment,
): ValueCodec {
  const options = dateOptions(field, environment);
  if (field.clock === undefined) return make(options);
  return clockedCodec(field.clock.words, options.zone, (zone) => make({ ...options, zone }));
}

function isNumeric({ sorts }: FieldMapping): boolean {
  return sorts === 'asNumber' || sorts === 'asDecimal' || sorts === 'native';
}

function decimalsOf(field: FieldMapping): ValueCodec {
  const { unit = '元', unitColumn, nulls } = field;
  if (unitColumn !== undefined) return rowUnitCodec(unit, nulls);
  return decimalCodec({ unit, order: decimalOrder(field), nulls });
}

function decimalOrder(field: FieldMapping): DecimalOptions['order'] {
  if (field.sorts === 'asDecimal') return 'exact';
  return isNumeric(field) ? 'binary' : 'none';
}

function codeOptions(field: FieldMapping, { codeLists }: CodecEnvironment): CodeOptions {
  const list = field.codes === undefined ? undefined : codeLists.get(field.codes);
  if (list === undefined) {
    throw new RangeError(
      `codes must name a code list of schema/codes/, but is ${JSON.stringify(field.codes ?? null)}`,
    );
  }
  return { list, many: field.many, dated: field.codesAsOf !== undefined, nulls: field.nulls };
}
