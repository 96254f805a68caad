import { declarationOf } from '../kinds/kinds.js';
import type { InterfaceInfo } from './feed.js';

/** What an interface could have fed, of which only the kind is known: any field of it. */
export function unknownInfo(
  department: string,
  { name, title, kind }: Pick<InterfaceInfo, 'name' | 'title' | 'kind'>,
): InterfaceInfo {
  const declaration = kind === null ? null : declarationOf(kind);
  return {
    name,
    title,
    department,
    kind,
    departments: null,
    fields: declaration === null ? [] : Object.keys({ ...declaration.fields, ...declaration.derived }),
    warnAfterSeconds: null,
    failAfterSeconds: null,
    lookupOnly: false,
  };
}
