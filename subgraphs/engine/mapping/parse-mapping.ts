import { kindOfObject } from '../../../adapters/kinds.js';
import { durationMs } from '../../../runtime/yaml/duration.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import { type PlacedYaml, parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';
import type { FieldMapping } from '../../values/field-mapping.js';
import type {
  CatalogueEntry,
  CellFilter,
  InterfaceMapping,
  ObserveRule,
  SnapshotRule,
  SubjectPointer,
} from './mapping.js';
import { type CellFilterText, type FieldText, type MappingText, mappingGrammar } from './mapping-grammar.js';
import { USUAL_CALL_PRICE } from './row-price.js';
import { readObject } from './source-grammar.js';

type ParsedMapping =
  | { readonly kind: 'mapping'; readonly mapping: InterfaceMapping }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * Reads one mapping file.
 *
 * @param file path for messages, relative to the project.
 * @returns the mapping, or every problem of the file with its place.
 */
export function parseMapping(text: string, file: string): ParsedMapping {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) return { kind: 'problems', problems: syntaxProblems(yaml) };
  const decoded = mappingGrammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) {
    return { kind: 'problems', problems: describeYamlIssues(decoded.error.issues, yaml, mappingGrammar) };
  }
  return { kind: 'mapping', mapping: toMapping(decoded.data, yaml) };
}

function matchOf(match: MappingText['match']): Pick<InterfaceMapping, 'match'> {
  const [entity, field] = Object.entries(match ?? {})[0] ?? [];
  return entity === undefined || field === undefined ? {} : { match: { entity, field } };
}

function toMapping(text: MappingText, yaml: PlacedYaml): InterfaceMapping {
  const limits = text.limits ?? {};
  const object = readObject(text.source);
  const [orderField, orderDirection] = Object.entries(text.order ?? {})[0] ?? [];
  const defaultFacet =
    text.feeds === undefined || text.feeds === 'Subject'
      ? undefined
      : `${text.feeds}.${text.owner.department}`;
  const facet = text.facet ?? defaultFacet;
  return {
    place: yaml.placeOf(['interface']),
    interface: text.interface,
    title: text.title,
    owner: {
      department: text.owner.department,
      ...(text.owner.contact !== undefined && { contact: text.owner.contact }),
    },
    ...(text.feeds !== undefined && { feeds: text.feeds }),
    ...(facet !== undefined && { facet }),
    ...(text.of !== undefined && { of: text.of }),
    ...(text.by !== undefined && { by: text.by }),
    ...matchOf(text.match),
    source: {
      place: yaml.placeOf(['source']),
      connection: text.source.connection,
      object,
    },
    key: text.key,
    ...(text.latest !== undefined && { latest: text.latest }),
    ...(orderField !== undefined &&
      orderDirection !== undefined && { order: { field: orderField, direction: orderDirection } }),
    subject: (text.subject ?? []).map(({ colour, split, ...pointer }, index) => ({
      ...pointer,
      ...(split !== undefined && { split }),
      ...(colour !== undefined && { colour: toColour(colour) }),
      place: yaml.placeOf(['subject', index]),
    })),
    related: (text.related ?? []).map(({ split, share, ...pointer }, index) => ({
      ...pointer,
      ...(split !== undefined && { split }),
      ...(share !== undefined && { share }),
      place: yaml.placeOf(['related', index]),
    })),
    fields: new Map(
      Object.entries(text.fields).map(([name, field]) => [
        name,
        toField(name, field, yaml.placeOfKey(['fields'], name)),
      ]),
    ),
    ordered: (text.ordered ?? []).map(([earlier, later], index) => ({
      place: yaml.placeOf(['ordered', index]),
      earlier,
      later,
    })),
    where: toCellFilters(text.where ?? {}, 'where', yaml),
    whereLatest: toCellFilters(text.whereLatest ?? {}, 'whereLatest', yaml),
    ...(text.watermark !== undefined && {
      watermark: {
        column: text.watermark.column,
        everySeconds: durationMs(text.watermark.every) / 1000,
        warnSeconds: durationMs(text.watermark.warn) / 1000,
        failSeconds: durationMs(text.watermark.fail) / 1000,
        format: text.watermark.format ?? 'native',
        zone: text.watermark.zone ?? 'Asia/Shanghai',
        ...(text.watermark.recent !== undefined && {
          recent: {
            column: text.watermark.recent.column,
            withinSeconds: durationMs(text.watermark.recent.within) / 1000,
          },
        }),
      },
    }),
    ...(limits.timeout !== undefined && { timeoutPlace: yaml.placeOf(['limits', 'timeout']) }),
    probe: { everySeconds: probeSeconds(text) },
    observe: toObserveRule(text.observe ?? {}, yaml),
    scope: { ...(text.scope?.township !== undefined && { township: text.scope.township }) },
    ...(text.requires !== undefined && {
      requires: { place: yaml.placeOf(['requires']), names: text.requires },
    }),
    ...(text.snapshot !== undefined && {
      snapshot: toSnapshotRule(text.snapshot, yaml),
    }),
    ...(text.catalogue !== undefined && { catalogue: toCatalogueEntry(text.catalogue, yaml) }),
    limits: {
      keysPerCall: limits.keysPerCall ?? 500,
      callPrice: limits.callPrice ?? USUAL_CALL_PRICE,
      concurrent: limits.concurrent ?? 4,
      timeoutMs: durationMs(limits.timeout ?? '3s'),
      maxRowsScanned: limits.maxRowsScanned ?? 200_000,
      maxBytes: limits.maxBytes ?? kindOfObject(object).maxBytes,
      ...(limits.perMinute !== undefined && { perMinute: limits.perMinute }),
      ...(limits.perDay !== undefined && { perDay: limits.perDay }),
      quiet: limits.quiet ?? [],
      retries: limits.retries ?? 1,
      breaker: limits.breaker ?? true,
    },
  };
}

