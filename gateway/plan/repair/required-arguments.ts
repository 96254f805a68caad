import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  Kind,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { argumentOf, type Joins, nameOfType, parseFields } from '../joins.js';

/** A field that only the planner knows: another one, with the arguments that some `@requires` gives it. */
export interface SyntheticField {
  readonly name: string;
  /** The field as the subgraph knows it. */
  readonly field: FieldNode;
}

interface RequiredArguments {
  /** The supergraph, with the synthetic fields in place of those that are required with different arguments. */
  readonly document: DocumentNode;
  /** By name. */
  readonly synthetics: ReadonlyMap<string, SyntheticField>;
}

/**
 * Gives a field that several `@requires` ask for with different arguments a name for each: the planner knows fields by
 * their names alone and would fetch it once, with arguments of either.
 *
 * @param joins of the document.
 */
export function nameRequiredArguments(document: DocumentNode, { types }: Joins): RequiredArguments {
  const uses = findUses(types);
  const synthetics = new Map<string, SyntheticField>();
  const names = new Map<string, string>();
  const touched = new Set(uses.keys());
  for (const [coordinate, fields] of uses) {
    if (fields.size < 2) continue;
    let number = 0;
    for (const [text, field] of fields) {
      let name: string;
      do name = `${field.name.value}__${number++}`;
      while (isTaken(name, types) || synthetics.has(name));
      synthetics.set(name, { name, field: withoutSelections(field) });
      names.set(`${coordinate} ${text}`, name);
      touched.add(coordinate.replace(/[^.]+$/, name));
    }
  }
  if (synthetics.size === 0) return { document, synthetics };
  const rewritten = rewriteDocument(document, types, names);
  return { document: dropUnusedExternals(rewritten, touched), synthetics };
}

type Types = Joins['types'];

function isTaken(name: string, types: Types): boolean {
  return [...types.values()].some(({ fields }) => fields.has(name));
}

/** Fields that are required with arguments: by coordinate, then by the text of field and arguments. */
function findUses(types: Types): ReadonlyMap<string, Map<string, FieldNode>> {
  const uses = new Map<string, Map<string, FieldNode>>();
  const addUses = (typeName: string, requires: string): void => {
    walkFields(parseFields(requires), typeName, types, (owner, field) => {
      if ((field.arguments?.length ?? 0) === 0) return field;
      const coordinate = `${owner}.${field.name.value}`;
      const known = uses.get(coordinate) ?? new Map<string, FieldNode>();
      known.set(textOf(field), field);
      uses.set(coordinate, known);
      return field;
    });
  };
  for (const { name, fields } of types.values()) {
    for (const { joins } of fields.values()) {
      for (const { requires } of joins) if (requires !== null) addUses(name, requires);
    }
  }
  return uses;
}

function textOf(field: FieldNode): string {
  return print(withoutSelections(field));
}

function withoutSelections({ selectionSet: _, ...field }: FieldNode): FieldNode {
  return field;
}

/** Replaces fields of a selection, each with the name of the type that it is asked of. */
function walkFields(
  selectionSet: SelectionSetNode,
  typeName: string,
  types: Types,
  replace: (owner: string, field: FieldNode) => FieldNode,
): SelectionSetNode {
  return {
    ...selectionSet,
    selections: selectionSet.selections.map((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const owner = selection.typeCondition?.name.value ?? typeName;
        return { ...selection, selectionSet: walkFields(selection.selectionSet, owner, types, replace) };
      }
      if (selection.kind !== Kind.FIELD) return selection;
      const inner = types.get(typeName)?.fields.get(selection.name.value);
      const replaced = replace(typeName, selection);
      if (selection.selectionSet === undefined || inner === undefined) return replaced;
      const below = walkFields(selection.selectionSet, nameOfType(inner.type), types, replace);
      return { ...replaced, selectionSet: below };
    }),
  };
}

function rewriteDocument(
  document: DocumentNode,
  types: Types,
  names: ReadonlyMap<string, string>,
): DocumentNode {
  const rewriteRequires = (requires: string, typeName: string): string => {
    const selectionSet = walkFields(parseFields(requires), typeName, types, (owner, field) => {
      const name = names.get(`${owner}.${field.name.value} ${textOf(field)}`);
      if (name === undefined) return field;
      return { ...field, name: { kind: Kind.NAME, value: name }, arguments: [] };
    });
    return selectionSet.selections.map(print).join(' ');
  };
  const withSynthetics = (typeName: string, fields: readonly FieldDefinitionNode[]): FieldDefinitionNode[] =>
    fields.flatMap((field) => {
      const own = [...names].filter(([id]) => id.startsWith(`${typeName}.${field.name.value} `));
      return [rewriteField(field, typeName), ...own.map(([, name]) => syntheticDefinition(field, name))];
    });
  const rewriteField = (field: FieldDefinitionNode, typeName: string): FieldDefinitionNode =>
    visit(field, {
      Argument: ({ name, value }) => {
        if (name.value !== 'requires' || value.kind !== Kind.STRING) return undefined;
        const text = rewriteRequires(value.value, typeName);
        return { kind: Kind.ARGUMENT, name, value: { kind: Kind.STRING, value: text } };
      },
    });
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? { ...definition, fields: withSynthetics(definition.name.value, definition.fields ?? []) }
        : definition,
    ),
  };
}

/** What nothing requires any more may not stay `external`. @param coordinates of the fields to look at. */
function dropUnusedExternals(document: DocumentNode, coordinates: ReadonlySet<string>): DocumentNode {
  const words = new Set<string>();
  visit(document, {
    Directive: (node) => {
      const directive = node as ConstDirectiveNode;
      for (const argument of ['requires', 'provides', 'key']) {
        const fields = argumentOf(directive, argument) ?? '';
        for (const word of fields.match(/\w+/g) ?? []) {
          words.add(`${argumentOf(directive, 'graph')} ${word}`);
        }
      }
    },
  });
  const dropFrom = (typeName: string, field: FieldDefinitionNode): FieldDefinitionNode => {
    if (!coordinates.has(`${typeName}.${field.name.value}`)) return field;
    const directives = (field.directives ?? []).filter(
      (directive) =>
        argumentOf(directive, 'external') !== 'true' ||
        words.has(`${argumentOf(directive, 'graph')} ${field.name.value}`),
    );
    return { ...field, directives };
  };
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? {
            ...definition,
            fields: (definition.fields ?? []).map((field) => dropFrom(definition.name.value, field)),
          }
        : definition,
    ),
  };
}

function syntheticDefinition(field: FieldDefinitionNode, name: string): FieldDefinitionNode {
  const { directives = [], ...rest } = field;
  return {
    ...rest,
    name: { kind: Kind.NAME, value: name },
    arguments: [],
    directives: directives.filter((directive) => directive.name.value === 'join__field'),
  };
}
