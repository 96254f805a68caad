import type { Level } from '../../runtime/level.js';
import type { Place } from '../../runtime/yaml/placed-yaml.js';
import type { DateFormat } from './dates/date-format.js';
import type { Unit } from './numbers/units.js';
import type { Split } from './texts/split.js';

export type FieldMappingType =
  | 'Text'
  | 'Texts'
  | 'Date'
  | 'DateTime'
  | 'Decimal'
  | 'Integer'
  | 'Boolean'
  | 'Code'
  | 'Codes'
  | 'Township'
  | 'DocumentNumber'
  | 'PersonName'
  | 'Uscc'
  | 'Longitude'
  | 'Latitude';

export interface FieldMapping {
  readonly place: Place;
  readonly name: string;
  /** Absent when `value` is given. */
  readonly column?: string;
  /** A constant. */
  readonly value?: string;
  readonly type: FieldMappingType;
  /** Date and DateTime. Default `native`. */
  readonly format?: DateFormat;
  /**
   * Date and DateTime: the end of a period that the field names, so that `2026-06` is its first or last day.
   * Default `end` for names such as `validTo`, `operatingTo`, `publicationEnds` and `deadline`.
   * An `end` may lie in any year; other days of more than a year ahead are marked DATE_IMPLAUSIBLE and stand in no order.
   */
  readonly edge?: 'start' | 'end';
  /** IANA zone of date-times that carry none. Default Asia/Shanghai. */
  readonly zone?: string;
  /**
   * Date and DateTime whose rows were not all written by one clock (D9): the column with a word for the row's clock,
   * and the zone that each word means. An empty word means `zone`; by any other word the time cannot be told.
   */
  readonly clock?: { readonly column: string; readonly words: ReadonlyMap<string, string> };
  /**
   * The source's own order is the canonical order: text dates of a fixed format, numbers, native dates.
   * `asDecimal`: a DECIMAL column, which holds no binary fractions, so that its filters need no second look.
   */
  readonly sorts?: 'asText' | 'asNumber' | 'asDecimal' | 'native';
  /** Code list `market/check-result` of `schema/codes/`. */
  readonly codes?: string;
  /** Column whose date chooses the period of a code list with validity dates. */
  readonly codesAsOf?: string;
  /** Separator of several codes in one cell; of type Code the gravest counts (order of the list), of type Codes all. */
  readonly many?: string;
  /** Where a cell with several texts splits. */
  readonly split?: Split;
  /** DocumentNumber: how it is shown. Default `printed`, as the cell has it. */
  readonly spelling?: 'printed' | 'canonical';
  /**
   * Decimal: what one unit of the cell is, in the canonical unit (万元 → yuan, 厘米 → metre, 马力 → kilowatt,
   * 比率 → percent). A unit that is written in the cell counts before it, if it measures the same.
   */
  readonly unit?: Unit;
  /** Decimal: the column in which each row says its own unit; `unit` where it says none. */
  readonly unitColumn?: string;
  /**
   * Longitude and Latitude: the column with the other one, so that swapped ones are told (D19).
   * Uscc: the column with the code that ought to be the same, so that another one is marked ID_CONFLICT.
   */
  readonly pair?: string;
  /** Longitude and Latitude: the cell counts so manyth parts of a degree. Default 1. */
  readonly perDegree?: 1 | 600_000 | 10_000_000;
  /**
   * Text: a regular expression for what of it counts, the first group or all that matches. A text in which it is not
   * found is null and marked TEXT_IMPLAUSIBLE.
   */
  readonly pattern?: string;
  /** Text: telephone and citizen numbers within the text are hidden (domain §2.9). */
  readonly redact?: true;
  /** Integer: words that stand for numbers, in a text column. */
  readonly words?: ReadonlyMap<string, number>;
  /** Boolean: cells that mean true. */
  readonly truths?: readonly string[];
  /** Further words that mean "nothing" in this column, besides the engine's own (D4). */
  readonly nulls: readonly string[];
  /** Of a facet's field; the kind says it of its own. */
  readonly classification?: Level;
  /** SDL description when a draft is made of this mapping. */
  readonly description?: string;
}
