import { penaltyCase } from './case.js';
import { complaint } from './complaint.js';
import { creditRecord } from './credit-record.js';
import type { DerivedDeclaration } from './derived.js';
import { dispute } from './dispute.js';
import { enforcementItem } from './enforcement-item.js';
import { event } from './event.js';
import type { FieldDeclaration } from './field.js';
import { inspection } from './inspection.js';
import { jointCheck } from './joint-check.js';
import type { KindDeclaration } from './kind.js';
import { licence } from './licence.js';
import { officer } from './officer.js';
import { payment } from './payment.js';
import { portCall } from './port-call.js';
import { subject } from './subject.js';
import { team } from './team.js';
import { transfer } from './transfer.js';

/** The canonical kinds that interfaces contribute to the hub. A new list is a file and a line here. */
const DECLARATIONS = [
  subject,
  inspection,
  penaltyCase,
  licence,
  complaint,
  event,
  jointCheck,
  creditRecord,
  payment,
  transfer,
  dispute,
  enforcementItem,
  officer,
  team,
  portCall,
] as const;

export type Kind = (typeof DECLARATIONS)[number]['name'];
/** Kinds of rows; subjects are whom rows are about. */
export type RowKind = Exclude<Kind, 'Subject'>;

export const KINDS: readonly Kind[] = DECLARATIONS.map(({ name }) => name);
export const ROW_KINDS: readonly RowKind[] = KINDS.filter((kind) => kind !== 'Subject');

const BY_NAME: ReadonlyMap<string, KindDeclaration> = new Map(
  DECLARATIONS.map((declaration) => [declaration.name, declaration as KindDeclaration]),
);

export function declarationOf(kind: Kind): KindDeclaration {
  const declaration = BY_NAME.get(kind);
  if (declaration === undefined)
    throw new RangeError(`Cannot use kind ${kind}: it must be declared in kinds.ts`);
  return declaration;
}

/** Kinds whose rows are about subjects. */
export const KINDS_OF_SUBJECTS: readonly RowKind[] = ROW_KINDS.filter(
  (kind) => declarationOf(kind).subject !== null,
);

/** What a kind says of one of its fields, declared or derived; undefined for a name that is none. */
export function fieldOf(kind: Kind | null, name: string): FieldDeclaration | DerivedDeclaration | undefined {
  if (kind === null) return undefined;
  const { fields, derived } = declarationOf(kind);
  if (Object.hasOwn(fields, name)) return fields[name];
  return Object.hasOwn(derived, name) ? derived[name] : undefined;
}

/** A derived field of a kind; undefined for a name that is none. */
export function derivedOf(kind: Kind | null, name: string): DerivedDeclaration | undefined {
  if (kind === null) return undefined;
  const { derived } = declarationOf(kind);
  return Object.hasOwn(derived, name) ? derived[name] : undefined;
}

/** Fields that lists are ordered by and statistics counted by where nobody says otherwise: sources should sort them. */
export function usualOrdersOf(kind: Kind): readonly string[] {
  const { day, order } = declarationOf(kind);
  return [...new Set([...order.map(({ field }) => field), ...(day === null ? [] : [day])])];
}

/** Names of a kind's declared fields, in the order of the declaration. */
export function fieldNamesOf(kind: Kind): readonly string[] {
  return Object.keys(declarationOf(kind).fields);
}
