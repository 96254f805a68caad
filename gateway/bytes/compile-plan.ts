import type { IsAbstract } from '../execute/fetch/compile-merge.js';
import type { EchoedInner } from '../execute/fetch/echoed-keys.js';
import type { EntityContent, EntityPart, FetchPlan, FetchRequest } from '../execute/fetch/fetch-plan.js';
import type { ReplyShape } from '../execute/fetch/reply-shape.js';
import type { RequiredMember } from '../execute/fetch/required-fields.js';
import { requiredOf } from '../execute/fetch/required-fields.js';
import type { Projection } from '../execute/project/projection.js';
import {
  createNumbers,
  createProjectionCompiler,
  isFetched,
  NotCarried,
  objectsOf,
  type Program,
  type ProgramNumbers,
} from './compile-program.js';
import { createImageWriter, type ImageWriter } from './image-writer.js';
import { OBJECT_IS_ROOT } from './layout.js';
import * as layout from './plan-layout.js';

/** A plan of several requests, and what is shown of their replies, as the scanner carries it out. */
export interface PlanProgram extends Program {
  /** By their places in the plan. */
  readonly requests: readonly PlanRequest[];
}

export interface PlanRequest {
  /** Place of the shape of the reply's `data`. */
  readonly shape: number;
  /** Place of what is asked of entities; null: fields of the root. */
  readonly entities: number | null;
  /** Places of groups in the image, by their places in the plan. */
  readonly groups: ReadonlyMap<number, number>;
}

/** Larger programs are not worth their memory, as they are copied for each request. */
const MOST_IMAGE_BYTES = 128 * 1024;
const MOST_MEMBERS = layout.NO_FIELD - 1;

/**
 * Compiles a fetch plan and what is shown of it into a program for bytes. It knows no rule that these do not have.
 *
 * @returns null for what bytes do not carry: beside what `compileProgram` leaves out, rewrites of interface objects, fields of a root
 *   type inside the answer, entities that must not be shared by the places that show them.
 */
export function compilePlan(
  { requests }: FetchPlan,
  { root }: Projection,
  isAbstract: IsAbstract,
): PlanProgram | null {
  try {
    const fetched = requests.flatMap(({ content }) => (content.kind === 'root' ? content.fields : []));
    if (!isFetched(root, new Set(fetched))) return null;
    const image = createImageWriter();
    const numbers = createNumbers();
    const plan = image.record(layout.PLAN_BYTES);
    const projection = createProjectionCompiler(image, numbers);
    image.set(plan, layout.PLAN_ROOT_AT, projection.objectRecord(root, OBJECT_IS_ROOT));
    const compiler = new PlanCompiler(image, numbers, isAbstract);
    const compiled = requests.map((request) => compiler.request(request));
    image.set(plan, layout.PLAN_ROOT_SHAPE_AT, compiler.shape({ members: [] }));
    image.set(plan, layout.PLAN_ID_AT, numbers.members.of('id'));
    image.set(plan, layout.PLAN_REF_AT, numbers.members.of('ref'));
    const objects = objectsOf(projection.known);
    image.set(
      plan,
      layout.PLAN_OBJECTS_AT,
      wordsRecord(
        image,
        objects.map(({ record }) => record),
      ),
    );
    compiler.finish(plan);
    const bytes = image.finish();
    if (bytes.length > MOST_IMAGE_BYTES) return null;
    return { image: bytes, objects, rootName: root.typeName, requests: compiled };
  } catch (error) {
    if (error instanceof NotCarried) return null;
    throw error;
  }
}

function wordsRecord(image: ImageWriter, words: readonly number[]): number {
  const record = image.record(layout.COUNT_BYTES + words.length * 4);
  image.set(record, 0, words.length);
  for (const [index, word] of words.entries()) image.set(record, layout.COUNT_BYTES + index * 4, word);
  return record;
}

class PlanCompiler {
  readonly #image: ImageWriter;
  readonly #numbers: ProgramNumbers;
  readonly #isAbstract: IsAbstract;
  /** Shapes whose tables are to be written when all members have their numbers. */
  readonly #shapes: { readonly record: number; readonly names: readonly string[] }[] = [];

