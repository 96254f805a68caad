import type { CallContext } from '../../../runtime/call/call-context.js';
import { UNPAID_FIELDS } from '../../engine/read/where/unpaid.js';
import type { FeedRow } from '../../feed/feed.js';
import { CANONICAL } from '../../kinds/canonical.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { RowKind } from '../filter/filter-to-feed.js';
import { elapsedDays, isExpired, isUnpaid, remainingDays } from './case-clock.js';
import { LAG_FIELDS } from './publication-lag.js';
import type { Selection } from './selection.js';

/** A row as GraphQL sees it: canonical fields by name, and what goes with every row. */
export type RowNode = Readonly<Record<string, FieldValue | undefined>> & {
  readonly __typename: RowKind;
  readonly id: string;
  readonly interface: string;
};

/** Where a node keeps its subject's ref; the schema's `subject` is an object. */
export const SUBJECT_REF = '$subjectRef';

type Derive = (values: RowNode, today: string) => unknown;

interface Derived {
  readonly from: readonly string[];
  /** Absent: resolved elsewhere, from these fields. */
  readonly derive?: Derive;
}

/** Fields of the schema that are computed here, and the canonical fields that they need. */
export const DERIVED: { readonly [kind in RowKind]: Readonly<Record<string, Derived>> } = {
  Inspection: { case: { from: ['number', 'caseNumber', 'department'] } },
  Case: {
    unpaid: { from: UNPAID_FIELDS, derive: isUnpaid },
    elapsedDays: { from: ['filedAt', 'decidedAt', 'closedAt'], derive: elapsedDays },
    remainingDays: { from: ['filedAt', 'decidedAt', 'closedAt'], derive: remainingDays },
    inspection: { from: ['inspectionNumber', 'caseCode', 'decisionNo', 'department'] },
    publicationLagWorkingDays: { from: LAG_FIELDS },
  },
  Licence: { expired: { from: ['validTo', 'state'], derive: isExpired } },
  Complaint: {
    inspection: { from: ['inspectionNumber', 'department'] },
    case: { from: ['caseNumber', 'department'] },
  },
};

/** The canonical fields to ask sources for, in the order of the model. */
export function fieldsForSelection(kind: RowKind, ...selections: readonly Selection[]): readonly string[] {
  const names = selections.flatMap((selection) => [...selection.names()]);
  // What is repaired or unreadable must not depend on what else the query happens to select.
  if (names.includes('quality')) return Object.keys(CANONICAL[kind]);
  const wanted = new Set(names.flatMap((name) => [name, ...(derivedOf(kind, name)?.from ?? [])]));
  return Object.keys(CANONICAL[kind]).filter((name) => wanted.has(name));
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

/** Resolvers of the fields that are computed from the node alone. */
export function derivedResolvers(
  kind: RowKind,
): Record<string, (node: RowNode, args: unknown, context: CallContext) => unknown> {
  const computed = Object.entries(DERIVED[kind]).flatMap(([name, { derive }]) =>
    derive === undefined
      ? []
      : [
          [
            name,
            (node: RowNode, _args: unknown, context: CallContext) => derive(node, context.today),
          ] as const,
        ],
  );
  return { ...Object.fromEntries(computed), subject: (node: RowNode) => subjectStub(node[SUBJECT_REF]) };
}

/** A subject that the registry will tell apart. */
export function subjectStub(ref: unknown): { __typename: 'Subject'; ref: string } | null {
  return typeof ref === 'string' ? { __typename: 'Subject', ref } : null;
}

function derivedOf(kind: RowKind, name: string): Derived | undefined {
  return Object.hasOwn(DERIVED[kind], name) ? DERIVED[kind][name] : undefined;
}
