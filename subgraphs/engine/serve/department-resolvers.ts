import type { DocumentNode, ObjectTypeDefinitionNode } from 'graphql';
import { SourceError } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import type { FeedPort } from '../../feed/feed.js';
import { handleFeedMessage } from '../../feed/feed-messages.js';
import { readSubjectReference, type SubjectHandle } from '../../feed/subject-reference.js';
import { KINDS } from '../../kinds/kinds.js';
import { interfaceMissing } from '../../port/answer-notes.js';
import { countyOf, ownNameOf } from '../../port/county-name.js';
import { type InterfaceOutcome, missingOutcome } from '../../port/interface-outcome.js';
import type { SubgraphResolvers } from '../../port/subgraph-schema.js';
import { normaliseDocumentNumber } from '../../values/texts/document-number.js';
import { type BrokenInterface, brokenOutcome } from '../broken-interface.js';
import { formatRowId, parseRowId } from '../compile/row-id.js';
import { AccessDenied } from '../compile/row-scope.js';
import {
  type FacetTarget,
  namedType,
  objectTypes,
  resolveFacet,
  type SdlTypes,
} from '../mapping/facet-path.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { codeOf, publicDetail } from '../read/public-detail.js';
import type { EngineRow } from '../read/row/row-reader.js';
import type { ServedInterface } from '../read/served-interface.js';
import { lackingFacets } from './broken-facets.js';
import { createRowLoaders, type RowLoaders } from './row-loaders.js';

/** Rows of a subject that a list field gives when the query does not say how many. */
const DEFAULT_LIST = 20;
const MAX_LIST = 500;

/** Where rows of one facet come from. */
interface FacetSource {
  readonly mapping: InterfaceMapping;
  readonly loaders: RowLoaders;
}

/** Rows of a facet by the interface that an entity's id names: where they come from, or why they cannot. */
type RowSources = Map<string, FacetSource | BrokenInterface>;

/** A row on its way to GraphQL. */
interface FacetRow {
  readonly interface: string;
  readonly row: EngineRow;
}

type Resolver = (parent: unknown, args: Readonly<Record<string, unknown>>, context: CallContext) => unknown;

/**
 * The resolvers of a department, wholly derived from its SDL and mappings. What a broken interface would fill is null,
 * with an error that names the interface.
 */
export function createDepartmentResolvers(
  sdl: DocumentNode,
  served: readonly ServedInterface[],
  feed: FeedPort,
  broken: readonly BrokenInterface[],
): SubgraphResolvers {
  const types = objectTypes(sdl);
  const resolvers = new Map<string, Map<string, Resolver>>();
  const add = (type: string, field: string, resolver: Resolver): void => {
    const fields = resolvers.get(type) ?? new Map<string, Resolver>();
    fields.set(field, resolver);
    resolvers.set(type, fields);
  };
  const rowFacets = new Map<string, { target: FacetTarget; byInterface: RowSources }>();
  const rowsAt = (path: string, target: FacetTarget): RowSources => {
    const facet = rowFacets.get(path) ?? { target, byInterface: new Map() };
    rowFacets.set(path, facet);
    return facet.byInterface;
  };
  const filled = new Set<string>();
  for (const one of served) {
    const { mapping } = one.compiled;
    const target = mapping.facet === undefined ? null : resolveFacet(mapping.facet, types);
    if (target === null || mapping.facet === undefined) continue;
    filled.add(mapping.facet);
    const fieldNames = ownFieldsOf(target.type, types);
    const loaders = createRowLoaders(
      one,
      fieldNames.filter((name) => mapping.fields.has(name)),
    );
    for (const name of fieldNames) add(target.type.name.value, name, rowField(name));
    if (target.kind === 'row' && mapping.match !== undefined) {
      add(target.entity, target.field, rowByNumber({ mapping, loaders }, mapping.match.entity));
    } else if (target.kind === 'row') {
      rowsAt(mapping.facet, target).set(mapping.of ?? mapping.interface, { mapping, loaders });
    } else if (target.kind === 'rows') {
      add(target.holder, target.holderField, rowsOfRow({ mapping, loaders }, target.list));
    } else {
      add('Subject', target.field, (subject) => subject);
      add(target.holder, target.holderField, subjectRows({ mapping, loaders }, target.list));
    }
  }
  for (const { path, target, broken: lacking } of lackingFacets(broken, types, filled)) {
    if (target.kind === 'row' && target.requires !== null) {
      if (!filled.has(path)) add(target.entity, target.field, brokenRows(lacking));
    } else if (target.kind === 'row') {
      const rows = rowsAt(path, target);
      for (const one of lacking) rows.set(one.of ?? one.info.name, one);
    } else {
      if (target.kind === 'subject') add('Subject', target.field, (subject) => subject);
      add(target.holder, target.holderField, brokenRows(lacking));
    }
  }
  for (const { target, byInterface } of rowFacets.values()) {
    if (target.kind === 'row') add(target.entity, target.field, rowOfEntity(byInterface));
  }
  for (const entity of KINDS) {
    if (entity !== 'Subject' && types.has(entity))
      add(entity, '__resolveReference', (reference) => reference);
  }
  if (types.has('Subject')) {
    add('Subject', '__resolveReference', (reference) =>
      readSubjectReference(reference as Parameters<typeof readSubjectReference>[0]),
    );
  }
  add('Query', '_feed', (_parent, { request }, context) => handleFeedMessage(feed, request, context));
  return Object.fromEntries(
    [...resolvers].map(([type, fields]) => [type, Object.fromEntries(fields)]),
  ) as SubgraphResolvers;
}

