import type { FeedRow, RelationRole } from '../../feed/feed.js';
import { SUBJECT_STATES, type SubjectKind, type SubjectState } from '../../feed/registry-port.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { maskPersonName } from '../../values/texts/person-name.js';
import { sealedNameKey } from '../name-key.js';
import { isRef, kindOfRef, STRENGTH, schemeOf } from '../scheme-strength.js';

/** What one row of an interface that feeds subjects says. */
export interface RegisterRow {
  readonly interface: string;
  readonly key: readonly string[];
  /** At least one. */
  readonly refs: readonly string[];
  readonly kind: SubjectKind;
  /** Masked for persons. */
  readonly name: string | null;
  /** Empty for persons. */
  readonly formerNames: readonly string[];
  /** What persons' names can be found by (`sealedNameKey`). */
  readonly sealedNames: readonly string[];
  readonly township: string | null;
  readonly industry: string | null;
  readonly state: SubjectState | null;
  readonly related: readonly { readonly role: RelationRole; readonly ref: string }[];
}

/** A row of the table `sighting`. */
export interface StoredSighting {
  readonly interface: string;
  readonly key: string;
  readonly said: string;
}

export function formatSighting({ interface: name, key, ...said }: RegisterRow): StoredSighting {
  return { interface: name, key: JSON.stringify(key), said: JSON.stringify(said) };
}

export function parseSighting({ interface: name, key, said }: StoredSighting): RegisterRow {
  return { ...JSON.parse(said), interface: name, key: JSON.parse(key) } as RegisterRow;
}

/** Fields that the registry asks every subject interface for. */
export const REGISTER_FIELDS = ['name', 'formerNames', 'kind', 'township', 'industry', 'state'] as const;

const KINDS: readonly SubjectKind[] = [
  'ORGANISATION',
  'INDIVIDUAL_BUSINESS',
  'PERSON',
  'VESSEL',
  'VEHICLE',
  'SITE',
  'UNKNOWN',
];

/** Null for a row that nothing identifies: it can be about anybody. */
export function readRegisterRow(
  interfaceName: string,
  row: FeedRow,
  personKey: Uint8Array | string,
): RegisterRow | null {
  const refs = [...new Set(row.refs?.refs ?? [])].filter(isRef).sort();
  const [strongest] = [...refs].sort((a, b) => STRENGTH.indexOf(schemeOf(a)) - STRENGTH.indexOf(schemeOf(b)));
  if (strongest === undefined) return null;
  const [name, formerNames, kind, township, industry, state] = row.values;
  const known = KINDS.find((one) => one === kind);
  const actual = known === undefined || known === 'UNKNOWN' ? kindOfRef(strongest) : known;
  const names = [...new Set([text(name), ...texts(formerNames)].filter((one) => one !== null))];
  const person = actual === 'PERSON';
  return {
    interface: interfaceName,
    key: row.key,
    refs,
    kind: actual,
    name: person ? mask(text(name)) : text(name),
    formerNames: person ? [] : texts(formerNames),
    sealedNames: person
      ? names.filter((one) => !one.includes('*')).map((one) => sealedNameKey(one, personKey))
      : [],
    township: text(township),
    industry: text(industry),
    state: SUBJECT_STATES.find((one) => one === state) ?? null,
    related: (row.refs?.related ?? [])
      .filter(({ ref }) => isRef(ref))
      .map(({ role, ref }) => ({ role, ref })),
  };
}

function text(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function texts(value: FieldValue | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}

function mask(name: string | null): string | null {
  return name === null ? null : maskPersonName(name);
}
