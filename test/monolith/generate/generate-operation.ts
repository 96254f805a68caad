import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Random } from '../../../demo/random.js';
import { addSelection, fragmentTypes, ResponseScope, selectionFits } from '../response-scope.js';
import { ArgumentGenerator, type ArgumentHints } from './generate-arguments.js';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

export interface OperationOptions {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly hints: ArgumentHints;
  /** How often a field is chosen, compared with 1 for others; 0: never. */
  readonly weightOf?: (type: string, field: string) => number;
  /** Of fields, not of fragments. Default 6. */
  readonly maxDepth?: number;
}

const MAX_FRAGMENT_DEPTH = 3;
/** Names that trip programs which keep members in plain objects. */
const ODD_NAMES = ['constructor', 'toString', 'then', 'length', '__proto__', 'data', '_', 'id_'];
const INTROSPECTION = [
  '{ kind name ofType { name } }',
  '{ name fields(includeDeprecated: true) { name args { name defaultValue } type { kind name } } }',
  '{ name possibleTypes { name } enumValues { name } inputFields { name } }',
];

/** A query that is almost always valid; whoever needs it valid must ask graphql-js. */
export function generateOperation(options: OperationOptions): GeneratedOperation {
  return new OperationGenerator(options).generate();
}

/** A fragment that was used once. */
interface NamedFragment {
  readonly node: FragmentDefinitionNode;
  readonly type: GraphQLCompositeType;
  /** Of fields below it. */
  readonly depth: number;
  readonly size: number;
}

/** Where a selection stands. */
interface Position {
  readonly type: GraphQLCompositeType;
  readonly scope: ResponseScope;
  readonly depth: number;
  readonly fragmentDepth: number;
}

class OperationGenerator {
  readonly #options: OperationOptions;
  readonly #random: Random;
  readonly #arguments: ArgumentGenerator;
  readonly #fragments: NamedFragment[] = [];
  readonly #definitions = new Map<string, FragmentDefinitionNode>();
  readonly #maxDepth: number;
  /** Fields that may still be selected. */
  #budget: number;

  constructor(options: OperationOptions) {
    const { random } = options;
    this.#options = options;
    this.#random = random;
    this.#arguments = new ArgumentGenerator(random, options.hints);
    this.#maxDepth = options.maxDepth ?? 6;
    this.#budget = drawSize(random);
  }

  generate(): GeneratedOperation {
    const type = this.#options.schema.getQueryType() as GraphQLObjectType;
    const position = { type, scope: new ResponseScope(), depth: 0, fragmentDepth: 0 };
    const selectionSet = this.#selectionSet(position);
    const { definitions, values } = this.#arguments;
    const isNamed = this.#random.chance(0.3);
    const hasOther = isNamed && this.#random.chance(0.2);
    const operation: OperationDefinitionNode = {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      variableDefinitions: definitions,
      selectionSet,
      ...(isNamed && { name: { kind: Kind.NAME, value: 'Asked' } }),
    };
    const texts = [operation, ...this.#random.shuffle([...this.#definitions.values()])].map(print);
    if (hasOther) texts.unshift('query Other { __typename }');
    return {
      query: texts.join('\n\n'),
      variables: values,
      operationName: hasOther ? 'Asked' : undefined,
    };
  }

  #selectionSet(position: Position): SelectionSetNode {
    const selections: SelectionNode[] = [];
    const wanted = position.depth === 0 ? this.#random.int(1, 3) : this.#random.pick([1, 1, 2, 3, 4, 6]);
    for (let count = 0; count < wanted && this.#budget > 0; count++) {
      const selection = this.#selection(position, selections);
      if (selection !== null) selections.push(selection);
    }
    if (selections.length === 0) selections.push(this.#typename(position));
    return { kind: Kind.SELECTION_SET, selections };
  }

  #selection(position: Position, before: readonly SelectionNode[]): SelectionNode | null {
    const { depth, fragmentDepth, type } = position;
    const draw = this.#random.int(1, 100);
    if (draw <= 18 && fragmentDepth < MAX_FRAGMENT_DEPTH) return this.#fragment(position);
    if (draw <= 24) return this.#typename(position);
    if (draw <= 30) return this.#again(position, before);
    if (draw <= 31 && depth === 0 && fragmentDepth === 0) return this.#introspection();
    return isUnionType(type) ? this.#fragment(position) : this.#field(position);
  }