  constructor(image: ImageWriter, numbers: ProgramNumbers, isAbstract: IsAbstract) {
    this.#image = image;
    this.#numbers = numbers;
    this.#isAbstract = isAbstract;
  }

  request({ content }: FetchRequest): PlanRequest {
    if (content.kind === 'root') {
      if (content.place !== null || content.isRewritten) throw new NotCarried('fields of a root type inside');
      return { shape: this.shape(content.shape), entities: null, groups: new Map() };
    }
    const members = content.parts.map(({ responseName, echoedShape }) => ({
      name: responseName,
      shape: echoedShape,
    }));
    const typeAliases = new Set(content.parts.map(({ echo }) => echo.typeAlias));
    const groups = new Map<number, number>();
    return { shape: this.shape({ members }, typeAliases), entities: this.#entities(content, groups), groups };
  }

  /** @param typeAliases response names of entities' types. */
  shape({ members }: ReplyShape, typeAliases: ReadonlySet<string> = new Set()): number {
    const names = members.map(({ name }) => name);
    // It may come without having been asked for.
    const all = names.includes('__typename') ? members : [...members, { name: '__typename', shape: null }];
    if (all.length > MOST_MEMBERS) throw new NotCarried('too many members');
    const record = this.#image.record(layout.SHAPE_BYTES + all.length * layout.MEMBER_BYTES);
    this.#image.set(record, layout.SHAPE_COUNT_AT, all.length);
    for (const [index, { name, shape }] of all.entries()) {
      this.#numbers.members.of(name);
      const member = record + layout.SHAPE_BYTES + index * layout.MEMBER_BYTES;
      this.#image.text(member, layout.MEMBER_KEY_AT, `${JSON.stringify(name)}:`);
      if (shape !== null) this.#image.set(member, layout.MEMBER_SHAPE_AT, this.shape(shape, typeAliases));
      if (name === '__typename') this.#image.set(member, layout.MEMBER_ROLE_AT, layout.ROLE_IS_TYPE);
      else if (typeAliases.has(name)) this.#image.set(member, layout.MEMBER_ROLE_AT, layout.ROLE_IS_TYPE_TOO);
    }
    this.#shapes.push({ record, names: all.map(({ name }) => name) });
    return record;
  }

  #entities({ parts }: EntityContent, groups: Map<number, number>): number {
    const request = this.#image.record(layout.REQUEST_BYTES + parts.length * layout.PART_BYTES);
    this.#image.set(request, layout.REQUEST_COUNT_AT, parts.length);
    for (const [index, part] of parts.entries()) {
      const record = request + layout.REQUEST_BYTES + index * layout.PART_BYTES;
      const label = `${index === 0 ? '{' : '],'}${JSON.stringify(part.variableName)}:[`;
      this.#image.text(record, layout.PART_LABEL_AT, label);
      this.#image.set(record, layout.PART_NAME_AT, this.#numbers.members.of(part.responseName));
      this.#image.set(record, layout.PART_GROUPS_AT, this.#groups(part, groups));
      this.#image.set(record, layout.PART_SENT_AT, this.#sent(part));
      this.#image.set(record, layout.PART_ASKS_TYPES_AT, part.echo.asksTypes ? 1 : 0);
    }
    return request;
  }

