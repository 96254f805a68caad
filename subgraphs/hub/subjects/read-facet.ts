import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FacetField, InterfaceInfo, SubjectFacet } from '../../feed/feed.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { facetInputsOf } from '../../kinds/surface/facet-inputs.js';
import { facetFilterToFeed } from '../filter/filter-to-feed.js';
import { nobodyShows } from '../filter/nobody-shows.js';
import type { Hub } from '../hub.js';
import { refuseFacetPersons } from '../persons/facet-persons.js';
import { judgeBy, readCounts, type TallyJudge } from './read-clause.js';

type Input = Readonly<Record<string, unknown>>;

/** What a subject's rows of one facet must be like; of a facet that shows one row, that one. */
export interface FacetClause extends TallyJudge {
  /** Interfaces that fill the facet: one, or one of each county. */
  readonly filledBy: readonly FacetInterface[];
  readonly where: RowCondition;
  /** Where it stands, for messages. */
  readonly path: string;
}

export type FacetInterface = InterfaceInfo & { readonly facet: SubjectFacet };

/**
 * Reads the conditions on what departments add to a subject: `marine: {vessel: {where: {lengthM: {gte: "24"}}}}`.
 *
 * @param holder the field of Subject, `marine`.
 * @throws BAD_USER_INPUT @throws INTERFACE_MISSING where nobody is known to fill the facet.
 * @throws FORBIDDEN by persons, for a caller who must not see small counts of them.
 */
export async function readFacets(
  hub: Hub,
  holder: string,
  clauses: Input,
  path: string,
  context: CallContext,
): Promise<readonly FacetClause[]> {
  const given = Object.entries(clauses).filter(([, value]) => value !== null && value !== undefined);
  return Promise.all(
    given.map(([name, value]) =>
      readFacet(hub, `${holder}.${name}`, value as Input, `${path}.${name}`, context),
    ),
  );
}

async function readFacet(
  hub: Hub,
  facet: string,
  input: Input,
  path: string,
  context: CallContext,
): Promise<FacetClause> {
  const filledBy = hub.fan.interfaces().flatMap((info) => filling(info, facet) ?? []);
  if (filledBy.length === 0) throw nobodyShows(path);
  const fields = filledBy.find((info) => info.facet.fields.length > 0)?.facet.fields ?? [];
  const where = await readWhere(input.where, `${path}.where`, fields);
  refuseFacetPersons(where, fields, path, context);
  const judge = judgeBy(readCounts(input, path));
  // A row that is added may be shown in the place of another.
  const isReplaced = filledBy.some((info) => !info.facet.list);
  return { filledBy, where, path, ...judge, standsWithMore: judge.standsWithMore && !isReplaced };
}

/** The interface as one that fills a facet; null: it does not. */
function filling(info: InterfaceInfo, path: string): FacetInterface | null {
  if (info.facet?.path === path) return { ...info, facet: info.facet };
  // Of a county that has never said which interfaces it has, one stands for all that tell of subjects.
  const mayFill = info.standsFor !== undefined && info.kind === 'Subject';
  return mayFill ? { ...info, facet: { path, list: true, order: [], shared: false, fields: [] } } : null;
}

/** What an interface is asked. One of which nothing is known is asked for anything, so that it says why it is MISSING. */
export function askedOf({ facet }: FacetInterface, { where }: FacetClause): RowCondition {
  return facet.fields.length === 0 ? { all: [] } : where;
}

/** Fields that nobody knows are read by nobody: the interface is MISSING, whatever is asked of it. */
async function readWhere(where: unknown, path: string, fields: readonly FacetField[]): Promise<RowCondition> {
  if (where === null || where === undefined || fields.length === 0) return { all: [] };
  return facetFilterToFeed(where as Input, path, facetInputsOf(fields));
}