  #typename(position: Position): FieldNode {
    this.#budget--;
    const node = this.#named('__typename', [], position) ?? this.#alone('__typename');
    position.scope.add(position.type, node);
    return node;
  }

  /** Under a name that nobody else can have. */
  #alone(field: string): FieldNode {
    return {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: field },
      alias: { kind: Kind.NAME, value: `only${this.#budget + 1000}` },
    };
  }

  #introspection(): FieldNode {
    this.#budget--;
    const name = this.#random.pick(Object.keys(this.#options.schema.getTypeMap()));
    const text = `{ meta${this.#budget}: __type(name: "${name}") ${this.#random.pick(INTROSPECTION)} }`;
    const [operation] = parse(text, { noLocation: true }).definitions;
    return (operation as OperationDefinitionNode).selectionSet.selections[0] as FieldNode;
  }

  #field(position: Position): FieldNode | null {
    const field = this.#chooseField(position);
    if (field === null) return null;
    this.#budget--;
    const owner = `${position.type.name}.${field.name}`;
    const node = this.#named(field.name, this.#arguments.argumentsOf(owner, field.args), position);
    if (node === null) return null;
    return this.#complete(node, field, position);
  }

  #complete(node: FieldNode, field: GraphQLField<unknown, unknown>, position: Position): FieldNode {
    const below = position.scope.add(position.type, node);
    const type = getNamedType(field.type);
    const directives = this.#directives();
    if (!isCompositeType(type)) return { ...node, directives };
    const next = { type, scope: below, depth: position.depth + 1, fragmentDepth: 0 };
    return { ...node, directives, selectionSet: this.#selectionSet(next) };
  }

  #chooseField({ type, depth }: Position): GraphQLField<unknown, unknown> | null {
    const { weightOf = () => 1 } = this.#options;
    if (isUnionType(type)) return null;
    const weighted = Object.values(type.getFields()).map(
      (field): [GraphQLField<unknown, unknown>, number] => {
        const isDeep = isCompositeType(getNamedType(field.type));
        if (isDeep && depth >= this.#maxDepth) return [field, 0];
        return [field, weightOf(type.name, field.name) * (isDeep ? 3 / (1 + depth / 2) : 1)];
      },
    );
    const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
    let draw = (this.#random.int(0, 999_999) / 1_000_000) * total;
    for (const [field, weight] of weighted) {
      draw -= weight;
      if (weight > 0 && draw < 0) return field;
    }
    return null;
  }

  /** A field under a name that it can have here, if one is found. */
  #named(field: string, args: FieldNode['arguments'], { type, scope }: Position): FieldNode | null {
    const node: FieldNode = {
      kind: Kind.FIELD,
      name: { kind: Kind.NAME, value: field },
      ...(args !== undefined && { arguments: args }),
    };
    const siblings = isUnionType(type) ? [] : Object.keys(type.getFields());
    const names = [
      ...(this.#random.chance(0.82) ? [field] : []),
      this.#random.pick([`a${this.#random.int(0, 9)}`, ...siblings.slice(0, 6), ...ODD_NAMES.slice(0, 6)]),
      this.#random.pick([...siblings, ...ODD_NAMES, 'b0']),
      `a${this.#random.int(10, 99)}`,
    ];
    for (const name of names) {
      const named = name === field ? node : { ...node, alias: { kind: Kind.NAME as const, value: name } };
      if (scope.fits(type, named)) return named;
    }
    return null;
  }

  /** A field that was selected before, with more below it. */
  #again(position: Position, before: readonly SelectionNode[]): FieldNode | null {
    const fields = before.filter((selection) => selection.kind === Kind.FIELD);
    if (fields.length === 0 || isUnionType(position.type)) return null;
    const { selectionSet: _, directives: __, ...node } = this.#random.pick(fields);
    const field = position.type.getFields()[node.name.value];
    if (field === undefined) return null;
    this.#budget--;
    return this.#complete(node, field, position);
  }

  #fragment(position: Position): SelectionNode | null {
    const { schema } = this.#options;
    const reusable = this.#fragments.filter((fragment) => this.#canSpread(fragment, position));
    if (reusable.length > 0 && this.#random.chance(0.35)) {
      const { node, type, size } = this.#random.pick(reusable);
      this.#budget -= size;
      addSelection(schema, this.#definitions, type, node.selectionSet, position.scope);
      return this.#spread(node);
    }
    const type = this.#random.pick(fragmentTypes(schema, position.type));
    const budget = this.#budget;
    const selectionSet = this.#selectionSet({
      ...position,
      type,
      fragmentDepth: position.fragmentDepth + 1,
    });
    const typeCondition = {
      kind: Kind.NAMED_TYPE as const,
      name: { kind: Kind.NAME as const, value: type.name },
    };
    if (this.#random.chance(0.4)) {
      const name = { kind: Kind.NAME as const, value: `F${this.#fragments.length}` };
      const node: FragmentDefinitionNode = {
        kind: Kind.FRAGMENT_DEFINITION,
        name,
        typeCondition,
        selectionSet,
      };
      this.#definitions.set(name.value, node);
      const depth = depthOf(selectionSet, this.#definitions);
      this.#fragments.push({ node, type, depth, size: budget - this.#budget });
      return this.#spread(node);
    }
    const isBare = type === position.type && this.#random.chance(0.4);
    return {
      kind: Kind.INLINE_FRAGMENT,
      directives: this.#directives(),
      selectionSet,
      ...(!isBare && { typeCondition }),
    };
  }

  #canSpread({ node, type, depth, size }: NamedFragment, position: Position): boolean {
    const { schema } = this.#options;
    if (size > this.#budget || position.depth + depth > this.#maxDepth + 1) return false;
    if (!fragmentTypes(schema, position.type).includes(type)) return false;
    return selectionFits(schema, this.#definitions, type, node.selectionSet, position.scope);
  }

  #spread({ name }: FragmentDefinitionNode): SelectionNode {
    return { kind: Kind.FRAGMENT_SPREAD, name, directives: this.#directives() };
  }

  #directives(): DirectiveNode[] {
    const names = [
      ...(this.#random.chance(0.05) ? ['skip'] : []),
      ...(this.#random.chance(0.07) ? ['include'] : []),
    ];
    return names.map((name) => ({
      kind: Kind.DIRECTIVE,
      name: { kind: Kind.NAME, value: name },
      arguments: [
        { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'if' }, value: this.#arguments.condition() },
      ],
    }));
  }
}

/** Mostly small, with a tail of big ones. */
function drawSize(random: Random): number {
  const draw = random.int(1, 100);
  if (draw <= 60) return random.int(3, 12);
  if (draw <= 90) return random.int(12, 30);
  return draw <= 98 ? random.int(30, 60) : random.int(60, 150);
}

function depthOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const depths = selections.map((selection): number => {
    if (selection.kind === Kind.FIELD) {
      return selection.selectionSet === undefined ? 0 : 1 + depthOf(selection.selectionSet, fragments);
    }
    const content = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return content === undefined ? 0 : depthOf(content.selectionSet, fragments);
  });
  return Math.max(0, ...depths);
}
