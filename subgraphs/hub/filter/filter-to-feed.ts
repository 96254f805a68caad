import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { RowKind } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { facetInputsOf } from '../../kinds/surface/facet-inputs.js';
import { type FilterInput, filterInputsOf } from '../../kinds/surface/filter-inputs.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';
import type { Hub } from '../hub.js';
import { narrowNumbers } from '../numbers/narrow-numbers.js';
import { refuseFacetPersons } from '../persons/facet-persons.js';
import { type FilterTraits, filterTraits } from '../persons/person-filter.js';
import { refusePersons } from '../persons/refuse-persons.js';
import { smallCellsOf } from '../persons/small-cells.js';
import type { Identities } from '../subjects/identities.js';
import { badInput } from './bad-input.js';
import { readLeaf, textList } from './filter-leaves.js';
import { nobodyShows } from './nobody-shows.js';

type FilterValue = Readonly<Record<string, unknown>>;

/** Schemes of the fields of `SubjectRefFilter`; `id` is a ref by itself. */
const REF_SCHEMES: Readonly<Record<string, string>> = {
  id: '',
  uscc: 'uscc:',
  vesselCode: 'vessel:',
  vesselName: 'vesselname:',
};

/** What the fields of a filter are read with. */
interface InputContext {
  /** By name, besides those that every filter has. */
  readonly inputs: ReadonlyMap<string, FilterInput>;
  /** Filters by interface, subject and departments' fields, which rows of kinds have; null: there are none. */
  readonly ofRows: {
    /** Interfaces that a filter may name. */
    readonly interfaces: readonly InterfaceInfo[];
    readonly identities: Identities;
    readonly context: CallContext;
  } | null;
}

interface FilterContext extends InputContext {
  readonly kind: RowKind;
  /** Looks document numbers up in the index of numbers. */
  readonly narrow: (where: RowCondition) => Promise<RowCondition>;
  readonly context: CallContext;
}

/** What a filter of the hub's lists is read with. */
export function filterContextOf(hub: Hub, kind: RowKind, context: CallContext): FilterContext {
  const { identities } = hub;
  return {
    kind,
    inputs: filterInputsOf(kind),
    ofRows: { interfaces: hub.fan.interfacesOf(kind), identities, context },
    narrow: (where) => narrowNumbers(hub, kind, where, 'searched', context),
    context,
  };
}

interface ReadFilter {
  readonly condition: RowCondition;
  /** Set when subjects could not be looked up and are searched by what the caller wrote alone. */
  readonly registry: InterfaceOutcome | null;
  readonly traits: FilterTraits;
}

/**
 * Translates a GraphQL filter. Fields of one object must all hold; an absent filter is always true.
 *
 * @param path where the filter stands, for messages.
 * @throws BAD_USER_INPUT
 * @throws FORBIDDEN where it picks rows by what tells of persons, for a caller who must not see small counts of them.
 */
export async function filterToFeed(
  where: FilterValue | null | undefined,
  path: string,
  filter: FilterContext,
): Promise<ReadFilter> {
  const traits = filterTraits(filter.kind, where);
  if (traits.ofPersons && traits.picksRows && smallCellsOf(filter.context.caller) !== null)
    throw refusePersons('picked', path);
  let registry: InterfaceOutcome | null = null;
  const note = (outcome: InterfaceOutcome): void => {
    registry = outcome;
  };
  const condition = await readFilter(where ?? {}, path, filter, note);
  return { condition: await filter.narrow(condition), registry, traits };
}

/**
 * Translates a filter on the rows of a facet.
 *
 * @throws BAD_USER_INPUT
 */
export function facetFilterToFeed(
  where: FilterValue,
  path: string,
  inputs: ReadonlyMap<string, FilterInput>,
): Promise<RowCondition> {
  return readFilter(where, path, { inputs, ofRows: null }, () => {});
}

type Note = (outcome: InterfaceOutcome) => void;

async function readFilter(
  where: FilterValue,
  path: string,
  filter: InputContext,
  note: Note,
): Promise<RowCondition> {
  const given = Object.entries(where).filter(([, value]) => value !== null && value !== undefined);
  const conditions = await Promise.all(
    given.map(([name, value]) => readField(name, value, `${path}.${name}`, filter, note)),
  );
  const [only] = conditions;
  return only !== undefined && conditions.length === 1 ? only : { all: conditions };
}

