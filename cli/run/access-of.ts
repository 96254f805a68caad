import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ACCESS_FILE, type AccessSettings, readAccessSettings } from '../../county/config/access-settings.js';
import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import { openAccess } from '../../county/open-access.js';
import type { Access } from '../../gateway/access/access.js';
import { ApplicationsInvalid } from '../../gateway/access/identity/applications/read-applications.js';
import { USUAL_LOCK } from '../../gateway/access/identity/identity-settings.js';
import { KeySetMalformed } from '../../gateway/access/identity/keys/key-set.js';
import { type LocalIssuer, localIssuer } from '../../gateway/access/identity/local-issuer.js';
import type { AuditSettings } from '../../gateway/audit/audit-settings.js';
import { type Audit, openAudit } from '../../gateway/audit/open-audit.js';
import { createRecorder, type Recorder } from '../../gateway/audit/recorder.js';
import type { Logger } from '../../gateway/observe/logger.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { formatProblem, MappingError } from '../../runtime/yaml/problem.js';
import { demoAudit, demoKeysFolder } from '../demo/demo-keys.js';
import { readingConfig } from '../demo/reading-config.js';
import { CommandFailure, EXIT } from '../exit-code.js';
import type { AccessChoice, StartOptions } from '../verbs/verb-bodies.js';
import type { Keeper } from '../workers/keeper.js';

interface StartAccess {
  readonly access: Access | 'open';
  /** Where answers are recorded; null: nobody is asked who he is. */
  readonly audit: AuditSettings | null;
  /** Of the demo county, which issues its own tokens; null: others do. */
  readonly issuer: LocalIssuer | null;
}

/** Whom a county lets in. @throws {CommandFailure} when nothing says it: a real county is never open by accident. */
export async function accessOfStart(
  { access, county }: Pick<StartOptions, 'access' | 'county'>,
  { audit }: Pick<GatewaySettings, 'audit'>,
  logger: Logger,
  environment: NodeJS.ProcessEnv,
): Promise<StartAccess> {
  if (access.kind === 'open') return { access: 'open', audit: null, issuer: null };
  if (access.file === undefined && county.kind === 'demo') {
    const issuer = await localIssuer(demoKeysFolder(findProjectRoot()));
    const settings: AccessSettings = {
      issuers: [issuer.settings],
      applicationsFile: null,
      policyFile: null,
      lock: USUAL_LOCK,
    };
    return { access: open(settings, logger), audit: audit ?? demoAudit(findProjectRoot()), issuer };
  }
  const usual = county.kind === 'configured' ? join(dirname(county.configFile), ACCESS_FILE) : undefined;
  return {
    access: fromFile(access.file ?? usual, logger, environment),
    audit: requireAudit(audit),
    issuer: null,
  };
}

/** Whom a gateway over a supergraph lets in. @throws {CommandFailure} when nothing says it. */
export function accessOfServe(
  access: AccessChoice,
  { audit }: Pick<GatewaySettings, 'audit'>,
  logger: Logger,
  environment: NodeJS.ProcessEnv,
): Omit<StartAccess, 'issuer'> {
  if (access.kind === 'open') return { access: 'open', audit: null };
  return { access: fromFile(access.file, logger, environment), audit: requireAudit(audit) };
}

/** Whoever looks at people's data is recorded. @throws {CommandFailure} when nothing says where. */
export function requireAudit(audit: AuditSettings | null): AuditSettings {
  if (audit !== null) return audit;
  throw new CommandFailure(
    EXIT.usage,
    'gateway.yaml 没有写明审计（audit: { folder, sign, subjectKey }）。Cannot serve: gateway.yaml must say where answers are recorded (audit: { folder, sign, subjectKey }), but does not.',
  );
}

interface Recording {
  /** Absent: nothing is recorded. */
  readonly recorder?: Recorder;
  readonly audit: Pick<Audit, 'append'> | null;
  close(): Promise<void>;
}

/** Opens the audit of a gateway; a worker's is its keeper's. */
export async function openRecorder(
  settings: AuditSettings | null,
  keeper: Pick<Keeper, 'audit'> | null,
): Promise<Recording> {
  if (settings === null) return { audit: null, close: () => Promise.resolve() };
  const own = keeper === null ? await openAudit(settings) : null;
  const audit = own ?? keeper?.audit ?? null;
  return {
    audit,
    ...(audit !== null && { recorder: createRecorder(audit, settings) }),
    close: async () => own?.close(),
  };
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
