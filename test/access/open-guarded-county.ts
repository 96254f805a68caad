import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { openAccess } from '../../county/open-access.js';
import { USUAL_LOCK } from '../../gateway/access/identity/identity-settings.js';
import {
  type LocalIssuer,
  localIssuer,
  type TokenGrant,
} from '../../gateway/access/identity/local-issuer.js';
import { type AuditSettings, USUAL_AUDIT } from '../../gateway/audit/audit-settings.js';
import { openAudit } from '../../gateway/audit/open-audit.js';
import { createRecorder } from '../../gateway/audit/recorder.js';
import { createGateway } from '../../gateway/create-gateway.js';
import type { AnsweredInterface } from '../../gateway/execute/answer-coverage.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { createMetrics } from '../../gateway/observe/metrics.js';
import type { RequestBook } from '../../gateway/observe/request-book.js';
import { Secret } from '../../runtime/config/secret.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { openSqliteCounty, type StoredCounty } from '../county/stored-county.js';

export interface Reply {
  readonly status: number;
  readonly headers: string;
  readonly text: string;
}

/** A demo county behind a gateway that asks who calls, and records what is answered. */
export interface GuardedCounty {
  readonly county: StoredCounty;
  readonly url: string;
  readonly issuer: LocalIssuer;
  token(grant: Omit<TokenGrant, 'name' | 'validFor'>): Promise<string>;
  send(token: string | null, path: string, init?: RequestInit): Promise<Reply>;
  ask(
    token: string,
    query: string,
    more?: { variables?: object; headers?: Record<string, string> },
  ): Promise<Reply>;
  /** What is known of interfaces, for whoever polls; empty until a test fills it: no answer is given again. */
  readonly standing: Map<string, Pick<AnsweredInterface, 'state' | 'asOf'>>;
  /** Everything that was logged. */
  logged(): string;
  /** Everything that the audit and its copy hold. */
  audited(): string;
  readonly auditFolder: string;
  close(): Promise<void>;
}

/**
 * @param changePolicy of the text of `schema/policy.yaml`. Default: it is left as it is.
 * @param operations a folder of documents that callers may name.
 * @param book remembers requests. Default: nothing does.
 */
export async function openGuardedCounty(
  seed: number,
  {
    changePolicy,
    operations,
    book,
  }: {
    readonly changePolicy?: (text: string) => string;
    readonly operations?: string;
    readonly book?: RequestBook;
  } = {},
): Promise<GuardedCounty> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-guarded-'));
  const lines: string[] = [];
  const logger = createLogger(
    'debug',
    new Writable({
      write: (chunk: Buffer, _, done) => {
        lines.push(chunk.toString('utf8'));
        done();
      },
    }),
  );
  const county = await openSqliteCounty({ seed, size: 'tiny' });
  const issuer = await localIssuer(join(folder, 'keys'));
  const settings: AuditSettings = {
    ...USUAL_AUDIT,
    folder: join(folder, 'audit'),
    copyFolder: join(folder, 'copy'),
    signing: { kind: 'hmac', key: new Secret('a key for the audit of tests') },
    subjectKey: new Secret('a key for the subjects of tests'),
  };
  const policyFile = changePolicy === undefined ? null : join(folder, 'policy.yaml');
  if (changePolicy !== undefined && policyFile !== null) {
    const usual = readFileSync(join(findProjectRoot(), 'schema/policy.yaml'), 'utf8');
    writeFileSync(policyFile, changePolicy(usual));
  }
  const standing: GuardedCounty['standing'] = new Map();
  const audit = await openAudit(settings);
  const readFreshness = (): Promise<readonly []> => Promise.resolve([]);
  const gateway = await createGateway({
    access: openAccess(
      { issuers: [issuer.settings], applicationsFile: null, policyFile, lock: USUAL_LOCK },
      findProjectRoot(),
      logger,
    ),
    recorder: createRecorder(audit, settings),
    supergraphSdl: county.executor.supergraphSdl,
    subgraph: ({ name }) => {
      const port = county.county.subgraphs.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return port;
    },
    address: { host: '127.0.0.1', port: 0 },
    clock: county.clock,
    logger,
    metrics: createMetrics(county.clock, readFreshness),
    readFreshness,
    standing: () => standing,
    ...(book !== undefined && { book }),
    limits: { deadline: { defaultMs: 30_000, mostMs: 60_000 } },
    ...(operations !== undefined && {
      operations: {
        folder: operations,
        onProblem: (problem) => {
          throw new Error(JSON.stringify(problem));
        },
      },
    }),
  });
  const send: GuardedCounty['send'] = async (token, path, init = {}) => {
    const response = await fetch(new URL(path, gateway.url), {
      ...init,
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
    });
    return {
      status: response.status,
      headers: JSON.stringify([...response.headers]),
      text: await response.text(),
    };
  };
  return {
    county,
    url: gateway.url,
    standing,
    issuer,
    token: (grant) => issuer.issueToken({ ...grant, name: `test-${grant.role}`, validFor: 3_600_000 }),
    send,
    ask: (token, query, { variables = {}, headers = {} } = {}) =>
      send(token, '/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    logged: () => lines.join(''),
    audited: () =>
      [settings.folder, join(folder, 'copy')]
        // The copy is made with the first checkpoint.
        .filter((one) => existsSync(one))
        .flatMap((one) => readdirSync(one).map((file) => readFileSync(join(one, file), 'utf8')))
        .join(''),
    auditFolder: settings.folder,
    close: async () => {
      await gateway.close();
      await audit.close();
      await county.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
