import { readPolicy } from '../../county/read-policy.js';
import { localIssuer } from '../../gateway/access/identity/local-issuer.js';
import { describeRoleFault, roleFault, rulesOfPolicy } from '../../gateway/access/identity/role-rules.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import { demoKeysFolder } from '../demo/demo-keys.js';
import { CommandFailure, EXIT, type ExitCode } from '../exit-code.js';
import { systemFailure } from '../system-failure.js';
import type { TokenOptions } from '../verbs/verb-bodies.js';
import type { VerbIo } from '../verbs/verb-io.js';

const [SHORTEST_MS, LONGEST_MS] = [1000, 30 * 86_400_000];

/** Prints a token, and nothing else. */
export async function issueToken(options: TokenOptions, io: VerbIo): Promise<ExitCode> {
  const { role, name, townships, departments, purposes, scopes } = options;
  const rules = rulesOfPolicy(readPolicy(findProjectRoot()));
  const fault = roleFault([role], { townships, departments }, rules);
  if (fault !== null) {
    const zh =
      fault.kind === 'unlimited'
        ? `角色 ${role} 须以 ${fault.by === 'townships' ? '--township' : '--department'} 限定范围`
        : `没有角色 ${JSON.stringify(role)}，已有：${[...rules.roles].join('、')}`;
    throw refuse(`${zh}。Cannot issue a token: ${describeRoleFault(fault)}.`);
  }
  const validFor = readValidFor(options.validFor);
  const folder = options.keysFolder ?? demoKeysFolder(findProjectRoot());
  try {
    const issuer = await localIssuer(folder);
    const token = await issuer.issueToken({
      role,
      name,
      purposes,
      scopes,
      validFor,
      ...(townships !== null && { townships }),
      ...(departments !== null && { departments }),
    });
    io.say(token);
    return EXIT.ok;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw systemFailure(error, folder) ?? new CommandFailure(EXIT.usage, message, { cause: error });
  }
}

function readValidFor(text: string): number {
  const ms = duration.safeParse(text).success ? durationMs(text) : Number.NaN;
  if (ms >= SHORTEST_MS && ms <= LONGEST_MS) return ms;
  throw refuse(
    `--valid 应为 1s 到 30d 之间的时长，如 8h。Cannot issue a token: --valid must be a duration from 1s to 30d, such as 8h, but is ${JSON.stringify(text)}.`,
  );
}

function refuse(message: string): CommandFailure {
  return new CommandFailure(EXIT.usage, message);
}
