import type { CallContext } from '../../../runtime/call/call-context.js';
import { perRequest } from '../../../runtime/call/per-request.js';
import type { FeedPart, FeedTally, InterfaceInfo, MatchedFacet } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { countyOf } from '../../port/county-name.js';
import { isAbsent, outcomeOf } from '../../port/interface-outcome.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { canAnswer, contributorsOf } from '../fan/can-contribute.js';
import { createCoverageBook, type InterfaceCoverage } from '../fan/coverage.js';
import { countOf } from '../fan/list-reader.js';
import type { Hub } from '../hub.js';

/** How many rows of a kind a facet has a row for. */
interface MatchedRows {
  /** By department; null: an interface gave nothing, or a county has rows and no such facet. */
  readonly departments: ReadonlyMap<string, number> | null;
  readonly rests: readonly InterfaceCoverage[];
}

export type ReadMatched = (
  kind: RowKind,
  where: RowCondition,
  facet: string,
  context: CallContext,
) => Promise<MatchedRows>;

/** Every number of one facet's interface; a county's facet is of the rows of that county alone. */
interface FacetNumbers extends MatchedFacet {
  readonly county: string | null;
  readonly numbers: ReadonlySet<string>;
}

interface FacetRead {
  /** Null: one of them gave nothing, or there is none. */
  readonly facets: readonly FacetNumbers[] | null;
  readonly parts: readonly FeedPart<readonly FeedTally[]>[];
}

const EVERYTHING: RowCondition = { all: [] };

/**
 * Counts rows to which a facet has a row by document number. All numbers of the facet are read at once, and once a
 * request: looking them up one by one would make its source compare every row with every spelling.
 */
export function createMatchedReader(hub: Hub): ReadMatched {
  const facetOf = perRequest((context, facet) => readFacet(hub, facet, context));
  return async (kind, where, facet, context) => {
    const { facets, parts: facetParts } = await facetOf(context, facet);
    const fields = [...new Set((facets ?? []).map(({ number }) => number))];
    const interfaces = contributorsOf(hub.fan, kind, where);
    const parts =
      facets === null
        ? []
        : await hub.fan.tally(
            {
              kind,
              where,
              by: [{ field: 'department' }, ...fields.map((field) => ({ field }))],
              measures: [],
              interfaces,
            },
            context,
          );
    const book = createCoverageBook();
    for (const part of [...facetParts, ...parts]) book.add(outcomeOf(part), countOf(part));
    const isWhole = facets !== null && parts.length > 0 && !parts.some(isAbsent);
    return { departments: isWhole ? countMatched(parts, fields, facets) : null, rests: book.list() };
  };
}

async function readFacet({ fan }: Hub, facet: string, context: CallContext): Promise<FacetRead> {
  const infos = fan.interfaces().flatMap((info) => {
    const { matched } = info;
    return matched?.facet === facet && canAnswer(info, EVERYTHING) ? [{ info, matched }] : [];
  });
  const read = await Promise.all(infos.map(({ info, matched }) => readNumbers(fan, info, matched, context)));
  const parts = read.flatMap((one) => one.parts);
  const isWhole = parts.length > 0 && !parts.some(isAbsent);
  return { facets: isWhole ? read.map(({ facet: numbers }) => numbers) : null, parts };
}

async function readNumbers(
  fan: Hub['fan'],
  { name }: InterfaceInfo,
  matched: MatchedFacet,
  context: CallContext,
): Promise<{ readonly facet: FacetNumbers; readonly parts: FacetRead['parts'] }> {
  const by = [{ field: matched.field }];
  const request = { kind: null, where: EVERYTHING, by, measures: [], interfaces: [name] };
  const parts = await fan.tally(request, context);
  const numbers = parts.flatMap(({ data }) => data ?? []).flatMap(({ key: [text] }) => numberOf(text));
  return { facet: { ...matched, county: countyOf(name), numbers: new Set(numbers) }, parts };
}

/** Null: rows of a county that has no such facet can be neither counted nor left out. */
function countMatched(
  parts: FacetRead['parts'],
  fields: readonly string[],
  facets: readonly FacetNumbers[],
): MatchedRows['departments'] {
  const departments = new Map<string, number>();
  for (const { interface: name, data = [] } of parts) {
    const ofCounty = facets.filter(({ county }) => county === countyOf(name));
    if (ofCounty.length === 0 && data.length > 0) return null;
    for (const { key, count } of data) {
      const [department, ...texts] = key;
      const isMatched = ofCounty.some(({ number, numbers }) =>
        numberOf(texts[fields.indexOf(number)]).some((text) => numbers.has(text)),
      );
      if (!isMatched) continue;
      const of = department ?? 'UNKNOWN';
      departments.set(of, (departments.get(of) ?? 0) + count);
    }
  }
  return departments;
}

/** Its normal form; nothing of what is no number. */
function numberOf(text: string | null | undefined): readonly string[] {
  const number = text == null ? '' : normaliseDocumentNumber(text);
  return number === '' ? [] : [number];
}
