import {
  type FragmentDefinitionNode,
  type GraphQLDirective,
  GraphQLIncludeDirective,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
} from 'graphql';
import { fieldsIn, type PlacedField, responseNameOf } from './placed-fields.js';
import { titleOf } from './title-of.js';

/** What the cells of a column hold. */
export type CellKind = 'text' | 'number' | 'boolean' | 'date' | 'moment';

export interface Column {
  /** Response names from the row down. */
  readonly path: readonly string[];
  readonly heading: string;
  readonly kind: CellKind;
}

const KINDS: ReadonlyMap<string, CellKind> = new Map([
  ['Int', 'number'],
  ['Float', 'number'],
  ['Decimal', 'number'],
  ['Boolean', 'boolean'],
  ['Date', 'date'],
  ['DateTime', 'moment'],
]);

/** Fields that only lead to rows. */
const STRUCTURE = new Set(['nodes', 'edges', 'node']);

interface Columns {
  readonly rowFields: readonly PlacedField[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * A column for each leaf of a row's selection, in the order of the query. Its heading joins what stands for each field of
 * its path with dots: the alias where the caller gave one, else the Chinese title of the SDL's description, else the name.
 */
export function columnsOf({ rowFields, fragments, schema, variables }: Columns): readonly Column[] {
  const columns: Column[] = [];
  const visit = (
    fields: readonly PlacedField[],
    path: readonly string[],
    titles: readonly string[],
  ): void => {
    for (const [name, same] of byResponseName(fields.filter((field) => isAsked(field, variables)))) {
      const [first] = same;
      if (first === undefined) continue;
      const here = [...path, name];
      const title = STRUCTURE.has(first.node.name.value) ? titles : [...titles, headingPart(first)];
      const type = getNamedType(first.definition?.type);
      if (isCompositeType(type)) {
        const below = same.flatMap(({ node, definition }) => {
          const own = getNamedType(definition?.type);
          return isCompositeType(own) ? [{ node, type: own }] : [];
        });
        visit(fieldsIn(below, fragments, schema), here, title);
      } else {
        const kind = KINDS.get(type?.name ?? '') ?? 'text';
        columns.push({ path: here, heading: title.join('.'), kind });
      }
    }
  };
  visit(rowFields, [], []);
  return withDifferentHeadings(columns);
}

function byResponseName(fields: readonly PlacedField[]): ReadonlyMap<string, readonly PlacedField[]> {
  const groups = new Map<string, PlacedField[]>();
  for (const field of fields) {
    const name = responseNameOf(field.node);
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  return groups;
}

function headingPart({ node, definition }: PlacedField): string {
  return node.alias?.value ?? titleOf(definition?.description ?? null) ?? node.name.value;
}

function isAsked({ node }: PlacedField, variables: Readonly<Record<string, unknown>>): boolean {
  const isOn = (directive: GraphQLDirective): unknown => getDirectiveValues(directive, node, variables)?.if;
  return isOn(GraphQLSkipDirective) !== true && isOn(GraphQLIncludeDirective) !== false;
}

/** Where two columns would have one heading, the path tells them apart. */
function withDifferentHeadings(columns: readonly Column[]): readonly Column[] {
  const times = new Map<string, number>();
  for (const { heading } of columns) times.set(heading, (times.get(heading) ?? 0) + 1);
  return columns.map((column) =>
    times.get(column.heading) === 1
      ? column
      : { ...column, heading: `${column.heading} (${column.path.join('.')})` },
  );
}
