import { ALWAYS } from '../../../adapters/condition.js';
import type { SourceRow, SourceValue } from '../../../adapters/source-value.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { compileRowReader, type RowReader } from '../read/row/row-reader.js';
import { DAMAGED, isUnreadable } from '../read/row/unreadable.js';
import type { ServedInterface } from '../read/served-interface.js';
import { isFilled } from './draft/filled.js';

/** Rows looked at. */
const SAMPLE_ROWS = 500;
/** Of every source a few cells are spoilt; more than this share means that the mapping reads them wrongly. */
const SPOILT_SHARE = 0.1;
/** Many rows are about nobody who is known by a number. */
const NOBODY_SHARE = 0.5;

/** What a mapping reads of a row: a field, or the subject. */
interface Part {
  readonly name: string;
  readonly place: Place;
  /** The columns that say it; of several one is enough. */
  readonly columns: readonly string[];
  readonly type: string;
  /** How many may be spoilt. */
  readonly share: number;
  isSpoilt(code: string): boolean;
}

/** Columns whose cells the mapping mostly or often cannot read: a wrong type, format, scheme or charset. */
export async function unreadableCells(
  { compiled, rows: door }: ServedInterface,
  context: CallContext,
): Promise<readonly Problem[]> {
  const reader = compileRowReader(compiled, {
    fields: [...compiled.mapping.fields.keys()],
    today: compiled.environment.clock.today(),
    subject: true,
    refs: false,
  });
  const rows = await door.read(
    { columns: reader.columns, where: ALWAYS, orderBy: [], limit: SAMPLE_ROWS },
    context,
  );
  return partsOf({ compiled }).flatMap((part) => tellSpoilt(part, rows, reader));
}

function partsOf({ compiled }: Pick<ServedInterface, 'compiled'>): readonly Part[] {
  const fields = [...compiled.fields.values()].flatMap((field): readonly Part[] =>
    field.kind !== 'column'
      ? []
      : [
          {
            name: field.name,
            place: field.mapping.place,
            columns: [field.column],
            type: field.mapping.type,
            share: SPOILT_SHARE,
            isSpoilt: isUnreadable,
          },
        ],
  );
  const [pointer] = compiled.mapping.subject;
  if (pointer === undefined) return fields;
  const { subject } = compiled.mapping;
  return [
    ...fields,
    {
      name: 'subject',
      place: pointer.place,
      columns: [...new Set(subject.map(({ column }) => column))],
      type: [...new Set(subject.map(({ scheme }) => scheme))].join('/'),
      share: NOBODY_SHARE,
      isSpoilt: (code) => code === 'ID_UNRESOLVED',
    },
  ];
}

function tellSpoilt(part: Part, rows: readonly SourceRow[], reader: RowReader): readonly Problem[] {
  const cellsOf = (row: SourceRow): readonly SourceValue[] =>
    part.columns.map((column) => row[reader.columns.indexOf(column)] ?? null).filter(isFilled);
  const filled = rows.filter((row) => cellsOf(row).length > 0);
  const codesOf = (row: SourceRow): readonly string[] => codesOfPart(reader.read(row).quality, part);
  const spoilt = filled.filter((row) => codesOf(row).length > 0);
  const [first] = spoilt;
  if (first === undefined || spoilt.length <= filled.length * part.share) return [];
  const columns = part.columns.join(', ');
  const example = shownCell(cellsOf(first)[0] ?? null);
  const isDamaged = codesOf(first).includes(DAMAGED);
  return [
    {
      rule: 'cells-unreadable',
      severity: 'warning',
      place: part.place,
      zh: `“${part.name}”（列 ${columns}）所见 ${filled.length} 个值中有 ${spoilt.length} 个${isDamaged ? '是乱码' : `不能读作 ${part.type}`}，如 ${example}。`,
      en: `${spoilt.length} of ${filled.length} cells that were looked at ${isDamaged ? 'hold damaged text' : `cannot be read as the ${part.type}`} of "${part.name}" (column ${columns}), such as ${example}.`,
    },
  ];
}

function codesOfPart(quality: readonly string[], part: Part): readonly string[] {
  return quality
    .map((mark) => mark.split(':'))
    .flatMap(([code = '', name]) => (name === part.name && part.isSpoilt(code) ? [code] : []));
}

function shownCell(cell: SourceValue): string {
  return cell instanceof Uint8Array ? `0x${Buffer.from(cell).toString('hex')}` : JSON.stringify(String(cell));
}
