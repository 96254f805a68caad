import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';
import { type Joins, parseFields } from '../joins.js';
import { responseNameOf } from '../response-name.js';

/** How the fields of one document are called in the answers of subgraphs. */
interface ResponseNames {
  /** The document to plan: fields that could be mistaken for others have aliases of their own. */
  readonly document: DocumentNode;
  /** Where subgraphs' answers hold a field of the caller's document. */
  nameOf(field: FieldNode): string;
  /** No field, alias or name of the document starts with it. */
  readonly prefix: string;
}

/**
 * Finds other names for fields that the planner would mix up with fields of its own.
 *
 * The planner adds keys and required fields under their plain names, whatever a caller's alias says: of
 * `{ product { id: name price } }` it sends the name for the id. It does the same to a field with arguments that
 * `@requires` asks for with other arguments. Names of `Object.prototype` are replaced as well, so that no object of an
 * answer is ever asked for a member that it inherits.
 */
export function findResponseNames(document: DocumentNode, fieldSetNames: ReadonlySet<string>): ResponseNames {
  const prefix = choosePrefix(document, fieldSetNames);
  const nameOf = (field: FieldNode): string => {
    const responseName = responseNameOf(field);
    return isMistakable(field, responseName, fieldSetNames) ? prefix + responseName : responseName;
  };
  const renamed = visit(document, {
    Field: (field) => {
      const name = nameOf(field);
      if (name === responseNameOf(field)) return undefined;
      return { ...field, alias: { kind: Kind.NAME, value: name } };
    },
  });
  return { document: renamed, nameOf, prefix };
}

function isMistakable(field: FieldNode, responseName: string, fieldSetNames: ReadonlySet<string>): boolean {
  if (responseName in Object.prototype) return true;
  if (responseName !== field.name.value)
    return responseName.startsWith('__') || fieldSetNames.has(responseName);
  return (field.arguments?.length ?? 0) > 0 && fieldSetNames.has(responseName);
}

function choosePrefix(document: DocumentNode, fieldSetNames: ReadonlySet<string>): string {
  const taken = new Set(fieldSetNames);
  visit(document, { Name: ({ value }) => void taken.add(value) });
  for (let number = 0; ; number++) {
    const prefix = number === 0 ? 'r_' : `r${number}_`;
    if (![...taken].some((name) => name.startsWith(prefix))) return prefix;
  }
}

/** Names of all fields that keys, `@requires` and `@provides` select: what the planner may add to a query. */
export function readFieldSetNames({ types }: Joins): ReadonlySet<string> {
  const names = new Set<string>();
  const addNames = (selectionSet: ReturnType<typeof parseFields>): void => {
    visit(selectionSet, { Field: ({ name }) => void names.add(name.value) });
  };
  for (const { keys, fields } of types.values()) {
    for (const key of [...keys.values()].flat()) addNames(key);
    for (const { joins } of fields.values()) {
      for (const { requires, provides } of joins) {
        if (requires !== null) addNames(parseFields(requires));
        if (provides !== null) addNames(parseFields(provides));
      }
    }
  }
  return names;
}
