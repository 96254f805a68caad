import type { CallContext } from '../../runtime/call/call-context.js';
import type { RowKind } from '../kinds/kinds.js';
import type { InterfaceMark } from '../kinds/row-condition.js';
import type { SubjectOrderField, SubjectTrait } from '../kinds/surface/subject-traits.js';
import type { InterfaceOutcome } from '../port/interface-outcome.js';
import type { RelationRole } from './feed.js';

export type SubjectKind =
  | 'ORGANISATION'
  | 'INDIVIDUAL_BUSINESS'
  | 'PERSON'
  | 'VESSEL'
  | 'VEHICLE'
  | 'SITE'
  | 'UNKNOWN';

/** State of a registration. */
export const SUBJECT_STATES = [
  'ACTIVE',
  'REVOKED',
  'CANCELLED',
  'WITHDRAWN',
  'MOVED_OUT',
  'SUSPENDED',
  'UNKNOWN',
] as const;
export type SubjectState = (typeof SUBJECT_STATES)[number];

/** Who a ref is. `id` is the strongest of the subject's refs and is itself accepted as a ref. */
export interface SubjectIdentity {
  readonly id: string;
  /** Every ref and held spelling, for departments (see `subject-key.ts`); the first is `id`. */
  readonly keys: readonly string[];
  readonly kind: SubjectKind;
  /** Null when no register names it. */
  readonly name: string | null;
  readonly township: string | null;
  readonly industry: string | null;
  /** Null when no register says. */
  readonly state: SubjectState | null;
}

/**
 * What the register itself must say of a subject; everything that is given must hold. Two-valued: a comparison with
 * what no register says is false, and its opposite true.
 */
export interface SubjectTraits {
  readonly kinds?: readonly SubjectKind[];
  readonly states?: readonly SubjectState[];
  readonly townships?: readonly string[];
  readonly industries?: readonly string[];
  readonly industryStartsWith?: string;
  /** Whether the register says it. */
  readonly present?: { readonly [trait in 'state' | 'township' | 'industry']?: boolean };
  /** One of them is the current name, whatever the width, case, blanks or brackets; never a person's name. */
  readonly names?: readonly string[];
  /** All of them, in the current name; compared like `names`. */
  readonly nameContains?: readonly string[];
  /** Compared like `names`. */
  readonly nameStartsWith?: string;
  readonly all?: readonly SubjectTraits[];
  readonly any?: readonly SubjectTraits[];
  readonly not?: SubjectTraits;
}

/** Everything that is given must hold. */
export interface SubjectFilter extends SubjectTraits {
  /** Only these subjects; any of their refs will do. One that no register knows takes part as itself. */
  readonly ids?: readonly string[];
  /** Only subjects that one of these is the `OWNER` (or other role) of: what these own. */
  readonly relatedTo?: { readonly role: RelationRole; readonly ids: readonly string[] };
}

export interface SubjectPageRequest {
  readonly where: SubjectFilter;
  /**
   * Canonical id is the last order key and unique, in the same direction. Text compares by code point; subjects of
   * whom the register does not say it stand last in ascending and in descending order alike.
   */
  readonly orderBy: SubjectOrderField;
  readonly direction: 'asc' | 'desc';
  /** Reads the reversed total order, absent values first: what `last`/`before` need. */
  readonly reversed?: boolean;
  readonly after?: SubjectPosition;
  readonly limit: number;
}

/** A place in the order of a page. */
export interface SubjectPosition {
  /** What the order looks at; null: absent, or the order looks at ids alone. */
  readonly value: string | null;
  readonly id: string;
}

export interface SubjectTally {
  /** In the order of the request's `by`; null where no register says. */
  readonly key: readonly (string | null)[];
  readonly count: number;
}

export interface SubjectCandidate {
  readonly subject: SubjectIdentity;
  /** EXACT: an official number; ALIAS: a former name, an older number, a spelling; NAME: a likeness of names. */
  readonly matchKind: 'EXACT' | 'ALIAS' | 'NAME';
  /** 0 to 1. */
  readonly confidence: number;
}

/** A document number to be looked up. */
export interface WantedNumber {
  /** The field that holds it. */
  readonly field: string;
  /** In normal form (`normaliseDocumentNumber`). */
  readonly number: string;
}

/** What the index of numbers knows. */
export interface FoundNumbers {
  /**
   * In the order of what was asked for: global ids of the rows that held the number when they were read, which may hold
   * another one by now. Null of a number that too many rows hold.
   */
  readonly rows: readonly (readonly string[] | null)[];
  /** The interfaces of the kind that were read whole, whatever numbers they hold. */
  readonly read: readonly ReadInterface[];
}

/** An interface of which the index knows every row that is not newer than the mark. */
export interface ReadInterface extends InterfaceMark {
  /** Fields whose numbers were kept. */
  readonly fields: readonly string[];
}

/**
 * The registry as the hub sees it; in process a direct call, across machines the hidden field `_registry`.
 *
 * @example who an old registration number is
 * const found = await registry.resolve(['regno:330922000012345'], context);
 * // found.get('regno:330922000012345').id === 'uscc:91330922MA28KXXX1B'
 */
export interface RegistryPort {
  /**
   * One identity per ref that can be read as one, in no order; a ref that no register knows gets an identity
   * of its own (id = ref), so that no row is lost. Unreadable refs are absent.
   */
  resolve(refs: readonly string[], context: CallContext): Promise<ReadonlyMap<string, SubjectIdentity>>;
  /** Who bears each name that several subjects bear, and that alone does not tell them apart; other refs are absent. */
  bearers(
    refs: readonly string[],
    context: CallContext,
  ): Promise<ReadonlyMap<string, readonly SubjectIdentity[]>>;
  /** Canonical ids related to each of `ids`: `OWNER` of a vessel gives its owners; `reverse` gives whom they own. */
  related(
    ids: readonly string[],
    role: RelationRole,
    reverse: boolean,
    context: CallContext,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  page(request: SubjectPageRequest, context: CallContext): Promise<readonly SubjectIdentity[]>;
  count(where: SubjectFilter, context: CallContext): Promise<number>;
  /** How many satisfy a filter, by what the register says of them; in no order, no tally of none. */
  tally(
    where: SubjectFilter,
    by: readonly SubjectTrait[],
    context: CallContext,
  ): Promise<readonly SubjectTally[]>;
  candidates(text: string, limit: number, context: CallContext): Promise<readonly SubjectCandidate[]>;
  /** Rows of a kind by document number. Knows nothing before there is an index. */
  numbers(kind: RowKind, wanted: readonly WantedNumber[], context: CallContext): Promise<FoundNumbers>;
  /** The interfaces that the identity index was built from, and how old it is. */
  coverage(context: CallContext): Promise<readonly InterfaceOutcome[]>;
}
