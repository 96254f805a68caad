import type { DerivedDeclaration } from './derived.js';
import type { FieldDeclaration } from './field.js';
import type { RowCondition } from './row-condition.js';

/** Everything that is true of a canonical kind, once; SDL, mappings, checks and the hub are made from it. */
export interface KindDeclaration<Name extends string = string, Field extends string = string> {
  readonly name: Name;
  /** Name of the list field: `inspections`. */
  readonly plural: string;
  /** Descriptions in the SDL, Chinese first. */
  readonly words: {
    readonly type: string;
    readonly list: string;
    readonly stats: string;
  };
  /** How rows are about a subject; null: no row ever is, as of a list of teams. */
  readonly subject: SubjectDeclaration | null;
  readonly fields: Readonly<Record<Field, FieldDeclaration>>;
  /** The day that statistics by YEAR, QUARTER, MONTH, WEEK and DAY count by; null: a kind without days. */
  readonly day: Field | null;
  /** The order of a list whose query names none. */
  readonly order: readonly { readonly field: Field; readonly direction: 'asc' | 'desc' }[];
  /** Days of which the first cannot come after the second (domain §3.13 D22). */
  readonly ordered: readonly (readonly [earlier: Field, later: Field])[];
  readonly derived: Readonly<Record<string, DerivedDeclaration<Field>>>;
  /** Filters that compare a derived number with a limit. */
  readonly limits: Readonly<Record<string, LimitFilter>>;
  /** Rows of other kinds that this one names by document number. */
  readonly links: Readonly<Record<string, LinkDeclaration<Field>>>;
  /** What rows of this kind may have led to: counted in its statistics. */
  readonly followUps: Readonly<Record<string, FollowUpDeclaration>>;
  /** Filters that a subject's clause on these rows also offers beside `where`, by their names in the filter. */
  readonly shortcuts?: readonly string[];
  /** Every row is about a natural person, who may be nobody's subject: an officer, or whoever complains. */
  readonly ofPersons?: true;
  /** Rows are visits, which different departments should not repeat within a few days. */
  readonly visits?: VisitDeclaration;
}

/** Whom the rows of a kind are about. */
interface SubjectDeclaration {
  /** Of the field `subject`. */
  readonly words: string;
  /** Of `Subject.<plural>`. */
  readonly list: string;
  /** A row may be about nobody: a ticket that names no one. */
  readonly optional?: true;
}

/** How a row names a row of another kind. */
export interface LinkDeclaration<Field extends string = string> {
  /** Name of the other kind. */
  readonly to: string;
  readonly words: string;
  /** Several rows may have the number: all payments of one decision. The link is a list then. */
  readonly many?: true;
  /** With `many`: the numbers are the county's own, so that rows of other departments count as well. */
  readonly acrossDepartments?: true;
  /**
   * A field of this kind, and the field in which the other kind holds the same number; best first. With `many` the field
   * may be a list of numbers.
   */
  readonly by: readonly (readonly [from: Field, to: string])[];
}

/** `publicationLate: { workingDays: 7 }`: rows whose derived number is greater than the limit. */
export interface LimitFilter {
  /** The derived field. */
  readonly of: string;
  readonly words: string;
  /** Name and description of the filter's input type. */
  readonly input: string;
  readonly inputWords: string;
  readonly parameter: string;
  readonly parameterWords: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** Rows of a linked kind that count as an outcome: `toInspection` with its rate. */
export interface FollowUpDeclaration {
  /** Name of the link. */
  readonly link: string;
  readonly words: string;
  /** The day of the other kind by which it is told whether it came before. */
  readonly day: string;
  /** Name and default of the argument that says within how many days it counts. Absent: however late. */
  readonly within?: { readonly argument: string; readonly default: number; readonly max: number };
}

/** Which rows count as visits. */
interface VisitDeclaration {
  /** Rows that are no visit of one department alone. */
  readonly except: RowCondition;
  /** What `except` leaves out, for the SDL. */
  readonly words: string;
}

/** Holds a declaration to its own fields: a misspelt name in it does not compile. */
export function declareKind<const Name extends string, Field extends string>(
  declaration: KindDeclaration<Name, NoInfer<Field>> & {
    readonly fields: Readonly<Record<Field, FieldDeclaration>>;
  },
): KindDeclaration<Name, Field> {
  return declaration;
}