/** Fields of a facet's type that its row fills; below the others hang rows of other interfaces. */
function ownFieldsOf(type: ObjectTypeDefinitionNode, types: SdlTypes): readonly string[] {
  return (type.fields ?? [])
    .filter((field) => {
      const inner = namedType(field.type);
      return !types.has(inner) || KINDS.some((kind) => kind === inner);
    })
    .map((field) => field.name.value);
}

/** `Inspection.market` and its like: the row whose id the entity carries, if its interface is one of ours. */
function rowOfEntity(byInterface: RowSources): Resolver {
  return async (entity, _args, context) => {
    const id = parseRowId((entity as { readonly id: string }).id);
    const facet = byInterface.get(ownNameOf(id?.interface ?? ''));
    if (facet === undefined || id === null) return null;
    if (countyOf(id.interface) !== null) throw interfaceMissing(outcomeElsewhere(id.interface, facet));
    if ('problems' in facet) throw interfaceMissing(brokenOutcome(facet));
    const { mapping, loaders } = facet;
    const name = mapping.interface;
    const row = await translating(mapping, loaders.byId(formatRowId(name, id.key), context));
    return row === null ? null : ({ interface: name, row } satisfies FacetRow);
  };
}

/** `Inspection.mobile`: the row that holds the entity's number, whichever department the entity is of. */
function rowByNumber({ mapping, loaders }: FacetSource, field: string): Resolver {
  return async (entity, _args, context) => {
    const number = (entity as Readonly<Record<string, unknown>>)[field];
    if (typeof number !== 'string' || normaliseDocumentNumber(number) === '') return null;
    const row = await translating(mapping, loaders.byNumber(number, context));
    return row === null ? null : ({ interface: mapping.interface, row } satisfies FacetRow);
  };
}

/** The row is one of a county below this hub, whose own surface has the facet. */
function outcomeElsewhere(name: string, facet: FacetSource | BrokenInterface): InterfaceOutcome {
  const { department } = 'problems' in facet ? facet.info : facet.mapping.owner;
  return missingOutcome({ name, department }, 'INTERFACE_ELSEWHERE', 0);
}

/** Tells the first of those that may hold the subject's rows. */
function brokenRows(broken: readonly BrokenInterface[]): Resolver {
  return () => {
    const [first] = broken;
    if (first === undefined) return null;
    throw interfaceMissing(brokenOutcome(first));
  };
}

function subjectRows({ mapping, loaders }: FacetSource, list: boolean): Resolver {
  return async (subject, args, context) => {
    const rows = await translating(mapping, loaders.bySubject(subject as SubjectHandle, context));
    return listed(mapping, rows, list, args);
  };
}

/** `Event.grassroots.steps`: the rows that belong to the row above, whose key they hold. */
function rowsOfRow({ mapping, loaders }: FacetSource, list: boolean): Resolver {
  return async (above, args, context) => {
    const { interface: name, row } = above as FacetRow;
    if (name !== mapping.of) return list ? [] : null;
    const rows = await translating(mapping, loaders.byOwner(row.key, context));
    return listed(mapping, rows, list, args);
  };
}

function listed(
  { interface: name }: InterfaceMapping,
  rows: readonly EngineRow[],
  list: boolean,
  args: Readonly<Record<string, unknown>>,
): FacetRow | readonly FacetRow[] | null {
  const facets = rows.map((row): FacetRow => ({ interface: name, row }));
  if (!list) return facets[0] ?? null;
  const first = typeof args.first === 'number' ? args.first : DEFAULT_LIST;
  if (first < 0 || first > MAX_LIST) {
    throw publicError(
      'BAD_USER_INPUT',
      `first 应在 0 与 ${MAX_LIST} 之间。first must be between 0 and ${MAX_LIST}.`,
    );
  }
  return facets.slice(0, first);
}

function rowField(name: string): Resolver {
  if (name === 'id')
    return (facet) => formatRowId((facet as FacetRow).interface, (facet as FacetRow).row.key);
  if (name === 'quality') return (facet) => (facet as FacetRow).row.quality;
  if (name === 'subject') {
    return (facet) => {
      const { subject } = (facet as FacetRow).row;
      return subject === null ? null : { __typename: 'Subject', ref: subject };
    };
  }
  return (facet) => (facet as FacetRow).row.values.get(name) ?? null;
}

async function translating<T>(mapping: InterfaceMapping, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SourceError || error instanceof AccessDenied) {
      throw publicError(codeOf(error), publicDetail(error, mapping), { originalError: error });
    }
    throw error;
  }
}
