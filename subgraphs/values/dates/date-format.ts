/** Fixed ways of writing a day or a moment as text. Texts of one format sort as time does. */
export const TEXT_FORMATS = [
  'yyyyMMdd',
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'yyyy年MM月dd日',
  'yyyyMMddHHmm',
  'yyyyMMddHHmmss',
  'yyyyMMdd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-ddTHH:mm',
  'yyyy-MM-ddTHH:mm:ss',
  'yyyy/MM/dd HH:mm',
  'yyyy/MM/dd HH:mm:ss',
  'yyyy年MM月dd日 HH:mm',
  'yyyy年MM月dd日 HH:mm:ss',
  'yyyy年MM月dd日HH时mm分',
  'yyyy年MM月dd日HH时mm分ss秒',
] as const;

export type TextFormat = (typeof TEXT_FORMATS)[number];

/**
 * How dates are written in a column. `native`: a DATE or TIMESTAMP column. A text format decodes its own shape
 * alone. `epochMillis` and `epochSeconds` count from 1970-01-01T00:00:00Z. `any` reads every variant of
 * domain §3.13 D8 and never sorts at the source.
 */
export const DATE_FORMATS = ['native', ...TEXT_FORMATS, 'epochMillis', 'epochSeconds', 'any'] as const;

export type DateFormat = (typeof DATE_FORMATS)[number];