  #groups(part: EntityPart, groups: Map<number, number>): number {
    if (part.isRewritten || part.builder.isRewritten) throw new NotCarried('rewrites');
    if (part.groups.length > 1 && !part.sharesObjects) throw new NotCarried('entities that are not shared');
    return this.#list(part.groups, layout.GROUP_BYTES, ({ group, path }, record) => {
      groups.set(group, record);
      const steps = path.map((step) => (step === '@' ? layout.EACH : this.#numbers.members.of(step)));
      this.#image.set(record, layout.GROUP_PATH_AT, wordsRecord(this.#image, steps));
    });
  }

  #sent({ builder, echo }: EntityPart): number {
    // The name of an interface stands for objects of several types: what is known of them is left to the objects.
    const typeNames = [...builder.typeNames].filter((name) => !this.#isAbstract(name));
    return this.#list(typeNames, layout.SENT_BYTES, (typeName, record) => {
      const { members, hasLess } = builder.requirementOf(typeName);
      this.#image.set(record, layout.SENT_TYPE_AT, this.#numbers.types.of(typeName));
      this.#image.text(record, layout.SENT_HEAD_AT, `{"__typename":${JSON.stringify(typeName)}`);
      this.#image.set(record, layout.SENT_MEMBERS_AT, this.#required(members));
      this.#image.set(record, layout.SENT_ECHO_AT, this.#echo(echo.fieldsOf(typeName), members));
      this.#image.set(record, layout.SENT_HAS_LESS_AT, hasLess ? 1 : 0);
    });
  }

  #required(members: readonly RequiredMember[]): number {
    return this.#list(members, layout.REQUIRED_BYTES, ({ name, source, selections }, record) => {
      this.#image.set(record, layout.REQUIRED_NAME_AT, this.#numbers.members.of(source));
      this.#image.text(record, layout.REQUIRED_LABEL_AT, `,${JSON.stringify(name)}:`);
      if (selections !== null)
        this.#image.set(record, layout.REQUIRED_MEMBERS_AT, this.#required(innerOf(selections)));
    });
  }

  /** @param sent what is sent of the object, so that it is known where the answer has it. */
  #echo(
    fields: readonly (EchoedInner & { readonly alias?: string })[],
    sent: readonly RequiredMember[],
  ): number {
    return this.#list(fields, layout.ECHO_BYTES, ({ name, alias = name, inner }, record) => {
      const member = sent.find((one) => one.name === name);
      if (member === undefined) throw new NotCarried('a key that is not sent');
      this.#image.set(record, layout.ECHO_SENT_AT, this.#numbers.members.of(member.source));
      this.#image.set(record, layout.ECHO_GIVEN_AT, this.#numbers.members.of(alias));
      if (inner === null) return;
      if (member.selections === null) throw new NotCarried('an object that is sent as a leaf');
      this.#image.set(record, layout.ECHO_INNER_AT, this.#echo(inner, innerOf(member.selections)));
    });
  }

  /** A record of entries of one size. */
  #list<Entry>(
    entries: readonly Entry[],
    bytes: number,
    write: (entry: Entry, record: number) => void,
  ): number {
    const list = this.#image.record(layout.COUNT_BYTES + entries.length * bytes);
    this.#image.set(list, 0, entries.length);
    for (const [index, entry] of entries.entries()) write(entry, list + layout.COUNT_BYTES + index * bytes);
    return list;
  }

  /** Writes what takes the numbers of all members and types. */
  finish(plan: number): void {
    const { members, types } = this.#numbers;
    const texts = (names: readonly string[]): number =>
      this.#list(names, layout.TEXT_BYTES, (name, record) =>
        this.#image.text(record, layout.TEXT_AT, JSON.stringify(name)),
      );
    this.#image.set(plan, layout.PLAN_NAMES_AT, texts(members.names));
    this.#image.set(plan, layout.PLAN_TYPES_AT, texts(types.names));
    for (const { record, names } of this.#shapes) {
      const table = Buffer.alloc(members.names.length, layout.NO_FIELD);
      for (const [index, name] of names.entries()) table[members.of(name)] = index;
      this.#image.bytes(record, layout.SHAPE_FIELDS_AT, table);
    }
  }
}

/** What is sent of objects below an entity, whatever their types are. */
function innerOf(selections: NonNullable<RequiredMember['selections']>): readonly RequiredMember[] {
  if (selections.some(({ kind }) => kind === 'InlineFragment'))
    throw new NotCarried('what is sent depends on the type');
  return requiredOf(selections, undefined, NO_JOINS);
}

const NO_JOINS = { narrowerTypes: (name: string) => new Set([name]) };
