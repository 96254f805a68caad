import { ALWAYS, all, any, type Condition, NEVER, not } from '../../../../adapters/condition.js';
import type { FeedCondition } from '../../../feed/feed.js';
import { parseSubjectKey, type SubjectKey } from '../../../kinds/subject-key.js';
import { cellsForKeys, identifiersForKeys } from '../../../values/identifiers/subject-ref.js';
import { normaliseDocumentNumber } from '../../../values/texts/document-number.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { parseRowId } from '../../compile/row-id.js';
import { latenessParts } from './lateness.js';
import { type FieldLeaf, isNegated, toPredicate, valueSatisfies } from './predicate.js';
import { NONE_SPELT, type SpeltNumbers } from './spell-numbers.js';
import { unpaidParts } from './unpaid.js';

/** A filter split into what the source evaluates and what remains to be checked on decoded rows. */
export interface PushedWhere {
  /** True for every row that the filter wants, and perhaps for more. */
  readonly condition: Condition;
  /** Null when `condition` says it all. */
  readonly residual: FeedCondition | null;
}

interface Pushed {
  readonly condition: Condition;
  readonly exact: boolean;
}

const UNKNOWN: Pushed = { condition: ALWAYS, exact: false };
const exactly = (condition: Condition): Pushed => ({ condition, exact: true });

/**
 * Translates a canonical filter for one interface; the top-level conjuncts are split one by one.
 *
 * @param spelt how the source spells the filter's document numbers, as far as that was looked up.
 */
export function pushWhere(
  compiled: CompiledInterface,
  where: FeedCondition,
  spelt: SpeltNumbers = NONE_SPELT,
): PushedWhere {
  const conjuncts = flatten(where);
  const conditions: Condition[] = [];
  const residual: FeedCondition[] = [];
  for (const conjunct of conjuncts) {
    const pushed = push(compiled, conjunct, spelt);
    conditions.push(pushed.condition);
    if (!pushed.exact) residual.push(conjunct);
  }
  const condition = all(conditions);
  const [only] = residual;
  return {
    condition,
    residual:
      condition.kind === 'never' || only === undefined
        ? null
        : residual.length === 1
          ? only
          : { all: residual },
  };
}

function flatten(where: FeedCondition): readonly FeedCondition[] {
  return 'all' in where ? where.all.flatMap(flatten) : [where];
}

function push(compiled: CompiledInterface, where: FeedCondition, spelt: SpeltNumbers): Pushed {
  if ('all' in where) {
    const parts = where.all.map((part) => push(compiled, part, spelt));
    return { condition: all(parts.map((part) => part.condition)), exact: parts.every((part) => part.exact) };
  }
  if ('any' in where) {
    const parts = where.any.map((part) => push(compiled, part, spelt));
    return { condition: any(parts.map((part) => part.condition)), exact: parts.every((part) => part.exact) };
  }
  if ('not' in where) {
    const part = push(compiled, where.not, spelt);
    return part.exact ? exactly(not(part.condition)) : UNKNOWN;
  }
  if ('subject' in where) {
    const condition = subjectCondition(compiled, where.subject);
    return { condition, exact: condition.kind === 'never' };
  }
  if ('interface' in where) {
    return exactly(where.interface.includes(compiled.mapping.interface) ? ALWAYS : NEVER);
  }
  if ('ids' in where) return exactly(idsCondition(compiled, where.ids));
  if ('unpaidOn' in where) {
    return { condition: push(compiled, { all: unpaidParts(where.unpaidOn) }, spelt).condition, exact: false };
  }
  if ('late' in where) {
    // An interface that does not hold when it happened cannot tell that it did not.
    if (!compiled.fields.has(where.late.to)) return exactly(NEVER);
    return { condition: push(compiled, { all: latenessParts(where.late) }, spelt).condition, exact: false };
  }
  const pushed = pushField(compiled, where, spelt);
  if (!isNegated(where)) return pushed;
  return pushed.exact ? exactly(not(pushed.condition)) : UNKNOWN;
}

function pushField(compiled: CompiledInterface, leaf: FieldLeaf, spelt: SpeltNumbers): Pushed {
  const predicate = toPredicate(leaf);
  const field = compiled.fields.get(leaf.field);
  if (field === undefined) return exactly(predicate.op === 'isNull' ? ALWAYS : NEVER);
  if (field.kind === 'constant') {
    return exactly(valueSatisfies(compiled, leaf.field, field.value, predicate) ? ALWAYS : NEVER);
  }
  const cells = predicate.op === 'sameNumber' ? spelt.get(leaf.field) : undefined;
  if (cells === null) return UNKNOWN;
  if (cells !== undefined && predicate.op === 'sameNumber') {
    const values = cells.get(normaliseDocumentNumber(predicate.text)) ?? [];
    return exactly(values.length === 0 ? NEVER : { kind: 'in', column: field.column, values });
  }
  return field.codec.push(predicate, field.column) ?? UNKNOWN;
}

/**
 * Rows in which any pointer holds any of the texts. A superset: with several pointers another one may win,
 * so the row's own ref is compared afterwards.
 */
export function subjectCondition(compiled: CompiledInterface, keys: readonly string[]): Condition {
  const { subject: pointers } = compiled.mapping;
  const cellsOf = compiled.info.lookupOnly ? identifiersForKeys : cellsForKeys;
  const parsed = keys.flatMap((key): readonly SubjectKey[] => {
    const subjectKey = parseSubjectKey(key);
    return subjectKey === null ? [] : [subjectKey];
  });
  return any(
    pointers.map(({ scheme, column }): Condition => {
      const cells = cellsOf(scheme, parsed, { personKey: compiled.environment.personKey });
      return cells.length === 0 ? NEVER : { kind: 'in', column, values: cells };
    }),
  );
}

/** Rows of this interface among global ids. */
export function idsCondition(compiled: CompiledInterface, ids: readonly string[]): Condition {
  const columns = compiled.mapping.key;
  const tuples = ids.flatMap((id) => {
    const parsed = parseRowId(id);
    return parsed?.interface === compiled.mapping.interface && parsed.key.length === columns.length
      ? [parsed.key]
      : [];
  });
  return tuples.length === 0 ? NEVER : { kind: 'inTuples', columns, tuples };
}
