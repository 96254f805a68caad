import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { refusal } from '../../runtime/errors.js';
import { fragmentsOf } from '../plan/document-parts.js';

export interface OperationLimits {
  /** Fields below each other, fragments unfolded. */
  readonly maxDepth: number;
  /** Aliased fields, fragments unfolded: an alias asks for the same data once more. */
  readonly maxAliases: number;
}

interface Measure {
  readonly depth: number;
  readonly aliases: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0 };

/**
 * Why an operation is beyond the limits; null when it is not. Other operations of its document do not count.
 *
 * @param document is valid.
 */
export function exceedLimits(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  { maxDepth, maxAliases }: OperationLimits,
): GraphQLError | null {
  const { depth, aliases } = createMeasure(fragmentsOf(document))(operation.selectionSet);
  if (depth > maxDepth) {
    return refuseSize(
      `查询嵌套过深：最多 ${maxDepth} 层，实际 ${depth} 层。The query is too deep: at most ${maxDepth} levels, but has ${depth}.`,
    );
  }
  if (aliases > maxAliases) {
    return refuseSize(
      `别名过多：最多 ${maxAliases} 个，实际 ${aliases} 个。Too many aliases: at most ${maxAliases}, but has ${aliases}.`,
    );
  }
  return null;
}

function refuseSize(detail: string): GraphQLError {
  return refusal('GRAPHQL_VALIDATION_FAILED', detail);
}

/** Each fragment is measured once. */
function createMeasure(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): (selectionSet: SelectionSetNode) => Measure {
  const measures = new Map<string, Measure>();
  const measureFragment = (name: string): Measure => {
    const known = measures.get(name);
    if (known !== undefined) return known;
    // While it is measured it counts as empty: cycles are another rule's business.
    measures.set(name, NOTHING);
    const fragment = fragments.get(name);
    const measured = fragment ? measure(fragment.selectionSet) : NOTHING;
    measures.set(name, measured);
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
