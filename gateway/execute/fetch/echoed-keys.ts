import { type FieldNode, Kind, type SelectionSetNode, type TypeNode } from 'graphql';
import { fragmentOn } from '../../plan/fragment-on.js';
import { type Joins, nameOfType } from '../../plan/joins.js';
import { type AnswerObject, isAnswerObject } from './compile-merge.js';
import type { Representation } from './compile-representations.js';
import { isSameSpelling } from './key-spelling.js';

/** A key's field that is asked back with an entity, so that no other entity can pass for it. */
export interface EchoedField {
  /** What the key calls it. */
  readonly name: string;
  /** Alias in the answer. */
  readonly alias: string;
  readonly inner: readonly EchoedInner[] | null;
}

/** A field below a key's field. */
export interface EchoedInner {
  readonly name: string;
  readonly inner: readonly EchoedInner[] | null;
}

export interface EchoedSelection {
  /** The selections of the plan, and the keys. */
  readonly selectionSet: SelectionSetNode;
  /** The same for a subgraph that does not give keys back: with the types of the entities. */
  readonly keylessSelectionSet: SelectionSetNode;
  /** Response names of the keys. */
  readonly aliases: readonly string[];
  /** Response name of the entity's type, and whether it is asked for beside the keys. */
  readonly typeAlias: string;
  readonly asksTypes: boolean;
  /** The keys that come back with an entity that was sent under the name of a type. */
  fieldsOf(sentType: string): readonly EchoedField[];
  /** Whether an answer's object is of a type that the representation's can turn out to be. */
  hasTypeOf(entity: AnswerObject, representation: Representation): boolean;
  /** Whether an answer's object is the one that the representation stands for. */
  hasKeyOf(entity: AnswerObject, representation: Representation): boolean;
  /**
   * For keys that came back otherwise: whether they are those of the representation in another spelling, and no other
   * representation's.
   *
   * @param all that were sent.
   */
  compareSpellings(all: readonly Representation[]): EchoedSelection['hasKeyOf'];
}

/** Scalars that come back as they were sent; others may have several spellings. */
const EXACT_SCALARS = new Set(['ID', 'String', 'Int', 'Boolean']);

/** Custom scalars are left out: a date may come back in another spelling. */
interface EchoOptions {
  readonly subgraph: string;
  readonly joins: Joins;
  /** Starts no response name of the operation. */
  readonly prefix: string;
  /** What is sent: names joined by dots. */
  readonly sentPaths: ReadonlySet<string>;
}

/** @param selectionSet on `_entities`: fragments on the types of the entities. */
export function askKeysBack(selectionSet: SelectionSetNode, options: EchoOptions): EchoedSelection {
  const typeNames = new Set(
    selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT && selection.typeCondition !== undefined
        ? [selection.typeCondition.name.value]
        : [],
    ),
  );
  const asked = [...typeNames]
    .map((typeName, place) => ({ typeName, fields: echoedFields(typeName, place, options) }))
    .filter(({ fields }) => fields.length > 0);
  const typeAlias = `${options.prefix}0`;
  const asksTypes = asked.length < typeNames.size;
  const { narrowerTypes } = options.joins;
  const fieldsByType = new Map<unknown, readonly EchoedField[]>();
  const fieldsOf = (sentType: string): readonly EchoedField[] => {
    const known = fieldsByType.get(sentType);
    if (known !== undefined) return known;
    const fields = asked
      .filter(({ typeName }) => narrowerTypes(typeName).has(sentType))
      .flatMap((one) => one.fields);
    fieldsByType.set(sentType, fields);
    return fields;
  };
  const typeField = field('__typename', typeAlias);
  return {
    selectionSet: {
      ...selectionSet,
      selections: [
        ...(asksTypes ? [typeField] : []),
        ...asked.map(({ typeName, fields }) => fragmentOn(typeName, fields.map(aliasedField))),
        ...selectionSet.selections,
      ],
    },
    keylessSelectionSet: { ...selectionSet, selections: [typeField, ...selectionSet.selections] },
    typeAlias,
    asksTypes,
    fieldsOf,
    aliases: asked.flatMap(({ fields }) => fields.map(({ alias }) => alias)),
    hasTypeOf: (entity, representation) => {
      const given = entity.__typename ?? entity[typeAlias];
      const sentType = String(representation.__typename);
      return given === undefined ? !asksTypes : narrowerTypes(sentType).has(String(given));
    },
    hasKeyOf: (entity, representation) =>
      fieldsOf(String(representation.__typename)).every(({ name, alias, inner }) =>
        isEcho(entity[alias], representation[name], inner, isSameKey),
      ),
    compareSpellings: (all) => {
      const textOf = (sentType: string, read: (field: EchoedField) => unknown): string =>
        JSON.stringify(fieldsOf(sentType).map((one) => keyText(read(one), one.inner)));
      const sent = new Set(all.map((one) => textOf(String(one.__typename), ({ name }) => one[name])));
      return (entity, representation) => {
        const sentType = String(representation.__typename);
        if (sent.has(textOf(sentType, ({ alias }) => entity[alias]))) return false;
        return fieldsOf(sentType).every(({ name, alias, inner }) =>
          isEcho(entity[alias], representation[name], inner, isSameSpelling),
        );
      };
    },
  };
}

