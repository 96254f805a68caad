import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Random } from '../../demo/random.js';
import { responseNameOf } from '../../gateway/plan/response-name.js';

/** How often something happens at each place of a reply, 0 to 1. */
export interface ReplyManner {
  readonly shuffles: number;
  readonly extras: number;
  readonly twice: number;
  readonly spaces: number;
  readonly missing: number;
  readonly nulls: number;
  readonly wrong: number;
  readonly odd: number;
  /** Of a list of entities: they are too few or many, or stand in another order. */
  readonly shifted: number;
  /** Of the keys of an entity: another spelling, or another entity's. */
  readonly strange: number;
  /** Of the whole reply. */
  readonly damaged: number;
}

const CALM: ReplyManner = {
  shuffles: 0,
  extras: 0,
  twice: 0,
  spaces: 0,
  missing: 0,
  nulls: 0.1,
  wrong: 0,
  odd: 0,
  shifted: 0,
  strange: 0,
  damaged: 0,
};

/** Manners that replies are drawn from. */
const MANNERS: readonly ReplyManner[] = [
  CALM,
  { ...CALM, shuffles: 1 },
  { ...CALM, shuffles: 0.3, extras: 0.3, spaces: 0.1 },
  { ...CALM, extras: 0.2 },
  { ...CALM, spaces: 1 },
  { ...CALM, twice: 0.05 },
  { ...CALM, missing: 0.05, shuffles: 0.2 },
  { ...CALM, nulls: 0.4 },
  { ...CALM, wrong: 0.03 },
  { ...CALM, odd: 0.15 },
  { ...CALM, odd: 1 },
  { ...CALM, damaged: 1 },
  { ...CALM, shifted: 0.5, strange: 0.1 },
  { ...CALM, extras: 0.2, odd: 0.3, damaged: 1 },
];

/** Values that are of no type, or of another one. */
const WRONG = [
  '[]',
  '{}',
  '"x"',
  '7',
  '1.5',
  'true',
  '[[1]]',
  '{"__typename":"Ship"}',
  '-1',
  '2147483648',
  'null',
];
const NUMBERS = [
  '0',
  '-0',
  '-0.0',
  '1.0',
  '1e3',
  '1.10',
  '12345678901234567890',
  '1e400',
  '-2147483648',
  '0.1',
  '-0.5',
];
const TEXTS = [
  '"\\u00e9\\n\\"\\\\\\/"',
  '"\\ud83d\\ude00"',
  '"\\ud800"',
  '"海曙区执法"',
  '"😀"',
  '"a long text that takes more than sixteen bytes, 比十六个字节更长"',
  '""',
  '"\\u0000"',
  '"\u2028"',
];
const ANYTHING = [
  '{"a":1}',
  '{"a":1,"a":2}',
  '[1,[2,{"b":null}]]',
  '9007199254740993',
  '"x"',
  'false',
  '1e2',
  '[1.10]',
];
/** Most of them are no fields of the schema. */
const EXTRA_KEYS = [
  'extra_',
  '__proto__',
  'constructor',
  'é',
  'a\\u0062c',
  '_',
  'id_of_nothing',
  'id',
  'ref',
];
const NAMES = ['__typename', '\\u005f_typename'];
const DEEPEST = 130;

type Variables = Readonly<Record<string, unknown>>;

interface ReplyOptions {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  /** How often a reply is drawn from all manners, 0 to 1; else it is as it should be. Default 1. */
  readonly unruly?: number;
}

/** The text of a reply to a query. */
export function generateReply(options: ReplyOptions, query: string, variables: Variables): Buffer {
  return new ReplyGenerator(options, variables).replyTo(query);
}

interface CollectedField {
  readonly name: string;
  /** Of its first argument, where that is a variable. */
  readonly variable: string;
  readonly sets: SelectionSetNode[];
}

class ReplyGenerator {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #variables: Variables;
  readonly #manner: ReplyManner;

  constructor({ schema, random, unruly = 1 }: ReplyOptions, variables: Variables) {
    this.#schema = schema;
    this.#random = random;
    this.#variables = variables;
    this.#manner = random.chance(unruly) ? random.pick(MANNERS) : CALM;
  }

