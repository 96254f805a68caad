import type { FieldNode } from 'graphql';

/** What an answer calls a field. */
export function responseNameOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
