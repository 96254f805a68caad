import { stringify } from 'yaml';
import { readPolicy } from '../../county/read-policy.js';
import {
  hashSecret,
  hashText,
  makeSecret,
} from '../../gateway/access/identity/applications/application-secret.js';
import {
  ApplicationsInvalid,
  readApplications,
} from '../../gateway/access/identity/applications/read-applications.js';
import { rulesOfPolicy } from '../../gateway/access/identity/role-rules.js';
import { systemClock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import type { AppKeyOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Prints a new key, and what of it goes into the applications file. The key is kept nowhere. */
export async function makeAppKey(options: AppKeyOptions, io: VerbIo): Promise<ExitCode> {
  const secret = makeSecret();
  const entry = entryOf(options, hashText(hashSecret(secret)));
  try {
    // What is printed must be accepted.
    readApplications(entry, '(entry)', rulesOfPolicy(readPolicy(findProjectRoot())));
  } catch (error) {
    if (!(error instanceof ApplicationsInvalid)) throw error;
    const sentences = error.problems.map(({ zh, en }) => `${zh} ${en}`);
    throw new CommandFailure(EXIT.usage, sentences.join('\n'), { cause: error });
  }
  io.say(`${options.id}.${secret}`);
  io.say('');
  io.say('# 以上密钥只显示这一次，请求头 x-api-key。The key above is shown once; it is sent as x-api-key.');
  io.say(
    '# 以下写入 access.yaml 的 applications 所指的文件。Put this into the file that applications in access.yaml names:',
  );
  io.say(entry.trimEnd());
  return EXIT.ok;
}

function entryOf(options: AppKeyOptions, hash: string): string {
  const { id, title, role, townships, departments, purposes, scopes, operations, expires } = options;
  const notBefore = options.notBefore ?? systemClock.today();
  const application = {
    ...(title !== null && { title }),
    role,
    ...(townships !== null && { townships }),
    ...(departments !== null && { departments }),
    ...(scopes.length > 0 && { scopes }),
    ...(purposes.length > 0 && { purposes }),
    operations,
    keys: [{ hash, notBefore, expires }],
  };
  return stringify({ applications: { [id]: application } }, { lineWidth: 0 });
}
