import { all, any, type Condition, not } from '../../../adapters/condition.js';
import { kindOfObject } from '../../../adapters/kinds.js';
import type { SourceAdapter, SourceObject } from '../../../adapters/source-adapter.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { DerivedDeclaration } from '../../kinds/derived.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { declarationOf, fieldNamesOf } from '../../kinds/kinds.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import { makeCodec } from '../../values/make-codec.js';
import { cellText } from '../../values/texts/cell-text.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { matchedFacetOf } from '../mapping/matched-facet.js';
import { keptColumns } from '../snapshot/kept-columns.js';
import { bindAdapter } from './bind-adapter.js';
import { compileCellFilters } from './cell-filters.js';
import type {
  BesideColumn,
  CompiledField,
  CompiledInterface,
  EngineEnvironment,
} from './compiled-interface.js';
import { compileRowScope } from './row-scope.js';

/** Turns a linted mapping into functions; nothing of the mapping is interpreted per row afterwards. */
export function compileInterface(
  mapping: InterfaceMapping,
  adapter: SourceAdapter,
  environment: EngineEnvironment,
): CompiledInterface {
  const fields = new Map<string, CompiledField>();
  for (const field of mapping.fields.values()) fields.set(field.name, compileField(field, environment));
  const before = compileCellFilters(mapping.where);
  const { object } = mapping.source;
  // What is bound to one interface knows no other object.
  const kind = kindOfObject(object);
  const name = kind.namesObjects ? kind.nameOf(object) : mapping.interface;
  const from: SourceObject =
    mapping.latest === undefined ? { name } : { name, latest: { ...mapping.latest, among: before } };
  const unkeyed = mapping.key.map((column): Condition => ({ kind: 'isNull', column }));
  const keyed = unkeyed.map(not);
  const chosen = compileCellFilters(mapping.whereLatest);
  const wanted = [...(mapping.latest === undefined ? [before] : []), chosen];
  const base = all([...wanted, ...keyed]);
  const derived = compileDerived(mapping, fields);
  const { watermark } = mapping;
  const info = describeInterface(mapping, [...fields.keys(), ...derived.keys()], fields, environment);
  return {
    mapping,
    info,
    adapter: bindAdapter(adapter, mapping),
    environment,
    from,
    base,
    keyless: { from, base: all([...wanted, any(unkeyed)]) },
    versions: {
      from: mapping.latest === undefined ? { name } : { name, versions: true },
      base: all([before, ...keyed]),
    },
    scope: compileRowScope(mapping, environment),
    fields,
    required: requiredColumns(mapping),
    isListed: !info.lookupOnly && mapping.requires === undefined,
    watermark:
      watermark === undefined
        ? null
        : {
            column: watermark.column,
            codec: makeCodec(
              {
                place: mapping.place,
                name: 'watermark',
                column: watermark.column,
                type: 'DateTime',
                format: watermark.format,
                zone: watermark.zone,
                nulls: [],
              },
              environment,
            ),
          },
    kind: mapping.feeds ?? null,
    derived,
  };
}

/** Those derived fields of the interface's kind for which it maps what they require. */
function compileDerived(
  { feeds }: InterfaceMapping,
  fields: ReadonlyMap<string, CompiledField>,
): ReadonlyMap<string, DerivedDeclaration> {
  if (feeds === undefined) return new Map();
  return new Map(
    Object.entries(declarationOf(feeds).derived).filter(([, { requires }]) =>
      requires.every((field) => fields.has(field)),
    ),
  );
}

function compileField(field: FieldMapping, environment: EngineEnvironment): CompiledField {
  if (field.column === undefined) {
    return { kind: 'constant', name: field.name, value: constantValue(field) };
  }
  return {
    kind: 'column',
    name: field.name,
    column: field.column,
    codec: makeCodec(field, environment),
    mapping: field,
    beside: compileBeside(field, environment),
  };
}

/**
 * The second column that some fields look at: the day that a code list is read by, the other coordinate, the clock, the
 * unit.
 */
function compileBeside(field: FieldMapping, environment: EngineEnvironment): BesideColumn | null {
  const other = field.pair ?? field.clock?.column ?? field.unitColumn;
  if (other !== undefined) return { column: other, read: cellText };
  if (field.codesAsOf === undefined) return null;
  const column = field.codesAsOf;
  const { decode } = makeCodec(
    { ...field, name: `${field.name}.asOf`, column, type: 'Date', format: 'any' },
    environment,
  );
  return {
    column,
    read: (cell) => {
      const { value } = decode(cell);
      return typeof value === 'string' ? value : null;
    },
  };
}

function constantValue(field: FieldMapping): FieldValue {
  const text = field.value ?? null;
  if (text === null) return null;
  if (field.type === 'Boolean') return text === 'true';
  return field.type === 'Codes' || field.type === 'Texts' ? [text] : text;
}

function describeInterface(
  mapping: InterfaceMapping,
  fieldNames: readonly string[],
  fields: ReadonlyMap<string, CompiledField>,
  environment: EngineEnvironment,
): InterfaceInfo {
  const department = fields.get('department');
  const { object } = mapping.source;
  const isLookUp = (object.needs ?? []).length > 0;
  return {
    name: mapping.interface,
    title: mapping.title,
    department: mapping.owner.department,
    kind: mapping.feeds ?? null,
    departments: department === undefined ? null : possibleCodes(department, environment),
    fields: fieldNames,
    numbers: storedNumbers(mapping),
    warnAfterSeconds: mapping.watermark?.warnSeconds ?? null,
    failAfterSeconds: mapping.watermark?.failSeconds ?? null,
    ...matchedFacetOf(mapping),
    ...(mapping.requires !== undefined && { requires: mapping.requires.names }),
    lookupOnly: isLookUp,
    ...(isLookUp && { askedNumbers: askedNumbers(mapping) }),
  };
}

/** Document numbers that the source takes as keys. */
function askedNumbers({ fields, source }: InterfaceMapping): readonly string[] {
  const asked = (source.object.ask ?? []).filter(({ by }) => by === 'key' || by === 'keys');
  return [...fields.values()]
    .filter(({ type, column }) => type === 'DocumentNumber' && asked.some((one) => one.column === column))
    .map(({ name }) => name);
}

function requiredColumns({ requires, fields, subject }: InterfaceMapping): readonly string[] {
  return (requires?.names ?? []).flatMap((name) =>
    name === 'subject' ? subject.map(({ column }) => column) : (fields.get(name)?.column ?? []),
  );
}

/** Document numbers of the kind, but for those of a level that nothing is stored of. */
function storedNumbers(mapping: InterfaceMapping): readonly string[] {
  const { feeds, fields } = mapping;
  const { leftOut } = keptColumns(mapping);
  return [...fields.values()]
    .filter(
      ({ type, column, name }) => type === 'DocumentNumber' && column !== undefined && !leftOut.has(name),
    )
    .filter(({ name }) => feeds !== undefined && fieldNamesOf(feeds).includes(name))
    .map(({ name }) => name);
}

/** The values that the `department` field of this interface can have, so that the hub need not ask it in vain. */
function possibleCodes(field: CompiledField, environment: EngineEnvironment): readonly string[] | null {
  if (field.kind === 'constant') return typeof field.value === 'string' ? [field.value] : null;
  const list = field.mapping.codes === undefined ? undefined : environment.codeLists.get(field.mapping.codes);
  if (list === undefined) return null;
  return [...new Set([...list.codes.map((entry) => entry.value), 'UNKNOWN'])];
}
