import { comparisonOf } from '../../kinds/field.js';
import { fieldOf, type Kind } from '../../kinds/kinds.js';
import { inCounty } from '../../port/county-name.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import { isDecimal } from '../../values/numbers/decimal.js';
import type {
  FeedDimension,
  FeedPage,
  FeedPageRequest,
  FeedPart,
  FeedSnapshot,
  FeedTally,
  FeedTallyRequest,
  InterfaceInfo,
} from '../feed.js';
import type { CountyName } from './county-description.js';

export function infoFromCounty({ code, title }: CountyName, info: InterfaceInfo): InterfaceInfo {
  return {
    ...info,
    name: inCounty(code, info.name),
    title: `${title} › ${info.title}`,
    ...(info.standsFor !== undefined && { standsFor: inCounty(code, info.standsFor) }),
  };
}

/** Also of what comes with an outcome, such as its data. */
export function outcomeFromCounty<Part extends InterfaceOutcome | FeedSnapshot>(
  code: string,
  part: Part,
): Part {
  return { ...part, interface: inCounty(code, part.interface) };
}

/** A county's page under the hub's names; null: it is no answer to the request. */
export function pageFromCounty(
  code: string,
  request: FeedPageRequest,
  part: FeedPart<FeedPage>,
): FeedPart<FeedPage> | null {
  const { data, ...outcome } = part;
  if (data === undefined) return outcomeFromCounty(code, outcome);
  const numbers = request.orderBy.map(({ field }) => isNumber(request.kind, { field }));
  const isAnswer = data.rows.every(
    ({ id, sort, values }) =>
      id.startsWith(`${part.interface}:`) &&
      values.length === request.fields.length &&
      areTexts(sort, numbers),
  );
  if (!isAnswer || data.rows.length > request.limit) return null;
  const rows = data.rows.map((row) => ({ ...row, id: inCounty(code, row.id) }));
  return { ...outcomeFromCounty(code, outcome), data: { ...data, rows } };
}

/** As `pageFromCounty`. */
export function tallyFromCounty(
  code: string,
  request: FeedTallyRequest,
  part: FeedPart<readonly FeedTally[]>,
): FeedPart<readonly FeedTally[]> | null {
  const { data, ...outcome } = part;
  if (data === undefined) return outcomeFromCounty(code, outcome);
  const numbers = request.by.map((dimension) => isNumber(request.kind, dimension));
  const isAnswer = data.every(
    ({ key, measures }) => measures.length === request.measures.length && areTexts(key, numbers),
  );
  if (!isAnswer) return null;
  const named = request.by.map((dimension) => 'interface' in dimension);
  const tallies = data.map((tally) => ({
    ...tally,
    key: tally.key.map((text, index) =>
      text !== null && named[index] === true ? inCounty(code, text) : text,
    ),
  }));
  return { ...outcomeFromCounty(code, outcome), data: named.includes(true) ? tallies : data };
}

/** Whether the texts of a dimension or order key are added up or compared as numbers. */
function isNumber(kind: Kind | null, dimension: FeedDimension): boolean {
  if ('days' in dimension) return true;
  if (!('field' in dimension) || 'truncate' in dimension || kind === null) return false;
  return comparisonOf(fieldOf(kind, dimension.field)?.type) === 'number';
}

/** Whether there are as many texts as wanted, and those are numbers that must be. */
function areTexts(texts: readonly (string | null)[], numbers: readonly boolean[]): boolean {
  return (
    texts.length === numbers.length &&
    texts.every((text, index) => text === null || numbers[index] !== true || isDecimal(text))
  );
}
