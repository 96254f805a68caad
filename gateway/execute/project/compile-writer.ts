import { ExactNumber } from '../../../runtime/json/exact-json.js';
import { memberOf } from '../fetch/generated-code.js';
import type { Introspect, ProjectedField, ProjectedObject, ProjectedType, Projection } from './projection.js';
import { quote } from './quote.js';

interface WriterInput {
  readonly data: unknown;
  /** Whether no text in the data has a character that JSON would have to escape. */
  readonly isUnescaped: boolean;
}

/**
 * Writes the JSON text of the answer straight from the gathered data, in the order of the query.
 *
 * @param introspect answers introspection fields.
 * @returns null as soon as anything is not as the schema has it: then `completeAnswer` says what, and where.
 */
export type AnswerWriter = (input: WriterInput, introspect: Introspect) => string | null;

/** Thrown by generated code; it never leaves this module. */
const VIOLATION = Symbol('violation');

type WriteObject = (object: unknown, introspect: Introspect) => string;

/** The same functions as `completeAnswer` interprets, as code. Types of an interface are compiled when they first occur. */
export function compileWriter(projection: Projection): AnswerWriter {
  let careful: WriteObject | null = null;
  let plain: WriteObject | null = null;
  const { root, introspects } = projection;
  return ({ data, isUnescaped }, introspect) => {
    let write: WriteObject;
    if (isUnescaped) write = plain ??= compileObject(root, { ...PLAIN, introspects }, true);
    else write = careful ??= compileObject(root, { ...QUOTED, introspects }, true);
    try {
      return write(data, introspect);
    } catch (error) {
      if (error === VIOLATION) return null;
      throw error;
    }
  };
}

/** How a text is written: looked through for what must be escaped, or not. */
interface TextMode {
  /** An expression for the JSON text of the text `v`. */
  readonly text: string;
}

const QUOTED: TextMode = { text: 'q(v)' };
/** Looking through every text would cost as much as all the rest of the writing. */
const PLAIN: TextMode = { text: `'"' + v + '"'` };

interface WriterMode extends TextMode {
  /** Whether objects below the root may have introspection fields. */
  readonly introspects: boolean;
}

interface CodeUnit {
  readonly mode: WriterMode;
  /** The last parameter of calls of functions for inner values. */
  readonly rest: string;
  /** Declarations of functions. */
  readonly functions: string[];
  readonly names: Map<ProjectedObject, string>;
  /** What the code uses from here: sets of names, and writers for abstract types. */
  readonly values: unknown[];
}

function compileObject(root: ProjectedObject, mode: WriterMode, isRoot: boolean): WriteObject {
  const rest = mode.introspects ? ', intro' : '';
  const unit: CodeUnit = { mode, rest, functions: [], names: new Map(), values: [] };
  const name = declareObject(root, unit, isRoot);
  const code = `${unit.functions.join('\n')}\nreturn ${name};`;
  return new Function('q', 'V', 'k', code)(quote, VIOLATION, unit.values) as WriteObject;
}

function declareObject(object: ProjectedObject, unit: CodeUnit, isRoot: boolean): string {
  const known = unit.names.get(object);
  if (known !== undefined) return known;
  const name = `w${unit.names.size}`;
  unit.names.set(object, name);
  const typeName = JSON.stringify(object.typeName);
  const body = object.fields.map((field, index) => {
    const label = JSON.stringify(`${index === 0 ? '{' : ','}${JSON.stringify(fieldName(field))}:`);
    return `s += ${label};\n${writeField(field, object, unit, isRoot)}`;
  });
  const isObject = isRoot ? '' : "if (typeof o !== 'object' || Array.isArray(o)) throw V;";
  const hasType = `if (o.__typename !== undefined && o.__typename !== ${typeName}) throw V;`;
  const checks = isRoot || object.isRootType ? isObject : `${isObject} ${hasType}`;
  const end = object.fields.length === 0 ? "return '{}';" : "return s + '}';";
  unit.functions.push(`function ${name}(o, intro) { ${checks} let s = '', v; ${body.join('\n')} ${end} }`);
  return name;
}

function fieldName({ responseName }: ProjectedField): string {
  return responseName;
}

function writeField(field: ProjectedField, object: ProjectedObject, unit: CodeUnit, isRoot: boolean): string {
  switch (field.kind) {
    case 'typename':
      return `s += ${JSON.stringify(JSON.stringify(object.typeName))};`;
    case 'denied':
      return field.isNonNull ? 'throw V;' : "s += 'null';";
    case 'introspection':
      return `s += intro(k[${unit.values.push(field) - 1}]);`;
    case 'data': {
      // Nothing was fetched for a field of the root: its null would be a lie.
      const fetched = isRoot ? 'if (v === undefined) throw V;' : '';
      return `v = ${memberOf('o', field.source)}; ${fetched} ${writeValue(field.type, unit)}`;
    }
  }
}

/** Statements that add the text of `v` to `s`. */
function writeValue(type: ProjectedType, unit: CodeUnit): string {
  const isNull = type.isNonNull
    ? 'if (v === undefined || v === null) throw V; else'
    : "if (v === undefined || v === null) s += 'null'; else";
  switch (type.kind) {
    case 'leaf': {
      const { leaf } = type;
      const place = unit.values.push(leaf) - 1;
      const test = leaf.names === null ? leaf.fastTest : leaf.fastTest.replace('names', `k[${place}].names`);
      // What is not of the plain kind may still be of the type, or be null.
      const careful = `${isNull} { const t = k[${place}].write(v); if (t === null) throw V; s += t; }`;
      const text = leaf.isText ? unit.mode.text : leaf.fastText;
      return `if (${test}) s += ${text}; else ${careful}`;
    }
    case 'object':
      return `${isNull} s += ${declareObject(type.object, unit, false)}(v${unit.rest});`;
    case 'abstract':
      return `${isNull} s += k[${unit.values.push(createAbstractWriter(type.objectOf, unit.mode)) - 1}](v${unit.rest});`;
    case 'list': {
      const list = `l${unit.functions.length}_${unit.values.push(null)}`;
      const item = writeValue(type.item, unit);
      unit.functions.push(
        `function ${list}(a${unit.rest}) { if (!Array.isArray(a)) throw V; let s = '[', v; for (let i = 0; i < a.length; i++) { if (i > 0) s += ','; v = a[i]; ${item} } return s + ']'; }`,
      );
      return `${isNull} s += ${list}(v${unit.rest});`;
    }
  }
}

function createAbstractWriter(
  objectOf: (typeName: unknown) => ProjectedObject | null,
  mode: WriterMode,
): WriteObject {
  const writers = new Map<unknown, WriteObject>();
  return (value, introspect) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw VIOLATION;
    if (value instanceof ExactNumber) throw VIOLATION;
    const typeName: unknown = Object.hasOwn(value, '__typename')
      ? (value as Record<string, unknown>).__typename
      : undefined;
    let write = writers.get(typeName);
    if (write === undefined) {
      const object = objectOf(typeName);
      if (object === null) throw VIOLATION;
      write = compileObject(object, mode, false);
      writers.set(typeName, write);
    }
    return write(value, introspect);
  };
}
