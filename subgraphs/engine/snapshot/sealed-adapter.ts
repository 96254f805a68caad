import type { Condition } from '../../../adapters/condition.js';
import type {
  CallBounds,
  ReadRequest,
  SourceAdapter,
  TallyGroup,
  TallyRequest,
} from '../../../adapters/source-adapter.js';
import { SourceRejected } from '../../../adapters/source-error.js';
import type { SourceRow, SourceValue } from '../../../adapters/source-value.js';
import { isSealed, openSealed, type PersonKey, sealSpelling } from '../../values/identifiers/person-key.js';
import { rememberWith } from '../../values/remember.js';

type Value = Exclude<SourceValue, null>;

/** Seals cells that may hold a personal number, and opens them again. The same cell is always sealed to the same text. */
export interface CellSeal {
  seal(cell: SourceValue): SourceValue;
  /** As `seal`; a list that several interfaces of a request are asked by is sealed once. */
  sealAll(values: readonly Value[]): readonly Value[];
  open(cell: SourceValue): SourceValue;
}

/** Fifteen or eighteen digits, in whatever company and width. */
const LOOKS_PERSONAL = /[0-9]{15}/;
/** Too short for them, and of characters that stand for themselves alone. */
const SHORT = /^[ -~]{0,14}$/;

export function createCellSeal(personKey: PersonKey): CellSeal {
  return {
    seal: (cell) => (cell === null ? null : sealCell(cell, personKey)),
    sealAll: (values) => sealList(values, personKey),
    open: (cell) => {
      if (typeof cell !== 'string' || !isSealed(cell)) return cell;
      return openSealed(cell, personKey) ?? cell;
    },
  };
}

function sealCell(cell: Value, personKey: PersonKey): Value {
  if (cell instanceof Uint8Array || typeof cell === 'boolean') return cell;
  const text = String(cell);
  const isPersonal = !SHORT.test(text) && LOOKS_PERSONAL.test(text.normalize('NFKC').replace(/[\s·.-]/g, ''));
  return isPersonal || isSealed(text) ? sealSpelling(text, personKey) : cell;
}

const sealList = rememberWith((values: readonly Value[], personKey: PersonKey): readonly Value[] =>
  values.map((value) => sealCell(value, personKey)),
);

/** The adapter of rows of which some columns are sealed: whoever asks it sees and names cells as their source holds them. */
export function createSealedAdapter(
  adapter: SourceAdapter,
  sealed: ReadonlySet<string>,
  seal: CellSeal,
): SourceAdapter {
  if (sealed.size === 0) return adapter;
  const openAt = (columns: readonly string[], cells: SourceRow): SourceRow =>
    cells.map((cell, index) => (sealed.has(columns[index] ?? '') ? seal.open(cell) : cell));
  return {
    kind: adapter.kind,
    capabilities: adapter.capabilities,
    describe: (object, bounds) => adapter.describe(object, bounds),
    read: async (request: ReadRequest, bounds: CallBounds) => {
      const rows = await adapter.read(
        { ...request, where: sealCondition(request.where, sealed, seal) },
        bounds,
      );
      return rows.map((row) => openAt(request.columns, row));
    },
    tally: async (request: TallyRequest, bounds: CallBounds) => {
      const groups = await adapter.tally(
        { ...request, where: sealCondition(request.where, sealed, seal) },
        bounds,
      );
      const columns = request.groupBy.map(({ column }) => column);
      return groups.map((group): TallyGroup => ({ ...group, key: openAt(columns, group.key) }));
    },
    probe: (bounds) => adapter.probe(bounds),
    explain: (request) => adapter.explain({ ...request, where: sealCondition(request.where, sealed, seal) }),
    close: () => adapter.close(),
  };
}

/** The same condition on sealed cells. @throws {SourceRejected} where it looks into a sealed cell. */
function sealCondition(condition: Condition, sealed: ReadonlySet<string>, seal: CellSeal): Condition {
  const sealValue = (value: Value): Value => seal.seal(value) ?? value;
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => sealCondition(part, sealed, seal)) };
    case 'not':
      return { ...condition, of: sealCondition(condition.of, sealed, seal) };
    case 'in':
      return sealed.has(condition.column)
        ? { ...condition, values: seal.sealAll(condition.values) }
        : condition;
    case 'compare':
      if (!sealed.has(condition.column)) return condition;
      if (condition.op !== 'eq') throw cannotLookInto(condition.column);
      return { ...condition, value: sealValue(condition.value) };
    case 'matches':
    case 'contains':
    case 'startsWith':
      if (sealed.has(condition.column)) throw cannotLookInto(condition.column);
      return condition;
    case 'inTuples':
      return {
        ...condition,
        tuples: condition.tuples.map((tuple) =>
          tuple.map((value, index) =>
            sealed.has(condition.columns[index] ?? '') ? sealValue(value) : value,
          ),
        ),
      };
    default:
      return condition;
  }
}

function cannotLookInto(column: string): SourceRejected {
  return new SourceRejected(
    `Cannot filter by a part of ${column}: its personal numbers are kept sealed, and compare as a whole`,
  );
}