function toSnapshotRule(text: NonNullable<MappingText['snapshot']>, yaml: PlacedYaml): SnapshotRule {
  const secondsOf = (duration: string): number => durationMs(duration) / 1000;
  const { every, changes, whole = every, staleFor = '24h', overlap = '10m', store = [], keys } = text;
  return {
    place: yaml.placeOf(['snapshot']),
    everySeconds: secondsOf(every),
    ...(changes !== undefined && { changesSeconds: secondsOf(changes) }),
    wholeSeconds: secondsOf(whole),
    staleForSeconds: secondsOf(staleFor),
    overlapSeconds: secondsOf(overlap),
    store,
    ...(keys !== undefined && { keys: { ...keys, place: yaml.placeOf(['snapshot', 'keys']) } }),
  };
}

function toObserveRule(text: NonNullable<MappingText['observe']>, yaml: PlacedYaml): ObserveRule {
  const { every, days, slow, available, volume, cells = {}, texts = {}, drop, expires } = text;
  return {
    place: yaml.placeOf(['observe']),
    ...withoutUndefined({
      everySeconds: every === undefined ? undefined : durationMs(every) / 1000,
      days,
      slowMs: slow === undefined ? undefined : durationMs(slow),
      available: shareOf(available),
      shortDrop: shareOf(drop?.short),
      expires,
    }),
    ...(volume !== undefined && {
      volume: withoutUndefined({ low: shareOf(volume.low), high: shareOf(volume.high) }),
    }),
    texts: new Map(
      Object.entries(texts).map(([name, said]) => [
        name,
        typeof said === 'string' ? { kind: 'column', column: said } : { kind: 'table', ...said },
      ]),
    ),
    cells: {
      ...withoutUndefined({
        flagged: shareOf(cells.flagged),
        unresolved: shareOf(cells.unresolved),
        unknownCodes: cells.unknownCodes,
      }),
      fields: new Map(Object.entries(cells.fields ?? {}).map(([name, share]) => [name, shareOf(share) ?? 0])),
    },
  };
}

/** `60%` as 0.6. */
function shareOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseFloat(text) / 100;
}

function toCatalogueEntry(
  { share, conditions, basis, updates, withheld = [] }: NonNullable<MappingText['catalogue']>,
  yaml: PlacedYaml,
): CatalogueEntry {
  return {
    place: yaml.placeOf(['catalogue']),
    share,
    ...(conditions !== undefined && { conditions }),
    basis,
    ...(updates !== undefined && { updatesEverySeconds: durationMs(updates) / 1000 }),
    withheld: withheld.map((items, index) => ({
      ...items,
      place: yaml.placeOf(['catalogue', 'withheld', index]),
    })),
  };
}

function toField(name: string, text: FieldText, place: Place): FieldMapping {
  const { type, nulls, words, clock, ...rest } = text;
  return {
    ...withoutUndefined(rest),
    place,
    name,
    ...(words !== undefined && { words: new Map(Object.entries(words)) }),
    ...(clock !== undefined && {
      clock: { column: clock.column, words: new Map(Object.entries(clock.words)) },
    }),
    type: type ?? 'Text',
    nulls: nulls ?? [],
  };
}

/** `exactOptionalPropertyTypes` tells an absent key from an undefined one; zod's optionals do not. */
function withoutUndefined<T extends object>(value: T): { [key in keyof T]: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [key in keyof T]: Exclude<T[key], undefined>;
  };
}

const SECONDS_PER_DAY = 86_400;
/** Of a day's quota, what looking at the source may use where its mapping does not say how often that is done. */
const PROBE_SHARE = 0.02;

function probeSeconds({ probe, limits }: MappingText): number {
  if (probe !== undefined) return durationMs(probe.every) / 1000;
  if (limits?.perDay === undefined) return 60;
  return Math.max(60, Math.ceil(SECONDS_PER_DAY / (limits.perDay * PROBE_SHARE)));
}

function toCellFilters(
  filters: Readonly<Record<string, CellFilterText>>,
  block: 'where' | 'whereLatest',
  yaml: PlacedYaml,
): CellFilter[] {
  return Object.entries(filters).map(([column, filter]) => {
    const negated = typeof filter === 'object' && filter !== null && !Array.isArray(filter);
    const cells = negated ? filter.not : filter;
    return {
      place: yaml.placeOfKey([block], column),
      column,
      negated,
      values: Array.isArray(cells) ? cells : [cells],
    };
  });
}

function toColour({
  column,
  words,
}: NonNullable<NonNullable<MappingText['subject']>[number]['colour']>): NonNullable<
  SubjectPointer['colour']
> {
  return { column, ...(words !== undefined && { words: new Map(Object.entries(words)) }) };
}