function echoedFields(
  typeName: string,
  /** Of the type among those of the selection: aliases of different types must differ. */
  place: number,
  { subgraph, joins, prefix, sentPaths }: EchoOptions,
): readonly EchoedField[] {
  const type = joins.types.get(typeName);
  for (const key of type?.keys.get(subgraph) ?? []) {
    const fields = innerFields(key, typeName, subgraph, joins);
    if (fields === null || !areSent(fields, sentPaths)) continue;
    return fields.map((one, index) => ({ ...one, alias: `${prefix}${place + 1}_${index}` }));
  }
  return [];
}

/** A type may have several keys, and two of them may differ in nothing but what is below their fields. */
function areSent(fields: readonly EchoedInner[], sentPaths: ReadonlySet<string>, at = ''): boolean {
  return fields.every(
    ({ name, inner }) => sentPaths.has(at + name) && areSent(inner ?? [], sentPaths, `${at}${name}.`),
  );
}

/** Null when something of it cannot be told by its value, or is not the subgraph's own. */
function innerFields(
  { selections }: SelectionSetNode,
  typeName: string,
  subgraph: string,
  joins: Joins,
): readonly EchoedInner[] | null {
  const fields: EchoedInner[] = [];
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) return null;
    const name = selection.name.value;
    if (name === '__typename') continue;
    const joined = joins.types.get(typeName)?.fields.get(name);
    if (joined === undefined) return null;
    if (joined.joins.some((join) => join.subgraph === subgraph && join.isExternal)) return null;
    const inner =
      selection.selectionSet === undefined
        ? null
        : innerFields(selection.selectionSet, nameOfType(joined.type), subgraph, joins);
    if (selection.selectionSet === undefined ? !isExact(joined.type) : inner === null) return null;
    fields.push({ name, inner });
  }
  return fields;
}

function isExact(type: TypeNode): boolean {
  return EXACT_SCALARS.has(nameOfType(type));
}

/** A number and its text are one value: subgraphs may differ in the type of an ID. */
function isSameKey(given: unknown, sent: unknown): boolean {
  return given === sent || String(given) === String(sent);
}

/** Null says nothing: a subgraph may find an entity by a key and not give the key. */
function isEcho(
  given: unknown,
  sent: unknown,
  inner: readonly EchoedInner[] | null,
  isSame: (given: unknown, sent: unknown) => boolean,
): boolean {
  if (given === null) return true;
  if (Array.isArray(sent)) {
    return (
      Array.isArray(given) &&
      given.length === sent.length &&
      sent.every((element, index) => isEcho(given[index], element, inner, isSame))
    );
  }
  if (inner === null || sent === null) return isSame(given, sent);
  if (!isAnswerObject(given) || !isAnswerObject(sent)) return false;
  return inner.every((one) => isEcho(given[one.name], sent[one.name], one.inner, isSame));
}

/** A key's value, so that equal keys are equal texts. */
function keyText(value: unknown, inner: readonly EchoedInner[] | null): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((element) => keyText(element, inner));
  if (inner === null || !isAnswerObject(value)) return String(value);
  return inner.map((one) => keyText(value[one.name], one.inner));
}

function aliasedField({ name, alias, inner }: EchoedField): FieldNode {
  return field(name, alias, inner);
}

function field(name: string, alias: string | null, inner: readonly EchoedInner[] | null = null): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(alias !== null && { alias: { kind: Kind.NAME, value: alias } }),
    ...(inner !== null && {
      selectionSet: {
        kind: Kind.SELECTION_SET,
        selections: inner.map((one) => field(one.name, null, one.inner)),
      },
    }),
  };
}
