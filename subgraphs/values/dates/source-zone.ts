import { DateTime, FixedOffsetZone, IANAZone } from 'luxon';
import { CANONICAL_OFFSET, shiftWall } from './moment.js';

/** How the wall clock of a source's zone becomes that of +08:00 (D9). */
export interface SourceZone {
  /** Minutes east of Greenwich, all year round and always; null for a zone whose offset changes. */
  readonly fixedOffset: number | null;
  /** `2026-06-30 08:00:00` there, as the wall time at +08:00. */
  toCanonical(wall: string): string;
}

/** China's own zone is +08:00 throughout: its six summers of daylight saving are in nobody's tables. */
const CHINA = new Set([
  'Asia/Shanghai',
  'Asia/Chongqing',
  'Asia/Harbin',
  'Asia/Hong_Kong',
  'Asia/Taipei',
  'PRC',
  'CST',
]);
const GREENWICH = new Set(['UTC', 'GMT', 'Z', 'Etc/UTC', 'Etc/GMT', 'Zulu', 'Universal']);

/** Null for a text that names no zone. */
export function sourceZone(name: string): SourceZone | null {
  if (CHINA.has(name)) return fixed(CANONICAL_OFFSET);
  if (GREENWICH.has(name)) return fixed(0);
  const offset = /^(?:UTC|GMT)?([+-]\d{1,2}(?::\d{2})?)$/.exec(name)?.[1];
  if (offset !== undefined) {
    const zone = FixedOffsetZone.parseSpecifier(`UTC${offset}`);
    return zone === null ? null : fixed(zone.offset(0));
  }
  if (!IANAZone.isValidZone(name)) return null;
  if (name.startsWith('Etc/')) return fixed(IANAZone.create(name).offset(0));
  return {
    fixedOffset: null,
    toCanonical: (wall) =>
      DateTime.fromSQL(wall, { zone: name })
        .setZone(FixedOffsetZone.instance(CANONICAL_OFFSET))
        .toFormat('yyyy-MM-dd HH:mm:ss'),
  };
}

function fixed(offset: number): SourceZone {
  const minutes = CANONICAL_OFFSET - offset;
  return { fixedOffset: offset, toCanonical: (wall) => shiftWall(wall, minutes) };
}
