import {
  buildSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';
import { leanSchema } from '../../../subgraphs/port/lean-schema.js';
import { readLinkedFeatures } from '../linked-features.js';

/**
 * What callers see of a supergraph, as it lay in a file. Who changed the file must not lay open what the supergraph hides.
 *
 * @returns null when it is no schema, or has anything that the supergraph does not have or does not show.
 */
export function readKeptSchema(apiSdl: string, supergraph: DocumentNode): GraphQLSchema | null {
  try {
    const shown = listShown(supergraph);
    const isPart = [...listDeclared(parse(apiSdl, { noLocation: true }), () => true)].every((one) =>
      shown.has(one),
    );
    return isPart ? leanSchema(buildSchema(apiSdl, { noLocation: true })) : null;
  } catch {
    // Why it is no schema does not matter: the planner prints it anew.
    return null;
  }
}

const INACCESSIBLE = 'https://specs.apollo.dev/inaccessible';

function listShown(supergraph: DocumentNode): ReadonlySet<string> {
  const names = readLinkedFeatures(supergraph)
    .filter(({ identity }) => identity === INACCESSIBLE)
    .map(({ nameOf }) => nameOf('inaccessible'));
  const isShown = (node: Directed): boolean =>
    (node.directives ?? []).every(({ name }) => !names.includes(name.value));
  return new Set(listDeclared(supergraph, isShown));
}

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/** Every element that data can come through, with its type: `Type.field(argument: Int = 1)`. */
function* listDeclared(document: DocumentNode, isShown: (node: Directed) => boolean): Iterable<string> {
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined || !isShown(definition as Directed))
      continue;
    const owner = `${definition.kind} ${definition.name.value}`;
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        yield owner;
        for (const one of definition.interfaces ?? []) yield `${owner} is ${one.name.value}`;
        for (const field of definition.fields ?? []) {
          if (!isShown(field)) continue;
          const place = `${owner}.${field.name.value}`;
          yield `${place}: ${print(field.type)}`;
          for (const argument of field.arguments ?? []) {
            if (isShown(argument)) yield `${place}(${inputText(argument)})`;
          }
        }
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        yield owner;
        for (const field of definition.fields ?? []) if (isShown(field)) yield `${owner}.${inputText(field)}`;
        break;
      case Kind.ENUM_TYPE_DEFINITION:
        yield owner;
        for (const value of definition.values ?? []) if (isShown(value)) yield `${owner}.${value.name.value}`;
        break;
      case Kind.UNION_TYPE_DEFINITION:
        yield owner;
        for (const type of definition.types ?? []) yield `${owner} = ${type.name.value}`;
        break;
      case Kind.SCALAR_TYPE_DEFINITION:
        yield owner;
        break;
      default:
      // Definitions of directives give no data.
    }
  }
}

function inputText({ name, type, defaultValue }: InputValueDefinitionNode): string {
  return `${name.value}: ${print(type)}${defaultValue === undefined ? '' : ` = ${print(defaultValue)}`}`;
}
