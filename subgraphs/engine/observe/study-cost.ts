import { declarationOf } from '../../kinds/kinds.js';
import type { InterfaceMapping } from '../mapping/mapping.js';

const HOUR = 3600;
const DAY = 86_400;
/** What observing may cost a source beyond the look whether it is there. */
export const CALLS_PER_HOUR = 20;
/** Of a day's quota, what studies may use. */
const QUOTA_SHARE = 0.02;
/** Most of what one study asks of a source: columns, newest rows, rows by day, keys that are empty, keys that repeat. */
const PARTS = { columns: 1, cells: 1, days: 1, keys: 2 } as const;
/** Fields of codes that are counted by day: one call each. */
const MOST_CODE_FIELDS = 3;

/** How many calls one study makes at the source at most. What is kept of it is looked at without asking it. */
export function studyCalls(mapping: InterfaceMapping): number {
  if (!isListed(mapping)) return 0;
  const tables = [...mapping.observe.texts.values()].filter((text) => text.kind === 'table').length;
  if (mapping.snapshot !== undefined) return PARTS.columns + tables;
  const { kind } = mapping.source.object;
  // A dropped file is a version of this machine.
  if (kind === 'file') return 0;
  const texts = mapping.observe.texts.size;
  if (kind !== 'table') return PARTS.columns + PARTS.cells + texts;
  const days = dayFieldOf(mapping) === null ? 0 : PARTS.days + codeFieldsOf(mapping).length;
  return PARTS.columns + PARTS.cells + texts + days + PARTS.keys;
}

/** How often it is studied: as its mapping says, and never so that its source is asked more than it may be. */
export function studySeconds(mapping: InterfaceMapping): number {
  const calls = studyCalls(mapping);
  const { perDay } = mapping.limits;
  const byQuota = perDay === undefined ? 0 : (calls * DAY) / (perDay * QUOTA_SHARE);
  return Math.ceil(Math.max(mapping.observe.everySeconds ?? HOUR, (calls * HOUR) / CALLS_PER_HOUR, byQuota));
}

/** Whether the source may be asked for its rows without naming which. */
function isListed({ source, requires }: InterfaceMapping): boolean {
  return (source.object.needs ?? []).length === 0 && requires === undefined;
}

/** The day that the rows of an interface are counted by; null: its kind has none, or the mapping does not map it. */
export function dayFieldOf({ feeds, fields }: InterfaceMapping): string | null {
  if (feeds === undefined || feeds === 'Subject') return null;
  const { day } = declarationOf(feeds);
  return day !== null && fields.get(day)?.column !== undefined ? day : null;
}

/** The fields of codes that are counted by day: of its kind, and the first that the mapping names. */
export function codeFieldsOf({ feeds, fields, observe }: InterfaceMapping): readonly string[] {
  if (feeds === undefined || feeds === 'Subject') return [];
  return [...fields.values()]
    .filter(
      ({ name, codes, column }) => codes !== undefined && column !== undefined && !observe.texts.has(name),
    )
    .map(({ name }) => name)
    .slice(0, MOST_CODE_FIELDS);
}
