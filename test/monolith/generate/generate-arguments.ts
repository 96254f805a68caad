import {
  type ArgumentNode,
  type ConstValueNode,
  type GraphQLArgument,
  GraphQLBoolean,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLNonNull,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parseType,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import type { Random } from '../../../demo/random.js';

/** An argument, or a field of an input object. */
export interface ArgumentPlace {
  /** `Query.cases` or `CaseFilter`. */
  readonly owner: string;
  readonly name: string;
  /** Without lists and non-nulls. */
  readonly typeName: string;
}

/** What an argument is given, where anything of its type would not do. */
export interface ArgumentHint {
  /** Whether it is given at all when it need not be, 0 to 1. */
  readonly presence?: number;
  /** Scalars to choose from; of a list, its items. */
  readonly values?: readonly Scalar[];
  /** Of an input object, how many fields are mostly given: exactly one, or one at least. */
  readonly fields?: 'one' | 'some';
  /** Of a list, to choose from; mostly. */
  readonly lengths?: readonly number[];
}

export type Scalar = string | number | boolean;
export type ArgumentHints = (place: ArgumentPlace) => ArgumentHint | undefined;

const VARIABLE = 0.2;
const REUSED = 0.4;
const NULL = 0.04;
const OPTIONAL = 0.3;
const SINGLE_FOR_LIST = 0.1;
/** How often a list or an input object is longer or shorter than it should be. */
const MISFIT = 0.03;
const MAX_TRIES = 40;
const LENGTHS = [0, 1, 1, 1, 2, 2, 3];

const SCALARS: Readonly<Record<string, readonly Scalar[]>> = {
  Int: [0, 1, 2, 3, 5, 10, -1, 2147483647],
  Float: [0, 1.5, -2, 1e21],
  String: ['', 'a', '1', 'Table', '文 "quoted" \\ \n', '\u2028$x{}'],
  Boolean: [true, false],
  ID: ['1', '2', 3, 'c1', 'none'],
};

type ArgumentOrField = GraphQLArgument | GraphQLInputField;

interface Location {
  readonly type: GraphQLInputType;
  readonly place: ArgumentPlace;
  /** A variable may be left out where there is a default. */
  readonly hasDefault: boolean;
  /** Of input objects. */
  readonly depth: number;
}

/** Makes arguments, and declares the variables that they need. */
export class ArgumentGenerator {
  readonly definitions: VariableDefinitionNode[] = [];
  /** Of the variables. */
  readonly values: Record<string, unknown> = {};
  readonly #random: Random;
  readonly #hints: ArgumentHints;
  readonly #declared: { readonly name: string; readonly fits: string }[] = [];

  constructor(random: Random, hints: ArgumentHints) {
    this.#random = random;
    this.#hints = hints;
  }

  argumentsOf(owner: string, fields: readonly GraphQLArgument[]): ArgumentNode[] {
    const given = this.#choose(owner, fields, 0);
    return this.#valuesOf(owner, given, 0, true).map(([name, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: name },
      value,
    }));
  }

  /** For `@skip` and `@include`. */
  condition(): ValueNode {
    if (this.#random.chance(0.4)) return { kind: Kind.BOOLEAN, value: this.#random.chance(0.5) };
    const place = { owner: '@', name: 'if', typeName: 'Boolean' };
    return this.#variable({ type: new GraphQLNonNull(GraphQLBoolean), place, hasDefault: false, depth: 0 });
  }

  #choose<Field extends ArgumentOrField>(owner: string, fields: readonly Field[], depth: number): Field[] {
    return this.#random.shuffle(fields).filter((field) => {
      const presence = this.#hints(placeOf(owner, field))?.presence ?? OPTIONAL / (1 + depth);
      return isRequired(field) || this.#random.chance(presence);
    });
  }

  #chooseFields(type: GraphQLInputObjectType, place: ArgumentPlace, depth: number): GraphQLInputField[] {
    const wanted = this.#hints(place)?.fields;
    const isStrict = wanted !== undefined && !this.#random.chance(MISFIT);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const chosen = this.#choose(type.name, Object.values(type.getFields()), depth);
      if (!isStrict || chosen.length === 1 || (wanted === 'some' && chosen.length > 0)) return chosen;
    }
    return [];
  }

  #valuesOf(
    owner: string,
    fields: readonly ArgumentOrField[],
    depth: number,
    mayVary: boolean,
  ): (readonly [string, ValueNode])[] {
    return fields.map((field) => {
      const hasDefault = field.defaultValue !== undefined;
      const location = { type: field.type, place: placeOf(owner, field), hasDefault, depth };
      return [field.name, this.#value(location, mayVary)];
    });
  }

  #value(location: Location, mayVary: boolean): ValueNode {
    return mayVary && this.#random.chance(VARIABLE)
      ? this.#variable(location)
      : this.#literal(location, mayVary);
  }

  #literal(location: Location, mayVary: boolean): ValueNode {
    const { type } = location;
    if (isNonNullType(type)) return this.#present({ ...location, type: type.ofType }, mayVary);
    return this.#random.chance(NULL) ? { kind: Kind.NULL } : this.#present(location, mayVary);
  }

  #present(location: Location, mayVary: boolean): ValueNode {
    const { type, place, depth } = location;
    if (isNonNullType(type)) return this.#present({ ...location, type: type.ofType }, mayVary);
    if (isListType(type)) {
      const item = { ...location, type: type.ofType, hasDefault: false };
      if (this.#random.chance(SINGLE_FOR_LIST)) return this.#present(item, false);
      const { lengths = LENGTHS } = this.#random.chance(MISFIT) ? {} : (this.#hints(place) ?? {});
      const length = this.#random.pick(lengths);
      return { kind: Kind.LIST, values: Array.from({ length }, () => this.#value(item, mayVary)) };
    }
    if (isInputObjectType(type)) {
      const chosen = this.#chooseFields(type, place, depth + 1);
      const given = this.#valuesOf(type.name, chosen, depth + 1, mayVary);
      const fields = given.map(([name, value]) => ({
        kind: Kind.OBJECT_FIELD as const,
        name: { kind: Kind.NAME as const, value: name },
        value,
      }));
      return { kind: Kind.OBJECT, fields };
    }
    if (isEnumType(type)) return { kind: Kind.ENUM, value: this.#random.pick(type.getValues()).name };
    const values = this.#hints(place)?.values ?? SCALARS[type.name] ?? ['none'];
    return scalarNode(this.#random.pick(values), type.name);
  }

  #variable(location: Location): ValueNode {
    const { type, place, hasDefault } = location;
    const fits = `${type} ${hasDefault} ${place.owner}.${place.name}`;
    const known = this.#declared.filter((one) => one.fits === fits);
    const name =
      known.length > 0 && this.#random.chance(REUSED)
        ? this.#random.pick(known).name
        : this.#declare(location, fits);
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  }

  #declare(location: Location, fits: string): string {
    const { type, hasDefault } = location;
    const name = `v${this.#declared.length}`;
    this.#declared.push({ name, fits });
    const nullable = isNonNullType(type) ? type.ofType : type;
    const needsDefault = isNonNullType(type) && !hasDefault;
    const isNullable = isNonNullType(type) ? this.#random.chance(0.3) : this.#random.chance(0.75);
    const isDefaulted = isNullable && (needsDefault || this.#random.chance(0.3));
    const isLeftOut = isNullable && this.#random.chance(0.35);
    if (!isLeftOut) {
      // A null where none may be fails its field before graphql-js has an object for it, which a gateway may not find;
      // that of a condition fails the whole operation.
      const mayBeNull = isNullable && !isNonNullType(type);
      const given = mayBeNull
        ? this.#literal({ ...location, type: nullable }, false)
        : this.#present(location, false);
      this.values[name] = valueFromASTUntyped(given);
    }
    this.definitions.push({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: parseType(isNullable ? String(nullable) : `${nullable}!`, { noLocation: true }),
      ...(isDefaulted && { defaultValue: this.#present(location, false) as ConstValueNode }),
    });
    return name;
  }
}

function placeOf(owner: string, field: ArgumentOrField): ArgumentPlace {
  return { owner, name: field.name, typeName: getNamedType(field.type).name };
}

function isRequired(field: ArgumentOrField): boolean {
  return isNonNullType(field.type) && field.defaultValue === undefined;
}

function scalarNode(value: Scalar, typeName: string): ConstValueNode {
  if (typeof value === 'boolean') return { kind: Kind.BOOLEAN, value };
  if (typeof value === 'string') return { kind: Kind.STRING, value };
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 31;
  return isWhole && (typeName !== 'Float' || value % 2 === 0)
    ? { kind: Kind.INT, value: String(value) }
    : { kind: Kind.FLOAT, value: String(value) };
}
