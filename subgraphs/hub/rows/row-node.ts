import type { FeedRow } from '../../feed/feed.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { LinkDeclaration } from '../../kinds/kind.js';
import { declarationOf, type RowKind } from '../../kinds/kinds.js';
import type { Selection } from './selection.js';

/** A row as GraphQL sees it: canonical fields by name, and what goes with every row. */
export type RowNode = Readonly<Record<string, FieldValue | undefined>> & {
  readonly __typename: RowKind;
  readonly id: string;
  readonly interface: string;
};

/** Where a node keeps its subject's ref; the schema's `subject` is an object. */
export const SUBJECT_REF = '$subjectRef';

/** The fields to ask sources for, in the order of the declaration; links need the numbers that they go by. */
export function fieldsForSelection(kind: RowKind, ...selections: readonly Selection[]): readonly string[] {
  const { fields, derived, links } = declarationOf(kind);
  const selected = new Set(selections.flatMap((selection) => [...selection.names()]));
  const wanted = new Set(
    [...selected].flatMap((name) => [name, ...(Object.hasOwn(links, name) ? fieldsOfLink(links[name]) : [])]),
  );
  // What is repaired or unreadable must not depend on what else the query happens to select.
  const declared = Object.keys(fields).filter((name) => selected.has('quality') || wanted.has(name));
  return [...declared, ...Object.keys(derived).filter((name) => wanted.has(name))];
}

/** The department tells which of several rows with one number is meant. */
function fieldsOfLink(link: LinkDeclaration | undefined): readonly string[] {
  return [...(link?.by ?? []).map(([from]) => from), 'department'];
}

export function toNode(
  kind: RowKind,
  interfaceName: string,
  row: FeedRow,
  fields: readonly string[],
): RowNode {
  const values = fields.map((field, index): [string, FieldValue] => [field, row.values[index] ?? null]);
  return {
    ...Object.fromEntries(values),
    __typename: kind,
    id: row.id,
    interface: interfaceName,
    quality: row.quality,
    [SUBJECT_REF]: row.subject,
  };
}

/** A subject that the registry will tell apart. */
export function subjectStub(ref: unknown): { __typename: 'Subject'; ref: string } | null {
  return typeof ref === 'string' ? { __typename: 'Subject', ref } : null;
}
