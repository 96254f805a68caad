/** Fields of the query's root type that the gateway answers itself, from the schema. */
export const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);
