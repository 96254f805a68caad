import { parseSubjectKey, type Scheme } from '../../../kinds/subject-key.js';
import type { PersonKey } from '../../../values/identifiers/person-key.js';
import { cellsForKeys, identifiersForKeys } from '../../../values/identifiers/subject-ref.js';
import { remember, rememberWith } from '../../../values/remember.js';
import { openerOf } from './opened-keys.js';

/** Subject keys, as one request asks many interfaces for them: sealed spellings are opened once for all. */
export interface AskedKeys {
  /** Texts to look for by equality in a column of the scheme. */
  cells(scheme: Scheme): readonly string[];
  /** Well-formed identifiers, for a source that knows no other spelling. */
  identifiers(scheme: Scheme): readonly string[];
}

/** The keys of a list; what is no key is left out. */
export const askedKeys = rememberWith((keys: readonly string[], personKey: PersonKey): AskedKeys => {
  const parsed = keys.flatMap((key) => parseSubjectKey(key) ?? []);
  const options = { personKey, open: openerOf(keys, personKey) };
  return {
    cells: remember((scheme: Scheme) => cellsForKeys(scheme, parsed, options)),
    identifiers: remember((scheme: Scheme) => identifiersForKeys(scheme, parsed, options)),
  };
});
