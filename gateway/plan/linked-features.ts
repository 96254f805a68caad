import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';

/** A feature that a supergraph links: `@link(url: "https://specs.apollo.dev/policy/v0.1", as: "rules", import: ["@policy"])`. */
export interface LinkedFeature {
  /** `https://specs.apollo.dev/policy` */
  readonly identity: string;
  /** `v0.1` */
  readonly version: string;
  /** What the names of its own types and directives begin with, before two underscores. */
  readonly namespace: string;
  /** What the graph calls a directive of the feature. @param directive without the `@`. */
  nameOf(directive: string): string;
}

export function readLinkedFeatures({ definitions }: DocumentNode): readonly LinkedFeature[] {
  const applied = definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  return applied.flatMap((link) => {
    const identity = identityOf(link);
    if (identity === null) return [];
    const name = identity.slice(identity.lastIndexOf('/') + 1);
    const namespace = textOf(link, 'as') ?? name;
    return {
      identity,
      version: (urlOf(link) ?? '').slice(identity.length + 1),
      namespace,
      nameOf: (directive) =>
        importedAs(link, directive) ?? (directive === name ? namespace : `${namespace}__${directive}`),
    };
  });
}

/** Which feature a directive links; null: it is no link. */
export function identityOf(directive: ConstDirectiveNode): string | null {
  const url = urlOf(directive);
  return url === null ? null : url.slice(0, url.lastIndexOf('/'));
}

function urlOf({ arguments: given }: ConstDirectiveNode): string | null {
  const value = given?.find(({ name }) => name.value === 'url' || name.value === 'feature')?.value;
  return value?.kind === Kind.STRING && value.value.startsWith('http') ? value.value : null;
}

/** `import: [{ name: "@policy", as: "@rule" }]` */
function importedAs(link: ConstDirectiveNode, directive: string): string | null {
  const given = argumentOf(link, 'import');
  if (given?.kind !== Kind.LIST) return null;
  for (const one of given.values) {
    if (one.kind === Kind.STRING && one.value === `@${directive}`) return directive;
    if (one.kind !== Kind.OBJECT) continue;
    const said = new Map(one.fields.map(({ name, value }) => [name.value, value]));
    if (plainText(said.get('name')) !== `@${directive}`) continue;
    return (plainText(said.get('as')) ?? `@${directive}`).slice(1);
  }
  return null;
}

/** An argument's text, or the name of its enum value. */
export function textOf(directive: ConstDirectiveNode, name: string): string | null {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.ENUM ? value.value : plainText(value);
}

export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

export function plainText(value: ConstValueNode | undefined): string | null {
  return value?.kind === Kind.STRING ? value.value : null;
}
