import type { FieldValue } from '../../../kinds/field-value.js';
import { type FieldCondition, foldCondition, type RowCondition } from '../../../kinds/row-condition.js';
import { parseSubjectKey } from '../../../kinds/subject-key.js';
import { normaliseDocumentNumber } from '../../../values/texts/document-number.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { formatRowId } from '../../compile/row-id.js';
import type { EngineRow } from '../row/row-reader.js';
import { isNegated, toPredicate, valueSatisfies } from './predicate.js';

/** What of a row a filter looks at: fields (derived ones by their own name), the subject, the key. */
interface LookedAt {
  readonly fields: ReadonlySet<string>;
  readonly subject: boolean;
  readonly key: boolean;
}

export function lookedAtBy(where: RowCondition): LookedAt {
  const fields = new Set<string>();
  let subject = false;
  let key = false;
  foldCondition<void>(where, {
    all: () => {},
    any: () => {},
    not: () => {},
    field: (leaf) => {
      fields.add(leaf.field);
    },
    subject: () => {
      subject = true;
    },
    ids: () => {
      key = true;
    },
    interface: () => {},
    newerThan: () => {},
  });
  return { fields, subject, key };
}

type RowTest = (row: EngineRow) => boolean;

/** Compiles a filter to be checked on decoded rows that hold the fields of `lookedAtBy`. */
export function compileResidual(compiled: CompiledInterface, where: RowCondition): RowTest {
  return foldCondition<RowTest>(where, {
    all: (tests) => (row) => tests.every((test) => test(row)),
    any: (tests, { any: parts }) => compileAny(tests, parts),
    not: (test) => (row) => !test(row),
    field: (leaf) => compileLeaf(compiled, leaf),
    subject: (keys) => {
      const refs = new Set(keys.filter((key) => parseSubjectKey(key)?.held === false));
      return ({ subject, subjects }) =>
        subjects === undefined
          ? subject !== null && refs.has(subject)
          : subjects.some((one) => refs.has(one));
    },
    ids: (wanted) => {
      const ids = new Set(wanted);
      return (row) => ids.has(formatRowId(compiled.mapping.interface, row.key));
    },
    interface: (names) => {
      const takesPart = names.includes(compiled.mapping.interface);
      return () => takesPart;
    },
    // What stands beside it decides.
    newerThan: () => () => true,
  });
}

function compileLeaf(compiled: CompiledInterface, leaf: FieldCondition): RowTest {
  const { field } = leaf;
  const predicate = toPredicate(leaf);
  const wanted = !isNegated(leaf);
  return (row) => valueSatisfies(compiled, field, row.values.get(field) ?? null, predicate) === wanted;
}

/** Many numbers of one field are one look-up, not as many comparisons. */
function compileAny(tests: readonly RowTest[], parts: readonly RowCondition[]): RowTest {
  const numbers = new Map<string, Set<string>>();
  const others: RowTest[] = [];
  for (const [index, part] of parts.entries()) {
    const test = tests[index];
    if (!('sameNumber' in part)) {
      if (test !== undefined) others.push(test);
      continue;
    }
    const known = numbers.get(part.field) ?? new Set<string>();
    numbers.set(part.field, known.add(normaliseDocumentNumber(part.sameNumber)));
  }
  return (row) =>
    others.some((test) => test(row)) ||
    [...numbers].some(([field, wanted]) => wanted.has(numberIn(row.values.get(field) ?? null)));
}

/** The normal form of a number; of anything else a text that no number has. */
function numberIn(value: FieldValue): string {
  return typeof value === 'string' ? normaliseDocumentNumber(value) : NO_NUMBER;
}

/** Holds a character that normal forms never have. */
const NO_NUMBER = '\u0000';
