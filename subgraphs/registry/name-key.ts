import { createHmac } from 'node:crypto';

const BLANK = /[\s\u200b-\u200f\u2060\ufeff\u00ad]+/gu;
const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['〔', '('],
  ['〕', ')'],
  ['【', '('],
  ['】', ')'],
]);

/** A name as names are compared: usual width, lower case, no blanks, one kind of brackets. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(BLANK, '')
    .replace(/[〔〕【】]/gu, (bracket) => BRACKETS.get(bracket) ?? bracket)
    .toLowerCase();
}

/** Where it is registered: shared by most names of the county, so it tells little. */
const PLACE = /^(?:浙江省?)?(?:舟山市?)?(?:嵊泗县?)?/u;
const LEGAL_FORM =
  /(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|普通合伙|有限合伙|合伙企业|专业合作社|合作社|经营部|商行|个体工商户)$/u;

/** The part of a name key that tells subjects apart; the whole key when nothing else is in it. */
export function coreOfName(key: string): string {
  const plain = key.replace(/\(([^()]*)\)$/u, (all, inner: string) => (LEGAL_FORM.test(inner) ? '' : all));
  const core = plain.replace(PLACE, '').replace(LEGAL_FORM, '');
  return core === '' ? key : core;
}

/** Stands for a person's name in the index: it can be found again by somebody who knows it, and not be read. */
export function sealedNameKey(name: string, personKey: Uint8Array | string): string {
  return `#${createHmac('sha256', personKey)
    .update(`name\u0000${nameKey(name)}`)
    .digest('hex')}`;
}
