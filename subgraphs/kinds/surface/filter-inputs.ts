import type { DerivedDeclaration } from '../derived.js';
import type { FieldDeclaration } from '../field.js';
import type { KindDeclaration, LimitFilter } from '../kind.js';
import { declarationOf, type RowKind } from '../kinds.js';

/** How the value of a filter's input is compared with a field; `hub/filter/` reads each. */
export type FilterOperator =
  /** One of several texts or codes. */
  | 'in'
  /** One of several townships. */
  | 'townships'
  | 'contains'
  | 'startsWith'
  /** A document number, and one of several, in any spelling. */
  | 'number'
  | 'numbers'
  /** Both ends belong to the range. */
  | 'dates'
  | 'moments'
  | 'decimals'
  | 'integers'
  /** Whether a flag of the source has this value. */
  | 'flag'
  /** Whether a derived flag is true. */
  | 'is'
  /** Whether there is a value. */
  | 'present'
  /** Whether a derived number exceeds a limit. */
  | 'limit';

/** One input of a kind's filter. */
export interface FilterInput {
  readonly name: string;
  /** In the SDL. */
  readonly type: string;
  readonly words: string;
  readonly field: string;
  readonly operator: FilterOperator;
  /** Of the operator `limit`. */
  readonly limit?: LimitFilter;
}

const cache = new Map<RowKind, ReadonlyMap<string, FilterInput>>();

/** The inputs of a kind's filter besides `and`, `or`, `not`, `interface` and `subject`, by name. */
export function filterInputsOf(kind: RowKind): ReadonlyMap<string, FilterInput> {
  const known = cache.get(kind);
  if (known !== undefined) return known;
  const fresh = new Map(inputsOf(declarationOf(kind)).map((input) => [input.name, input]));
  cache.set(kind, fresh);
  return fresh;
}

function inputsOf({ fields, derived, limits }: KindDeclaration): readonly FilterInput[] {
  return [
    ...Object.entries(fields).flatMap(([name, field]) => inputsOfField(name, field)),
    ...Object.entries(derived).flatMap(([name, field]) => inputsOfDerived(name, field)),
    ...Object.entries(limits).map(
      ([name, limit]): FilterInput => ({
        name,
        type: limit.input,
        words: limit.words,
        field: limit.of,
        operator: 'limit',
        limit,
      }),
    ),
  ];
}

/** The inputs of a filter by one declared field. */
export function inputsOfField(field: string, declaration: FieldDeclaration): readonly FilterInput[] {
  const { words, required } = declaration;
  const input = (name: string, type: string, operator: FilterOperator, more = ''): FilterInput => ({
    name,
    type,
    words: `${more}${words}`,
    field,
    operator,
  });
  const present =
    required === true ? [] : [input(`${field}Present`, 'Boolean', 'present', '是否有值 (present)：')];
  return [...comparisonsOf(field, declaration, input), ...present];
}

type MakeInput = (name: string, type: string, operator: FilterOperator, more?: string) => FilterInput;

function comparisonsOf(
  field: string,
  { type, enum: enumName = '', documentNumber, township, one = field }: FieldDeclaration,
  input: MakeInput,
): readonly FilterInput[] {
  switch (type) {
    case 'Code':
    case 'Codes':
      return [input(field, `[${enumName}!]`, 'in')];
    case 'Texts':
      return [input(one, '[String!]', 'in')];
    case 'Date':
      return [input(field, 'DateRange', 'dates')];
    case 'DateTime':
      return [input(field, 'DateTimeRange', 'moments')];
    case 'Decimal':
      return [input(field, 'DecimalRange', 'decimals')];
    case 'Integer':
      return [input(field, 'IntRange', 'integers')];
    case 'Boolean':
      return [input(field, 'Boolean', 'flag')];
    case 'Text':
      if (township === true) return [input(field, '[String!]', 'townships')];
      if (documentNumber === true) {
        return [
          input(field, 'String', 'number', '括号、全半角、前导零不影响 (any spelling)：'),
          input(`${field}In`, '[String!]', 'numbers', '任一 (any of)：'),
        ];
      }
      return [
        input(field, '[String!]', 'in'),
        input(`${field}Contains`, 'String', 'contains', '含有 (contains)：'),
        input(`${field}StartsWith`, 'String', 'startsWith', '以其开头 (starts with)：'),
      ];
  }
}

function inputsOfDerived(
  field: string,
  { type, words }: Pick<DerivedDeclaration, 'type' | 'words'>,
): readonly FilterInput[] {
  switch (type) {
    case 'Boolean':
      return [{ name: field, type: 'Boolean', words, field, operator: 'is' }];
    case 'Decimal':
      return [{ name: field, type: 'DecimalRange', words, field, operator: 'decimals' }];
    case 'Integer':
      return [{ name: field, type: 'IntRange', words, field, operator: 'integers' }];
    default:
      throw new RangeError(
        `Cannot filter by ${field}: derived fields are numbers or flags, but it is a ${type}`,
      );
  }
}
