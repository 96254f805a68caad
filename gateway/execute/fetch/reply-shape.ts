import { Kind, type SelectionSetNode } from 'graphql';
import { responseNameOf } from '../../plan/response-name.js';

/** The members that an answer may have, whatever the types of its objects; others are never looked at. */
export interface ReplyShape {
  readonly members: readonly ShapeMember[];
}

interface ShapeMember {
  /** Response name. */
  readonly name: string;
  /** Null for a leaf. */
  readonly shape: ReplyShape | null;
}

export function shapeOf(...selectionSets: readonly SelectionSetNode[]): ReplyShape {
  const nested = new Map<string, SelectionSetNode[]>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      if (selection.kind !== Kind.FIELD) continue;
      const name = responseNameOf(selection);
      const known = nested.get(name) ?? [];
      if (selection.selectionSet !== undefined) known.push(selection.selectionSet);
      nested.set(name, known);
    }
  };
  for (const selectionSet of selectionSets) visit(selectionSet);
  return {
    members: [...nested].map(([name, sets]) => ({
      name,
      shape: sets.length === 0 ? null : shapeOf(...sets),
    })),
  };
}
