import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind as NodeKind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** Object types of a department's SDL, by name. */
export type SdlTypes = ReadonlyMap<string, ObjectTypeDefinitionNode>;

export function objectTypes(document: DocumentNode): SdlTypes {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === NodeKind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
}

/** Where a mapping's rows hang in the department's types. */
export type FacetTarget =
  | {
      /** `Inspection.market`: the row behind the entity. */ readonly kind: 'row';
      readonly entity: string;
      readonly field: string;
      readonly type: ObjectTypeDefinitionNode;
      /** Fields of the entity that the SDL's field `@requires`; null: none, it goes by the id. */
      readonly requires: string | null;
    }
  | {
      /** `Subject.market.licences`: rows of a subject; `Event.grassroots.steps`: rows of another row. */
      readonly kind: 'subject' | 'rows';
      readonly entity: string;
      /** Field of the entity, e.g. `market`. */
      readonly field: string;
      /** Its type, e.g. `MarketSubject`. */
      readonly holder: string;
      readonly holderField: string;
      readonly list: boolean;
      readonly type: ObjectTypeDefinitionNode;
    };

/** Finds what a facet path names; null when the SDL has no such field. */
export function resolveFacet(path: string, types: SdlTypes): FacetTarget | null {
  const [entity = '', field = '', holderField] = path.split('.');
  const first = fieldOf(types, entity, field);
  const holder = first === null ? undefined : types.get(namedType(first.type));
  if (holder === undefined) return null;
  if (holderField === undefined)
    return { kind: 'row', entity, field, type: holder, requires: requiredBy(first) };
  const second = holder.fields?.find((candidate) => candidate.name.value === holderField);
  const type = second === undefined ? undefined : types.get(namedType(second.type));
  if (second === undefined || type === undefined) return null;
  return {
    kind: entity === 'Subject' ? 'subject' : 'rows',
    entity,
    field,
    holder: holder.name.value,
    holderField,
    list: isList(second.type),
    type,
  };
}

function fieldOf(types: SdlTypes, type: string, field: string): FieldDefinitionNode | null {
  return types.get(type)?.fields?.find((candidate) => candidate.name.value === field) ?? null;
}

function requiredBy(field: FieldDefinitionNode | null): string | null {
  const requires = field?.directives?.find((directive) => directive.name.value === 'requires');
  const fields = requires?.arguments?.find((argument) => argument.name.value === 'fields')?.value;
  return fields?.kind === NodeKind.STRING ? fields.value : null;
}

export function namedType(type: TypeNode): string {
  return type.kind === NodeKind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export function isList(type: TypeNode): boolean {
  if (type.kind === NodeKind.LIST_TYPE) return true;
  return type.kind === NodeKind.NON_NULL_TYPE && isList(type.type);
}