async function readField(
  name: string,
  value: unknown,
  path: string,
  filter: InputContext,
  note: Note,
): Promise<RowCondition> {
  if (name === 'and') return { all: await readFilters(value, path, filter, note) };
  if (name === 'or') return { any: await readFilters(value, path, filter, note) };
  if (name === 'not') return { not: await readFilter(value as FilterValue, path, filter, note) };
  const { ofRows, inputs } = filter;
  if (ofRows !== null && name === 'interface')
    return {
      interface: knownInterfaces(
        value,
        path,
        ofRows.interfaces.map((info) => info.name),
      ),
    };
  if (ofRows !== null && name === 'subject')
    return subjectCondition(value as FilterValue, path, ofRows, note);
  const input = inputs.get(name);
  if (input === undefined && ofRows !== null) return rowFacetToFeed(name, value as FilterValue, path, ofRows);
  if (input === undefined) throw badInput(path, '未知的筛选字段。', 'is not a field of this filter.');
  return readLeaf(value, path, input);
}

/**
 * Rows of interfaces that show a facet, by its fields. An interface that shows it and is broken is asked for all of its
 * rows, so that it says why it is MISSING; so is one that stands for a county which never said what it has.
 */
async function rowFacetToFeed(
  holder: string,
  where: FilterValue,
  path: string,
  { interfaces, context }: NonNullable<InputContext['ofRows']>,
): Promise<RowCondition> {
  const showing = interfaces.filter(({ rowFacet }) => rowFacet?.holder === holder);
  const fields = showing.flatMap(({ rowFacet }) => rowFacet?.fields ?? []);
  const unread = interfaces.filter(
    ({ rowFacet, standsFor }) =>
      standsFor !== undefined || (rowFacet?.holder === holder && rowFacet.fields.length === 0),
  );
  const missing: RowCondition = { interface: unread.map(({ name }) => name) };
  if (fields.length === 0) {
    if (unread.length === 0) throw nobodyShows(path);
    return missing;
  }
  const condition = await facetFilterToFeed(where, path, facetInputsOf(fields));
  refuseFacetPersons(condition, fields, path, context);
  const known = showing.filter((info) => !unread.includes(info)).map(({ name }) => name);
  const wanted: RowCondition = { all: [{ interface: known }, condition] };
  return unread.length === 0 ? wanted : { any: [wanted, missing] };
}

function readFilters(
  value: unknown,
  path: string,
  filter: InputContext,
  note: Note,
): Promise<readonly RowCondition[]> {
  const list = (Array.isArray(value) ? value : [value]) as readonly FilterValue[];
  if (list.length === 0) throw badInput(path, '不能为空列表。', 'must not be an empty list.');
  return Promise.all(list.map((one, index) => readFilter(one, `${path}[${index}]`, filter, note)));
}

function knownInterfaces(value: unknown, path: string, interfaces: readonly string[]): readonly string[] {
  const names = textList(value, path);
  names.forEach((name, index) => {
    if (!interfaces.includes(name)) {
      throw badInput(
        `${path}[${index}]`,
        `没有数据接口“${name}”；可用：${interfaces.join('、')}。`,
        `must be one of ${interfaces.join(', ')}, but is ${JSON.stringify(name)}.`,
      );
    }
  });
  return names;
}

/** Rows of any of the subjects that the fields name. */
async function subjectCondition(
  value: FilterValue,
  path: string,
  { identities, context }: NonNullable<InputContext['ofRows']>,
  note: Note,
): Promise<RowCondition> {
  const named = Object.entries(value)
    .filter(([, list]) => list !== null && list !== undefined)
    .flatMap(([name, list]) =>
      textList(list, `${path}.${name}`).map((text, index) => ({
        ref: `${REF_SCHEMES[name] ?? ''}${text}`,
        path: `${path}.${name}[${index}]`,
      })),
    );
  if (named.length === 0) throw badInput(path, '至少写一项主体标识。', 'must name at least one subject.');
  const found = await identities.named(
    named.map(({ ref }) => ref),
    context,
  );
  if (found.failure !== null) {
    note(found.failure);
    return { subject: named.map(({ ref }) => ref) };
  }
  const keys = named.flatMap(({ ref, path: place }) => {
    const meant = found.byRef.get(ref);
    if (meant === undefined) {
      throw badInput(
        place,
        `“${ref}”不是可识别的主体标识。`,
        `must be readable as an identifier, but is ${JSON.stringify(ref)}.`,
      );
    }
    return meant.flatMap(({ keys: each }) => each);
  });
  return { subject: [...new Set(keys)] };
}
