import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ACCESS_FILE, type AccessSettings, readAccessSettings } from '../../county/config/access-settings.js';
import { openAccess } from '../../county/open-access.js';
import type { Access } from '../../gateway/access/access.js';
import { ApplicationsInvalid } from '../../gateway/access/identity/applications/read-applications.js';
import { USUAL_LOCK } from '../../gateway/access/identity/identity-settings.js';
import { KeySetMalformed } from '../../gateway/access/identity/keys/key-set.js';
import { type LocalIssuer, localIssuer } from '../../gateway/access/identity/local-issuer.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem, MappingError } from '../../runtime/yaml/problem.js';
import { demoKeysFolder } from '../demo/demo-keys.js';
import { readingConfig } from '../demo/reading-config.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { AccessChoice, StartOptions } from '../verbs/verb-bodies.js';

interface StartAccess {
  readonly access: Access | 'open';
  /** Of the demo county, which issues its own tokens; null: others do. */
  readonly issuer: LocalIssuer | null;
}

/** Whom a county lets in. @throws {CommandFailure} when nothing says it: a real county is never open by accident. */
export async function accessOfStart(
  { access, county }: Pick<StartOptions, 'access' | 'county'>,
  logger: Logger,
  environment: NodeJS.ProcessEnv,
): Promise<StartAccess> {
  if (access.kind === 'open') return { access: 'open', issuer: null };
  if (access.file === undefined && county.kind === 'demo') {
    const issuer = await localIssuer(demoKeysFolder(findProjectRoot()));
    const settings: AccessSettings = {
      issuers: [issuer.settings],
      applicationsFile: null,
      policyFile: null,
      lock: USUAL_LOCK,
    };
    return { access: open(settings, logger), issuer };
  }
  const usual = county.kind === 'configured' ? join(dirname(county.configFile), ACCESS_FILE) : undefined;
  return { access: fromFile(access.file ?? usual, logger, environment), issuer: null };
}

/** Whom a gateway over a supergraph lets in. @throws {CommandFailure} when nothing says it. */
export function accessOfServe(
  access: AccessChoice,
  logger: Logger,
  environment: NodeJS.ProcessEnv,
): Access | 'open' {
  return access.kind === 'open' ? 'open' : fromFile(access.file, logger, environment);
}

function fromFile(file: string | undefined, logger: Logger, environment: NodeJS.ProcessEnv): Access {
  if (file === undefined || !existsSync(file)) {
    const named = file === undefined ? ACCESS_FILE : file;
    throw new CommandFailure(
      EXIT.usage,
      `没有说明谁可以访问：缺少 ${named}；试用可加 --open。Cannot serve: who is let in must be said in ${named}, but there is none; for a trial add --open.`,
    );
  }
  return open(
    readingConfig(() => readAccessSettings(file, environment)),
    logger,
  );
}

function open(settings: AccessSettings, logger: Logger): Access {
  try {
    return openAccess(settings, findProjectRoot(), logger);
  } catch (error) {
    if (error instanceof MappingError || error instanceof ApplicationsInvalid) {
      throw new CommandFailure(EXIT.usage, error.problems.map(formatProblem).join('\n'), { cause: error });
    }
    if (error instanceof KeySetMalformed)
      throw new CommandFailure(EXIT.usage, error.message, { cause: error });
    throw error;
  }
}
