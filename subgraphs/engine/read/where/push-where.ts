import { ALWAYS, all, any, type Condition, NEVER, not } from '../../../../adapters/condition.js';
import type { Present } from '../../../kinds/derived.js';
import {
  conjunctsOf,
  type FieldCondition,
  foldCondition,
  type InterfaceMark,
  type RowCondition,
} from '../../../kinds/row-condition.js';
import { normaliseDocumentNumber } from '../../../values/texts/document-number.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { parseRowId } from '../../compile/row-id.js';
import { changedSince } from '../../snapshot/changed-rows.js';
import { momentOf } from '../mark/mark-text.js';
import { pointedCells } from '../row/pointer-cell.js';
import { askedKeys } from './asked-keys.js';
import { isNegated, toPredicate, valueSatisfies } from './predicate.js';
import { NONE_SPELT, type SpeltNumbers } from './spell-numbers.js';

/** A filter split into what the source evaluates and what remains to be checked on decoded rows. */
export interface PushedWhere {
  /** True for every row that the filter wants, and perhaps for more. */
  readonly condition: Condition;
  /** Null when `condition` says it all. */
  readonly residual: RowCondition | null;
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
 * @param present what derived fields are relative to.
 * @param spelt how the source spells the filter's document numbers, as far as that was looked up.
 */
export function pushWhere(
  compiled: CompiledInterface,
  where: RowCondition,
  present: Present,
  spelt: SpeltNumbers = NONE_SPELT,
): PushedWhere {
  const conditions: Condition[] = [];
  const residual: RowCondition[] = [];
  for (const conjunct of conjunctsOf(where)) {
    const pushed = push(compiled, conjunct, present, spelt);
    conditions.push(pushed.condition);
    if (!pushed.exact) residual.push(conjunct);
  }
  const condition = all(conditions);
  const [only] = residual;
  if (condition.kind === 'never' || only === undefined) return { condition, residual: null };
  return { condition, residual: residual.length === 1 ? only : { all: residual } };
}

function push(
  compiled: CompiledInterface,
  where: RowCondition,
  present: Present,
  spelt: SpeltNumbers,
): Pushed {
  return foldCondition<Pushed>(where, {
    all: (parts) => join(parts, all),
    any: (parts) => join(parts, any),
    not: opposite,
    field: (leaf) => {
      const declaration = compiled.derived.get(leaf.field);
      if (declaration !== undefined) {
        const narrowed = declaration.narrow?.(leaf, present) ?? null;
        if (narrowed === null) return UNKNOWN;
        const pushed = push(compiled, narrowed.condition, present, spelt);
        return { condition: pushed.condition, exact: pushed.exact && narrowed.exact };
      }
      const pushed = pushField(compiled, leaf, spelt);
      return isNegated(leaf) ? opposite(pushed) : pushed;
    },
    subject: (keys) => {
      const condition = subjectCondition(compiled, keys);
      return { condition, exact: condition.kind === 'never' };
    },
    ids: (ids) => exactly(idsCondition(compiled, ids)),
    interface: (names) => exactly(names.includes(compiled.mapping.interface) ? ALWAYS : NEVER),
    newerThan: (marks) => exactly(newerCondition(compiled, marks)),
  });
}

function join(parts: readonly Pushed[], combine: (conditions: readonly Condition[]) => Condition): Pushed {
  return {
    condition: combine(parts.map((part) => part.condition)),
    exact: parts.every((part) => part.exact),
  };
}

/** The opposite of a superset is no superset. */
function opposite(part: Pushed): Pushed {
  return part.exact ? exactly(not(part.condition)) : UNKNOWN;
}

function pushField(compiled: CompiledInterface, leaf: FieldCondition, spelt: SpeltNumbers): Pushed {
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
  const asked = askedKeys(keys, compiled.environment.personKey);
  return any(
    pointers.map((pointer): Condition => {
      const { scheme, column } = pointer;
      const texts = compiled.info.lookupOnly ? asked.identifiers(scheme) : asked.cells(scheme);
      const values = pointedCells(pointer, texts);
      return values.length === 0 ? NEVER : { kind: 'in', column, values };
    }),
  );
}

/** Rows that the interface's watermark tells to be newer than its mark, and those that have none. */
function newerCondition(compiled: CompiledInterface, marks: readonly InterfaceMark[]): Condition {
  const own = marks.find((one) => one.interface === compiled.mapping.interface);
  if (own === undefined) return NEVER;
  const moment = momentOf(compiled, own.mark);
  const changed = moment === null ? null : changedSince(compiled, moment);
  const column = compiled.watermark?.column;
  return changed === null || column === undefined ? ALWAYS : any([changed, { kind: 'isNull', column }]);
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
