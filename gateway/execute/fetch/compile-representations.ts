import { stringifyExact } from '../../../runtime/json/exact-json.js';
import type { Joins } from '../../plan/joins.js';
import type { RequiredSelection, Rewrite } from '../../plan/query-plan.js';
import type { AnswerObject } from './compile-merge.js';
import { literalMember, memberOf } from './generated-code.js';
import { type RequiredMember, requiredAlternatives, requiredOf } from './required-fields.js';
import { applyRewrites } from './rewrites.js';

/** What is sent of one object: the arguments of `_entities`. */
export type Representation = Readonly<Record<string, unknown>>;

/** The objects of one `_entities` call: each thing that is asked for once, and all places that asked for it. */
export interface Representations {
  readonly list: Representation[];
  /** Objects that wait for the answer, in the order in which they were taken. */
  readonly targets: AnswerObject[];
  /** For each target, the place of its representation in `list`. */
  readonly entityIndexes: number[];
}

/** Takes an object whose required fields are all known; others are passed over. */
type TakeObject = (object: AnswerObject) => void;

export interface RepresentationBuilder {
  start(): Representations & { readonly take: TakeObject };
  /** Names of types whose objects are sent. */
  readonly typeNames: ReadonlySet<string>;
  /** Whether what is sent has other names than the answer's objects have, beyond `RequiredMember.name`. */
  readonly isRewritten: boolean;
  requirementOf(typeName: string): Requirement;
}

/** What is sent of the objects of a type. */
export interface Requirement {
  /** Members of a representation beside `__typename`. */
  readonly members: readonly RequiredMember[];
  /** Whether those that are known of an object may be sent where others are not. */
  readonly hasLess: boolean;
}

interface Collection extends Representations {
  /** Last representation with the same value of its first field. */
  readonly index: Map<unknown, number>;
  /** For each representation, the one before with that value. */
  readonly previous: (number | undefined)[];
}

/** Takes an object of a known type; for the names see `Collection`. */
type TakeTyped = (object: AnswerObject, into: Collection) => void;

/**
 * Compiles what is sent of the objects at a place of the plan. Representations are told apart by comparing their
 * fields, the first of which is looked up.
 */
export function compileRepresentations(
  requires: readonly RequiredSelection[],
  rewrites: readonly Rewrite[],
  joins: Joins,
): RepresentationBuilder {
  const byType = new Map<unknown, TakeTyped>();
  const compileFor = (typeName: string): TakeTyped => {
    const sentType = rewrittenType(typeName, rewrites, joins);
    const others = rewrites.filter(({ path }) => path.at(-1) !== '__typename');
    const question = { sentType, rewrites: others, joins };
    const take = compileAlternatives(requiredAlternatives(requires, typeName, joins), question);
    byType.set(typeName, take);
    return take;
  };
  const known = new Set(
    requires.flatMap((selection) =>
      selection.kind === 'InlineFragment' && selection.typeCondition !== undefined
        ? [...joins.narrowerTypes(selection.typeCondition)]
        : [],
    ),
  );
  return {
    typeNames: known,
    isRewritten: rewrites.length > 0,
    requirementOf: (typeName) => {
      const alternatives = requiredAlternatives(requires, typeName, joins);
      return { members: allOf(alternatives), hasLess: alternatives.length > 1 };
    },
    start: () => {
      const into: Collection = { list: [], targets: [], entityIndexes: [], index: new Map(), previous: [] };
      const take = (object: AnswerObject): void => {
        const typeName = object.__typename;
        const typed = byType.get(typeName);
        if (typed !== undefined) typed(object, into);
        else if (typeof typeName === 'string' && known.has(typeName)) compileFor(typeName)(object, into);
      };
      return { ...into, take };
    },
  };
}

function passOver(): void {}

/** The name under which a subgraph knows the type: an interface's, where it knows the interface as an object. */
function rewrittenType(typeName: string, rewrites: readonly Rewrite[], joins: Joins): string {
  let sent = typeName;
  for (const rewrite of rewrites) {
    const [first = '', last] = rewrite.path;
    if (rewrite.kind !== 'ValueSetter' || last !== '__typename' || rewrite.path.length !== 2) continue;
    const condition = first.replace('... on ', '');
    if (joins.narrowerTypes(condition).has(sent)) sent = String(rewrite.setValueTo);
  }
  return sent;
}

interface Question {
  readonly sentType: string;
  readonly rewrites: readonly Rewrite[];
  readonly joins: Joins;
}

/**
 * Takes an object with all fields that are known of those that are asked for together: a condition may have left out what
 * only a part of the fetch requires, and that part is left out as well.
 */
