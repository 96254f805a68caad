import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../../runtime/clock.js';
import { errorCodeOf } from '../../../../runtime/error-code.js';
import { readTextBytes } from '../../../../runtime/yaml/read-text-file.js';
import type { Identity, Unauthenticated } from '../identity.js';
import type { IdentityEvent } from '../identity-event.js';
import type { RoleRules } from '../role-rules.js';
import { type WatchedFile, type WatchedFileOptions, watchFile } from '../watched-file.js';
import { APPLICATION_PREFIX, type Application, type ApplicationKey } from './application.js';
import { hashSecret, type SentKey } from './application-secret.js';
import { ApplicationsInvalid, readApplications } from './read-applications.js';

/** Finds the application that a key belongs to. */
export type FindApplication = (sent: SentKey) => Identity | Unauthenticated;

interface ApplicationsDeps {
  readonly rules: RoleRules;
  readonly clock: Clock;
  tell(event: IdentityEvent): void;
}

/**
 * Opens a file of applications, which is read again when it changes.
 *
 * @throws {ApplicationsInvalid} when it cannot be used now. Later, what was read last serves on.
 */
export function openApplications(file: string, { rules, clock, tell }: ApplicationsDeps): FindApplication {
  const watched = watchAtFirst(file, {
    clock,
    parse: (bytes) => {
      const read = readTextBytes(bytes, file);
      if (read.kind === 'problem') throw new ApplicationsInvalid([read.problem]);
      return readApplications(read.text, file, rules);
    },
    onRefused: (error) =>
      tell({
        kind: 'file-refused',
        about: file,
        detail: error instanceof Error ? error.message : String(error),
      }),
    onRenewed: () => tell({ kind: 'file-renewed', about: file, detail: 'read again' }),
  });
  return (sent) => {
    const found = matchKey(watched.read(), sent);
    if (found === null) return { reason: 'unknown', detail: `no application ${sent.id} has this key` };
    const { application, key } = found;
    const today = clock.today();
    if (today < key.notBefore || today > key.expires) {
      return {
        reason: 'expired',
        detail: `the key of ${sent.id} is good from ${key.notBefore} to ${key.expires}`,
      };
    }
    return identityOf(application);
  };
}

function watchAtFirst(
  file: string,
  options: WatchedFileOptions<readonly Application[]>,
): WatchedFile<readonly Application[]> {
  try {
    return watchFile(file, options);
  } catch (error) {
    if (error instanceof ApplicationsInvalid) throw error;
    const reason = errorCodeOf(error) ?? String(error);
    const [zh, en] = [`无法读取文件（${reason}）。`, `The file must be readable, but is not (${reason}).`];
    const place = { file, line: 1, column: 1 };
    throw new ApplicationsInvalid([{ rule: 'unreadable', severity: 'error', place, zh, en }]);
  }
}

/** Compares with every key of the file, so that the time tells nothing of which ids there are. */
function matchKey(
  applications: readonly Application[],
  { id, secret }: SentKey,
): { readonly application: Application; readonly key: ApplicationKey } | null {
  const hash = hashSecret(secret);
  let found: { readonly application: Application; readonly key: ApplicationKey } | null = null;
  for (const application of applications) {
    for (const key of application.keys) {
      if (timingSafeEqual(key.hash, hash) && application.id === id) found = { application, key };
    }
  }
  return found;
}

function identityOf({ id, role, scope, scopes, purposes, operations }: Application): Identity {
  return {
    caller: { name: `${APPLICATION_PREFIX}/${id}`, role, scope },
    kind: 'application',
    scopes,
    purposes,
    operations,
  };
}
