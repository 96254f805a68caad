import { type GraphQLLeafType, isEnumType } from 'graphql';
import { ExactNumber, stringifyExact } from '../../../runtime/json/exact-json.js';
import { maskText } from '../../access/mask/mask-text.js';
import { quote } from './quote.js';

/** What the values of a leaf are; `masked`: shown to whoever may not read them whole. */
export type LeafName = 'text' | 'id' | 'int' | 'float' | 'boolean' | 'custom' | 'enum' | 'masked';

/** How the values of a leaf type are checked and written. */
export interface LeafKind {
  readonly name: LeafName;
  /** JSON text; null when the value is none of the type. @param value neither null nor undefined. */
  write(value: unknown): string | null;
  /** An expression that is true of values which `fastText` can write; `v` is the value. */
  readonly fastTest: string;
  /** An expression for the JSON text of such a value, unless it is a text. */
  readonly fastText: string;
  /** Whether such a value is a text, to be quoted. */
  readonly isText: boolean;
  /** For the expressions: names of an enum's values. */
  readonly names: ReadonlySet<unknown> | null;
}

const TEXT: LeafKind = {
  name: 'text',
  write: (value) => (typeof value === 'string' ? quote(value) : null),
  fastTest: "typeof v === 'string'",
  fastText: '',
  isText: true,
  names: null,
};

/** Whole numbers are IDs as well, and become texts of all their digits. */
const ID: LeafKind = {
  ...TEXT,
  name: 'id',
  write: (value) => {
    if (typeof value === 'bigint') return quote(String(value));
    if (value instanceof ExactNumber && /^-?\d+$/.test(value.value)) return quote(value.value);
    const number = plainNumber(value);
    return Number.isSafeInteger(number) ? quote(String(number)) : TEXT.write(value);
  },
};

const INT: LeafKind = {
  name: 'int',
  // GraphQL's Int has 32 bits; 1.0 and 1e3 are whole numbers as well.
  write: (value) => {
    const number = plainNumber(value);
    return (Number(number) | 0) === number ? String(number) : null;
  },
  fastTest: '(v | 0) === v',
  fastText: 'v',
  isText: false,
  names: null,
};

const FLOAT: LeafKind = {
  name: 'float',
  // GraphQL's Float is a double, as JavaScript's number; digits beyond it are passed on if they are there.
  write: (value) => (Number.isFinite(plainNumber(value)) ? (stringifyExact(value) ?? null) : null),
  fastTest: "typeof v === 'number' && v === v && v !== Infinity && v !== -Infinity",
  fastText: 'JSON.stringify(v)',
  isText: false,
  names: null,
};

const BOOLEAN: LeafKind = {
  name: 'boolean',
  write: (value) => (typeof value === 'boolean' ? String(value) : null),
  fastTest: "typeof v === 'boolean'",
  fastText: 'v',
  isText: false,
  names: null,
};

/** Only its subgraph knows what a custom scalar may be: any JSON value passes, with all digits of its numbers. */
const CUSTOM: LeafKind = {
  name: 'custom',
  write: (value) => {
    try {
      return stringifyExact(value) ?? null;
    } catch (error) {
      // Nested deeper than can be written.
      if (error instanceof RangeError) return null;
      throw error;
    }
  },
  fastTest: "typeof v === 'string'",
  fastText: '',
  isText: true,
  names: null,
};

function plainNumber(value: unknown): unknown {
  return value instanceof ExactNumber ? Number(value) : value;
}

/** How a leaf is written for whoever may not read it whole: texts masked, everything else null. */
export function maskedLeaf(type: GraphQLLeafType): LeafKind {
  const isText = type.name === 'String' || type.name === 'ID';
  return {
    name: 'masked',
    write: (value) => (isText && typeof value === 'string' ? quote(maskText(value)) : 'null'),
    fastTest: 'false',
    fastText: 'null',
    isText: false,
    names: null,
  };
}

const KINDS = new Map([
  ['String', TEXT],
  ['ID', ID],
  ['Int', INT],
  ['Float', FLOAT],
  ['Boolean', BOOLEAN],
]);

export function leafKindOf(type: GraphQLLeafType): LeafKind {
  if (!isEnumType(type)) return KINDS.get(type.name) ?? CUSTOM;
  const names: ReadonlySet<unknown> = new Set(type.getValues().map(({ name }) => name));
  return {
    name: 'enum',
    write: (value) => (names.has(value) ? quote(String(value)) : null),
    fastTest: 'names.has(v)',
    fastText: `'"' + v + '"'`,
    isText: false,
    names,
  };
}
