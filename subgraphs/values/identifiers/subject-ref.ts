import type { SourceValue } from '../../../adapters/source-value.js';
import type { Scheme, SubjectKey } from '../../kinds/subject-key.js';
import { only } from '../quality.js';
import { cellText, unguardedText } from '../texts/cell-text.js';
import { isNullWord } from '../texts/null-words.js';
import { CLEAN, type QualityCode } from '../value-codec.js';
import { readCitizenId } from './citizen-id.js';
import type { IdentifierReading } from './identifier.js';
import { hashPerson, isSealed, openSealed, type PersonKey, sealSpelling } from './person-key.js';
import { readPlate } from './plate.js';
import { readPripid } from './pripid.js';
import { readRegistrationNumber } from './registration-number.js';
import { readUscc } from './uscc.js';
import { readVesselCode } from './vessel-code.js';
import { readFishingVesselName, readVesselName } from './vessel-name.js';

export interface SubjectRef {
  readonly scheme: Scheme;
  /** Canonical; of scheme `person` the keyed hash, never the number. */
  readonly value: string;
}

export interface SubjectReading {
  /** Best first; empty when the cell tells nothing. */
  readonly refs: readonly SubjectRef[];
  readonly quality: readonly QualityCode[];
}

interface SubjectRefOptions {
  readonly personKey: PersonKey;
}

/** How held spellings are opened. Default: each time anew. */
interface OpeningOptions extends SubjectRefOptions {
  readonly open?: (held: string) => string | null;
}

const READERS: { readonly [scheme in Scheme]: (text: string) => IdentifierReading } = {
  uscc: readUscc,
  regno: readRegistrationNumber,
  pripid: readPripid,
  vessel: readVesselCode,
  vesselname: readVesselName,
  plate: readPlate,
  person: readCitizenId,
};

/** What else stands in a column of a scheme, in the order in which it is tried (D1, D21). */
const STRAYS: { readonly [scheme in Scheme]: readonly Scheme[] } = {
  uscc: ['regno', 'person'],
  regno: ['uscc'],
  pripid: [],
  vessel: ['vesselname'],
  vesselname: ['vessel'],
  plate: [],
  person: [],
};

/** Reads who a cell names. Never throws; masked and doubtful numbers give no ref. */
export function readSubjectRef(
  scheme: Scheme,
  cell: SourceValue,
  options: SubjectRefOptions,
): SubjectReading {
  const trimmed = unguardedText(cell);
  if (trimmed === null) return { refs: [], quality: CLEAN };
  if (isNullWord(trimmed)) return { refs: [], quality: only('NULL_WORD') };
  if (isRounded(cell, trimmed)) return { refs: [], quality: only('ID_IMPRECISE') };
  const own = READERS[scheme](trimmed);
  if (own.value !== null) return found(scheme, own.value, own.quality, options);
  for (const stray of STRAYS[scheme]) {
    const { value, quality } = readStray(stray, trimmed);
    if (value !== null) return found(stray, value, quality, options);
  }
  return { refs: [], quality: own.quality };
}

function readStray(scheme: Scheme, trimmed: string): IdentifierReading {
  return scheme === 'vesselname' ? readFishingVesselName(trimmed) : READERS[scheme](trimmed);
}

/**
 * Whether a number's last digits are lost: a double holds fifteen, and a spreadsheet writes zeros for the rest.
 * Eighteen digits that end so are no citizen's number that anybody should believe. Test data number their
 * citizens by the sequence 000, which is allotted to nobody, so four zeros are let pass. `3.30922E+17` is what a
 * spreadsheet shows of such a number.
 */
function isRounded(cell: SourceValue, trimmed: string): boolean {
  if (typeof cell === 'number') return !Number.isSafeInteger(cell);
  return /^[0-9]{14}[1-9]000(?:\.0+)?$|^[0-9](?:\.[0-9]+E\+?|E\+)[0-9]+$/i.test(trimmed);
}

function found(
  scheme: Scheme,
  value: string,
  quality: readonly QualityCode[],
  { personKey }: SubjectRefOptions,
): SubjectReading {
  return { refs: [{ scheme, value: scheme === 'person' ? hashPerson(value, personKey) : value }], quality };
}

/**
 * The text to record beside a cell's ref so that a query by equality finds the cell again: its raw text where
 * that is not the canonical value, sealed where it holds a personal number. Null when there is nothing to record.
 */
export function heldSpelling(scheme: Scheme, cell: SourceValue, options: SubjectRefOptions): string | null {
  const [ref] = readSubjectRef(scheme, cell, options).refs;
  const text = cellText(cell);
  if (ref === undefined || text === null) return null;
  if (ref.scheme === 'person') return sealSpelling(text, options.personKey);
  return ref.value === text ? null : text;
}

/**
 * As `heldSpelling`, of a cell that names several: all of it, and sealed where a part of it is a personal number, whoever
 * else is found by it.
 */
export function heldPart(
  ref: SubjectRef,
  cell: SourceValue,
  hasPerson: boolean,
  options: SubjectRefOptions,
): string | null {
  const text = cellText(cell);
  if (text === null || text === ref.value) return null;
  return hasPerson ? sealSpelling(text, options.personKey) : text;
}

/** The raw text of a held spelling; null for a sealed one that this key cannot open. */
export function openSpelling(held: string, { personKey, open }: OpeningOptions): string | null {
  if (!isSealed(held)) return held;
  return open === undefined ? openSealed(held, personKey) : open(held);
}

/** Whether a column of this scheme may hold a key, or name whom it names. */
export function isFoundBy(scheme: Scheme, key: SubjectKey): boolean {
  return key.scheme === scheme || (!key.held && STRAYS[scheme].includes(key.scheme));
}

/**
 * Every text to look for by equality in a column of this scheme: canonical values, spellings held in such
 * columns, and canonical values of the schemes that stray there.
 */
export function cellsForKeys(
  scheme: Scheme,
  keys: readonly SubjectKey[],
  options: OpeningOptions,
): readonly string[] {
  const cells = new Set<string>();
  for (const key of keys) {
    if (!isFoundBy(scheme, key)) continue;
    if (key.held) {
      const cell = openSpelling(key.value, options);
      if (cell !== null) cells.add(cell);
    } else if (key.scheme !== 'person') {
      cells.add(key.value);
    }
  }
  return [...cells];
}

/**
 * The well-formed identifiers of a scheme among keys, each once: what to ask a source for that knows no other
 * spelling and is asked for one key at a time. Personal numbers are had from their sealed spellings.
 */
export function identifiersForKeys(
  scheme: Scheme,
  keys: readonly SubjectKey[],
  options: OpeningOptions,
): readonly string[] {
  const plain = keys.flatMap((key) => {
    if (key.scheme !== scheme) return [];
    if (!key.held) return scheme === 'person' ? [] : [key.value];
    const text = scheme === 'person' ? openSpelling(key.value, options) : null;
    const { value } = text === null ? { value: null } : READERS.person(unguardedText(text) ?? '');
    return value === null ? [] : [value];
  });
  return [...new Set(plain)];
}
