import { only } from '../quality.js';
import { withoutBlanks } from '../texts/cell-text.js';
import { CLEAN, type QualityCode } from '../value-codec.js';

/** An identifier read from a text. `value` is canonical, or null when there is none to be trusted. */
export interface IdentifierReading {
  readonly value: string | null;
  readonly quality: readonly QualityCode[];
}

const LABEL =
  /^(?:统一社会信用代码|社会信用代码|信用代码|纳税人识别号|(?:工商|营业执照)?注册号|公民身份号码|(?:居民|公民)?身份证(?:件)?(?:号码?)?|证件号码?|证照编号|渔船编码|船舶编码|船舶识别号|编号|代码|USCC|UNISCID)(?:\([^()]*\))?[:=;,.]*/;
/** `（1/1）`, `()`, `(副本)`: short remarks, never the number itself. */
const REMARK = /\([^()]{0,10}\)/g;
/** What most cells hold; no label begins with a digit. */
const BARE = /^[0-9][0-9A-Z]*$/;
const PUNCTUATION = /^[:;,.。、'"“”`_=]+|[:;,.。、'"“”`_=]+$/g;

/**
 * The bare characters of an identifier: usual width, upper case, without label, remarks, blanks and hyphens
 * (D2, D3, D11). `统一社会信用代码：9133…（1/1）` gives `9133…`.
 */
export function bareIdentifier(text: string): string {
  if (BARE.test(text)) return text;
  return withoutBlanks(text.normalize('NFKC'))
    .toUpperCase()
    .replace(LABEL, '')
    .replace(REMARK, '')
    .replace(/[-‐‑–—]/g, '')
    .replace(PUNCTUATION, '');
}

/** Where somebody read O for 0 and I for 1: only ever to be believed when a check character confirms it. */
export function withDigitsRepaired(text: string): string {
  return text.replaceAll('O', '0').replaceAll('I', '1');
}

/** `330222************`, `***********`: hidden digits are nobody's key (D7). */
function isMasked(bare: string): boolean {
  return /[*●]|[•×X]{3,}/.test(bare);
}

/**
 * Reads an identifier that carries its own check.
 *
 * @param isValid whether bare characters are a right identifier.
 */
export function readChecked(bare: string, isValid: (bare: string) => boolean): IdentifierReading {
  if (isValid(bare)) return { value: bare, quality: CLEAN };
  const repaired = withDigitsRepaired(bare);
  if (repaired !== bare && isValid(repaired)) return { value: repaired, quality: only('ID_REPAIRED') };
  return unread(bare);
}

/** No identifier: a name or a word in the column (D5, D21) is implausible, anything else just unresolved. */
export function unread(bare: string): IdentifierReading {
  if (/^[0-9](?:\.[0-9]+E\+?|E\+)[0-9]+$/.test(bare)) return { value: null, quality: only('ID_IMPRECISE') };
  if (isMasked(bare)) return { value: null, quality: only('ID_MASKED') };
  const implausible = !/[0-9]/.test(bare) || /^(.)\1*$/u.test(bare);
  return { value: null, quality: only(implausible ? 'ID_IMPLAUSIBLE' : 'ID_UNRESOLVED') };
}
