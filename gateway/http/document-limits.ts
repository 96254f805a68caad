import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

export interface DocumentLimits {
  /** Fields below each other, fragments unfolded. */
  readonly maxDepth: number;
  /** Aliased fields of one operation, fragments unfolded: an alias asks for the same data once more. */
  readonly maxAliases: number;
}

interface Measure {
  readonly depth: number;
  readonly aliases: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0 };

/** A validation rule that refuses documents beyond the limits. Each fragment is measured once. */
export function limitDocuments(limits: DocumentLimits): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    Document: (document: DocumentNode) => {
      const measure = createMeasure(context);
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const { depth, aliases } = measure(definition.selectionSet);
        if (depth > limits.maxDepth) {
          const text = `查询嵌套过深：最多 ${limits.maxDepth} 层，实际 ${depth} 层。The query is too deep: at most ${limits.maxDepth} levels, but has ${depth}.`;
          context.reportError(new GraphQLError(text, { nodes: definition }));
        }
        if (aliases > limits.maxAliases) {
          const text = `别名过多：最多 ${limits.maxAliases} 个，实际 ${aliases} 个。Too many aliases: at most ${limits.maxAliases}, but has ${aliases}.`;
          context.reportError(new GraphQLError(text, { nodes: definition }));
        }
      }
      return undefined;
    },
  });
}

function createMeasure(context: ValidationContext): (selectionSet: SelectionSetNode) => Measure {
  const fragments = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    // While it is measured it counts as empty: cycles are another rule's business.
    fragments.set(name, NOTHING);
    const fragment = context.getFragment(name);
    const measured = fragment ? measure(fragment.selectionSet) : NOTHING;
    fragments.set(name, measured);
    return measured;
  };
  const measure = ({ selections }: SelectionSetNode): Measure => {
    let depth = 0;
    let aliases = 0;
    for (const selection of selections) {
      const isField = selection.kind === Kind.FIELD;
      let inner = NOTHING;
      if (selection.kind === Kind.FRAGMENT_SPREAD) inner = measureFragment(selection.name.value);
      else if (selection.selectionSet !== undefined) inner = measure(selection.selectionSet);
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
    }
    return { depth, aliases };
  };
  return measure;
}