  replyTo(query: string): Buffer {
    const [operation] = parse(query).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation must come first');
    const type = this.#schema.getQueryType();
    if (type === undefined || type === null) throw new Error('there must be a query type');
    const members = [['data', this.#object(type, [operation.selectionSet], 0)]];
    if (this.#random.chance(0.15))
      members.push(['extensions', this.#random.pick(['{}', 'null', '{"coverage":[]}'])]);
    if (this.#manner !== CALM && this.#random.chance(0.1))
      members.push(['errors', this.#random.pick(['null', '[]', '[{"message":"x","path":["count"]}]'])]);
    if (this.#manner.extras > 0 && this.#random.chance(0.3)) members.push(['more', this.#deep()]);
    const text =
      this.#space() +
      this.#membersText(this.#random.chance(0.2) ? this.#random.shuffle(members) : members) +
      this.#space();
    const bytes = Buffer.from(text);
    return this.#random.chance(this.#manner.damaged) ? this.#damage(bytes) : bytes;
  }

  #damage(bytes: Buffer): Buffer {
    const at = this.#random.int(0, bytes.length - 1);
    const byte = Buffer.from([this.#random.pick([0, 0x22, 0x5c, 0x2c, 0x7d, 0x80, 0xc3, 0xed, 0xff, 0x31])]);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    return this.#random.pick([
      () => before,
      () => Buffer.concat([before, byte, after]),
      () => Buffer.concat([before, byte, after.subarray(1)]),
      () => Buffer.concat([before, after.subarray(1)]),
      () => Buffer.concat([bytes, byte]),
      () => Buffer.concat([Buffer.from('\ufeff'), bytes]),
    ])();
  }

  #value(type: GraphQLOutputType, sets: readonly SelectionSetNode[], depth: number): string {
    if (this.#random.chance(this.#manner.wrong)) return this.#random.pick(WRONG);
    if (isNonNullType(type)) return this.#present(type.ofType, sets, depth);
    return this.#random.chance(this.#manner.nulls) ? 'null' : this.#present(type, sets, depth);
  }

  #present(type: GraphQLOutputType, sets: readonly SelectionSetNode[], depth: number): string {
    if (isListType(type)) {
      const length = depth > 6 ? 0 : this.#random.int(0, 3);
      const items = Array.from({ length }, () => this.#value(type.ofType, sets, depth + 1));
      return `[${this.#space()}${items.join(`${this.#space()},${this.#space()}`)}${this.#space()}]`;
    }
    if (isObjectType(type)) return this.#object(type, sets, depth + 1);
    if (isAbstractType(type)) {
      return this.#object(this.#random.pick(this.#schema.getPossibleTypes(type)), sets, depth + 1);
    }
    const isOdd = this.#random.chance(this.#manner.odd);
    if (isEnumType(type))
      return isOdd ? '"OP\\u0045N"' : this.#random.pick(['"OPEN"', '"CLOSED"', '"UNDER_REVIEW"']);
    return this.#leaf(String(type), isOdd);
  }

  #leaf(typeName: string, isOdd: boolean): string {
    switch (typeName) {
      case 'Int':
        return isOdd ? this.#random.pick(NUMBERS) : String(this.#random.int(-1000, 1000));
      case 'Float':
        return isOdd ? this.#random.pick(NUMBERS) : `${this.#random.int(-90, 90)}.${this.#random.int(1, 9)}`;
      case 'ID':
        return isOdd ? this.#random.pick([...NUMBERS, ...TEXTS]) : `"${this.#random.int(1, 99)}"`;
      case 'Boolean':
        return this.#random.pick(['true', 'false']);
      case 'Anything':
        return isOdd ? this.#random.pick(ANYTHING) : this.#random.pick(['"y"', '3', 'true']);
      default:
        return this.#random.pick(isOdd ? TEXTS : ['"Net"', '"宁波"', '"a text of more than sixteen bytes"']);
    }
  }

  /** @param known what was sent of it: such a field has the value that was sent. */
  #object(
    type: GraphQLObjectType,
    sets: readonly SelectionSetNode[],
    depth: number,
    known: Variables = {},
  ): string {
    const collected = new Map<string, CollectedField>();
    for (const set of sets) this.#collect(type, set, collected);
    let members = [...collected].flatMap(([responseName, { name, variable, sets: inner }]) => {
      if (this.#random.chance(this.#manner.missing)) return [];
      if (name === '_entities') return [[responseName, this.#entities(this.#variables[variable], inner)]];
      if (Object.hasOwn(known, name) && !this.#random.chance(this.#manner.strange))
        return [[responseName, this.#sent(known[name])]];
      if (name === '__typename') {
        const given = this.#random.chance(this.#manner.wrong)
          ? this.#random.pick(['Nobody', 'Sh\\u0069p', 'Named'])
          : type.name;
        return [[responseName, `"${given}"`]];
      }
      const field = type.getFields()[name];
      return field === undefined ? [] : [[responseName, this.#value(field.type, inner, depth)]];
    });
    if (this.#random.chance(this.#manner.extras))
      members.splice(this.#random.int(0, members.length), 0, this.#extra(type));
    const twice = this.#random.pick(members.length === 0 ? [['_', '1']] : members);
    if (this.#random.chance(this.#manner.twice))
      members.push([twice[0] ?? '', this.#random.pick([twice[1] ?? '', ...WRONG])]);
    if (this.#random.chance(this.#manner.shuffles)) members = this.#random.shuffle(members);
    return this.#membersText(members);
  }

  #entities(representations: unknown, sets: readonly SelectionSetNode[]): string {
    const list = (representations as readonly Variables[]).map((sent) => {
      if (this.#random.chance(this.#manner.nulls / 2)) return 'null';
      if (this.#random.chance(this.#manner.wrong)) return this.#random.pick(WRONG);
      const type = this.#schema.getType(String(sent.__typename)) as GraphQLObjectType;
      return this.#object(type, sets, 1, sent);
    });
    if (!this.#random.chance(this.#manner.shifted)) return `[${list.join(',')}]`;
    const shifted = this.#random.pick([
      () => list.slice(1),
      () => [...list, ...list.slice(0, 1)],
      () => this.#random.shuffle(list),
      () => [...list.slice(1), 'null'],
    ])();
    return `[${shifted.join(',')}]`;
  }

  /** A value that was sent, maybe of another type: an ID may be a number. */
  #sent(value: unknown): string {
    const text = JSON.stringify(value);
    return /^"[1-9]\d*"$/.test(text) && this.#random.chance(this.#manner.odd) ? text.slice(1, -1) : text;
  }

  #extra(type: GraphQLObjectType): string[] {
    if (this.#random.chance(0.3)) return [this.#random.pick(NAMES), `"${type.name}"`];
    return [this.#random.pick(EXTRA_KEYS), this.#random.pick([this.#deep(), ...WRONG, ...TEXTS])];
  }

  #deep(): string {
    const depth = this.#random.pick([1, 5, DEEPEST]);
    return `${'{"a":['.repeat(depth / 2)}0${']}'.repeat(depth / 2)}`;
  }

  #membersText(members: readonly (readonly string[])[]): string {
    const texts = members.map(
      ([key, value]) => `${this.#space()}"${key}"${this.#space()}:${this.#space()}${value}${this.#space()}`,
    );
    return `{${texts.join(',')}}`;
  }

  #space(): string {
    return this.#random.chance(this.#manner.spaces)
      ? this.#random.pick([' ', '\n', '\t', '\r\n  ', '\n                  '])
      : '';
  }

  #collect(
    type: GraphQLObjectType,
    { selections }: SelectionSetNode,
    into: Map<string, CollectedField>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('what is sent must have no fragments');
      const isLeftOut = (selection.directives ?? []).some(({ name, arguments: [given] = [] }) => {
        const value = given?.value;
        const isTrue =
          value?.kind === Kind.VARIABLE
            ? this.#variables[value.name.value]
            : value?.kind === Kind.BOOLEAN && value.value;
        return name.value === 'skip' ? isTrue === true : name.value === 'include' && isTrue !== true;
      });
      if (isLeftOut) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? type.name;
        const conditional = this.#schema.getType(condition);
        const applies =
          condition === type.name ||
          (isAbstractType(conditional) && this.#schema.isSubType(conditional, type));
        if (applies) this.#collect(type, selection.selectionSet, into);
        continue;
      }
      const responseName = responseNameOf(selection);
      const value = selection.arguments?.[0]?.value;
      const variable = value?.kind === Kind.VARIABLE ? value.name.value : '';
      const known = into.get(responseName) ?? { name: selection.name.value, variable, sets: [] };
      if (selection.selectionSet !== undefined) known.sets.push(selection.selectionSet);
      into.set(responseName, known);
    }
  }
}
