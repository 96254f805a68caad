import { declarationOf, KINDS_OF_SUBJECTS, type RowKind } from '../kinds.js';
import { type FilterInput, filterInputsOf } from './filter-inputs.js';

/** What `SubjectFilter`, `SubjectOrder` and `SubjectMatch` offer for the rows of one kind. */
export interface ClauseSurface {
  readonly kind: RowKind;
  /** Of the clause in `SubjectFilter`: `cases`. */
  readonly name: string;
  /** Input type of the clause: `SubjectCaseClause`. */
  readonly type: string;
  /** Filters that the clause also offers beside `where`. */
  readonly shortcuts: readonly FilterInput[];
  /** The number of rows, in orders and evidence: `caseCount`. */
  readonly count: string;
  /** The sum of a number, in orders and evidence: `caseAmount`. */
  readonly amount: string;
}

/** The clauses of all kinds of rows about subjects, in the order of `kinds.ts`. */
export const SUBJECT_CLAUSES: readonly ClauseSurface[] = KINDS_OF_SUBJECTS.map((kind) => {
  const { plural, shortcuts = [] } = declarationOf(kind);
  const singular = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}`;
  return {
    kind,
    name: plural,
    type: `Subject${kind}Clause`,
    shortcuts: shortcuts.map((name) => shortcutOf(kind, name)),
    count: `${singular}Count`,
    amount: `${singular}Amount`,
  };
});

function shortcutOf(kind: RowKind, name: string): FilterInput {
  const input = filterInputsOf(kind).get(name);
  if (input !== undefined) return input;
  throw new RangeError(`Cannot offer ${name} in a clause on ${kind}: it must be a filter of the kind`);
}
