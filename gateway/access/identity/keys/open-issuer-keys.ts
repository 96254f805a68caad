import type { Clock } from '../../../../runtime/clock.js';
import type { IdentityEvent } from '../identity-event.js';
import type { IssuerSettings } from '../identity-settings.js';
import { watchFile } from '../watched-file.js';
import { type IssuerKeys, KeyUnknown } from './issuer-keys.js';
import { isKeyMissing, readKeySet } from './key-set.js';
import { createRemoteKeys } from './remote-keys.js';

interface KeysDeps {
  readonly clock: Pick<Clock, 'now'>;
  tell(event: IdentityEvent): void;
}

/** @throws {KeySetMalformed} and system errors when a file of keys cannot be used. An address is asked when it is needed. */
export function openIssuerKeys({ name, keys }: IssuerSettings, { clock, tell }: KeysDeps): IssuerKeys {
  if (keys.kind === 'url') {
    return createRemoteKeys(keys, {
      clock,
      onFailed: (error) => tell({ kind: 'keys-unavailable', about: name, detail: String(error) }),
    });
  }
  const file = watchFile(keys.file, {
    clock,
    parse: readKeySet,
    onRefused: (error) => tell({ kind: 'file-refused', about: keys.file, detail: String(error) }),
    onRenewed: () => tell({ kind: 'file-renewed', about: keys.file, detail: 'read again' }),
  });
  return {
    find: async (header) => {
      try {
        return await file.read()(header);
      } catch (error) {
        if (isKeyMissing(error)) throw new KeyUnknown('the issuer has no such key');
        throw error;
      }
    },
  };
}