function compileAlternatives(groups: readonly (readonly RequiredMember[])[], question: Question): TakeTyped {
  if (groups.length === 0) return passOver;
  const all = allOf(groups);
  if (groups.length === 1) return compileTake(all, question, passOver);
  const known = new Map<string, TakeTyped>();
  return compileTake(all, question, (object, into) => {
    const met = groups.filter((group) => group.every((member) => isKnown(object, member)));
    if (met.length === groups.length || met.length === 0) return;
    const names = new Set(met.flat().map(({ name }) => name));
    const id = [...names].join();
    const fewer = known.get(id) ?? compileAlternatives(met, question);
    known.set(id, fewer);
    fewer(object, into);
  });
}

function allOf(groups: readonly (readonly RequiredMember[])[]): readonly RequiredMember[] {
  const all = new Map(groups.flat().map((member) => [member.name, member]));
  return [...all.values()].filter(({ name }) => name !== '__typename');
}

function isKnown(object: AnswerObject, { source }: RequiredMember): boolean {
  return Object.hasOwn(object, source) && object[source] !== undefined;
}

/** @param lacks takes objects of which a field is not known. */
function compileTake(
  fields: readonly RequiredMember[],
  { sentType, rewrites, joins }: Question,
  lacks: TakeTyped,
): TakeTyped {
  const nested = fields.map(({ selections }) =>
    selections === null ? null : compileNested(selections, joins),
  );
  const names = fields.map((_, index) => `f${index}`);
  const reads = fields.map(({ source, selections }, index) => {
    const read = memberOf('object', source);
    return `const f${index} = ${selections === null ? read : `nested[${index}](${read})`}; if (f${index} === undefined) { lacks(object, into); return; }`;
  });
  const literalMembers = fields.map(({ name }, index) => literalMember(name, `f${index}`));
  const literal = `{ ${[literalMember('__typename', JSON.stringify(sentType)), ...literalMembers].join(', ')} }`;
  const first = names[0] ?? 'undefined';
  const key = `typeof ${first} === 'object' && ${first} !== null ? textOf(${first}) : ${first}`;
  // A leaf may be a list or an object as well, whose text another one's value may be.
  const same = fields.map(({ name }, index) => {
    const compare = memberOf('other', name);
    return `(${compare} === f${index} || isSame(${compare}, f${index}))`;
  });
  const isSameRepresentation = [`other.__typename === ${JSON.stringify(sentType)}`, ...same].join(' && ');
  const code = `return (object, into) => {
    ${reads.join('\n')}
    const key = ${key};
    const last = into.index.get(key);
    let entityIndex = last;
    while (entityIndex !== undefined) {
      const other = into.list[entityIndex];
      if (${isSameRepresentation}) break;
      entityIndex = into.previous[entityIndex];
    }
    if (entityIndex === undefined) {
      entityIndex = into.list.length;
      const representation = ${literal};
      ${rewrites.length > 0 ? 'rewrite(representation);' : ''}
      into.list.push(representation);
      into.previous.push(last);
      into.index.set(key, entityIndex);
    }
    into.targets.push(object);
    into.entityIndexes.push(entityIndex);
  };`;
  const rewrite = (value: unknown): void => applyRewrites(value, rewrites, joins);
  return new Function('nested', 'isSame', 'textOf', 'rewrite', 'lacks', code)(
    nested,
    isSame,
    stringifyExact,
    rewrite,
    lacks,
  ) as TakeTyped;
}

/** Whether two lists or objects are the same. */
function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  return stringifyExact(left) === stringifyExact(right);
}

type Pick = (value: unknown) => unknown;

/** Picks the required part of an object below an entity; undefined when something of it is not known. */
function compileNested(selections: readonly RequiredSelection[], joins: Joins): Pick {
  const byType = new Map<unknown, readonly (RequiredMember & { readonly pick: Pick | null })[]>();
  const membersOf = (typeName: unknown) => {
    const known = byType.get(typeName);
    if (known !== undefined) return known;
    const members = requiredOf(selections, typeof typeName === 'string' ? typeName : undefined, joins).map(
      (member) => ({
        ...member,
        pick: member.selections === null ? null : compileNested(member.selections, joins),
      }),
    );
    // Names of types are the graph's, unless a subgraph makes them up.
    if (typeName === undefined || (typeof typeName === 'string' && joins.types.has(typeName))) {
      byType.set(typeName, members);
    }
    return members;
  };
  const pick: Pick = (value) => {
    if (value === null || value === undefined) return value;
    if (Array.isArray(value)) {
      const list = value.map(pick);
      return list.includes(undefined) ? undefined : list;
    }
    if (typeof value !== 'object') return undefined;
    const object = value as AnswerObject;
    const picked: AnswerObject = Object.create(null);
    for (const { source, name, pick: pickInner } of membersOf(object.__typename)) {
      const member = Object.hasOwn(object, source) ? object[source] : undefined;
      const inner = pickInner === null ? member : pickInner(member);
      if (inner === undefined) return undefined;
      picked[name] = inner;
    }
    return picked;
  };
  return pick;
}
