import type { FieldNode } from 'graphql';
import type { LeafKind } from './leaf-kind.js';

/** What the caller's query shows of the gathered data: the same for the fast writer and for the careful one. */
export interface Projection {
  readonly root: ProjectedObject;
  /** Whether some fields are answered from the schema. */
  readonly introspects: boolean;
}

/** A `__schema` or `__type` field: of the root, or of an object of the query's root type inside an answer. */
export interface IntrospectionField {
  readonly kind: 'introspection';
  readonly responseName: string;
  readonly nodes: readonly FieldNode[];
}

/** Gives the JSON text of an introspection field. */
export type Introspect = (field: IntrospectionField) => string;

/** The fields that a query shows of the objects of one type, in its order. */
export interface ProjectedObject {
  readonly typeName: string;
  /** A subgraph may call a root type by another name than the graph does. */
  readonly isRootType: boolean;
  readonly fields: readonly ProjectedField[];
}

export type ProjectedField =
  | { readonly kind: 'typename'; readonly responseName: string }
  | IntrospectionField
  | {
      /** Kept from the caller: nothing was fetched for it, or what was is not shown. */
      readonly kind: 'denied';
      readonly responseName: string;
      readonly isNonNull: boolean;
    }
  | {
      readonly kind: 'data';
      readonly responseName: string;
      /** Where the gathered data hold it. */
      readonly source: string;
      readonly type: ProjectedType;
    };

export type ProjectedType =
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: ProjectedType }
  | { readonly kind: 'leaf'; readonly isNonNull: boolean; readonly leaf: LeafKind }
  | { readonly kind: 'object'; readonly isNonNull: boolean; readonly object: ProjectedObject }
  | {
      readonly kind: 'abstract';
      readonly isNonNull: boolean;
      /**
       * For the name of an object's type, as a subgraph gave it; null for a type that cannot stand here, or when the
       * name does not tell which fragments apply.
       */
      readonly objectOf: (typeName: unknown) => ProjectedObject | null;
      /** Names of all types that can stand here. */
      readonly typeNames: readonly string[];
    };
