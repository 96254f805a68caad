import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { AUDIT_HASHES, isHashThere } from '../../gateway/audit/audit-hash.js';
import { type AuditSettings, LEAST_RETENTION_DAYS, USUAL_AUDIT } from '../../gateway/audit/audit-settings.js';
import { createSigner } from '../../gateway/audit/checkpoint-keys.js';
import { LEVELS } from '../../runtime/level.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { keyReference, readKeyAt } from './resolve-key.js';

const hour = z.int().min(0).max(23);
const atLeastOne = z.int().min(1);
const level = z.enum(LEVELS);

/**
 * `audit: { folder: var/audit, copy: /mnt/backup/audit, hash: sm3, sign: { with: hmac, key: ${env:AUDIT_KEY} }, subjectKey: ${env:…} }`.
 * Every key but `folder`, `sign` and `subjectKey` has a usual value.
 */
export const auditGrammar = z.strictObject({
  folder: z
    .string()
    .min(1)
    .meta({ description: '审计文件夹，相对于本文件。Folder of the audit, beside this file.' }),
  copy: z.string().min(1).optional().meta({ description: '副本文件夹。Folder of its copy; default: none.' }),
  hash: z.enum(AUDIT_HASHES).optional().meta({ description: '默认 sha256。Default: sha256.' }),
  sign: z.strictObject({ with: z.enum(['ed25519', 'hmac']), key: keyReference }),
  subjectKey: keyReference.meta({ description: '主体代号的密钥。Key of what stands for subjects.' }),
  segmentMegabytes: z.int().min(1).max(1024).optional().meta({ description: '默认 64。Default: 64 MB.' }),
  checkpoint: z
    .strictObject({ every: duration.optional(), records: z.int().min(1).max(100_000).optional() })
    .optional()
    .meta({ description: '默认每 1s 或 1000 条。Default: every 1s or 1000 records.' }),
  retention: duration
    .optional()
    .meta({ description: '不少于 180d，默认 180d。At least and by default 180d.' }),
  maxWaiting: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({ description: '默认 10000 条。Default: 10000 records.' }),
  onFailure: z.enum(['refuse', 'answer']).optional().meta({
    description: '审计不可写时对 L3 以下查询的处置，默认 refuse。Of operations below L3; default: refuse.',
  }),
  unusual: z
    .strictObject({
      night: z.strictObject({ from: hour, until: hour, level, least: atLeastOne }).partial().optional(),
      volume: z.strictObject({ perDay: atLeastOne }).optional(),
      follow: z
        .strictObject({ days: z.int().min(2), within: atLeastOne, level })
        .partial()
        .optional(),
    })
    .optional(),
});

const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
const CHECKPOINT_MS = { least: 10, most: 60_000 };

/**
 * Resolves the keys of what the grammar accepted. No problem holds a secret's value.
 *
 * @param file relative folders are beside it.
 * @param problems takes what cannot be used, with its place.
 * @returns null when there is no block, or when it cannot be used.
 */
export function readAuditSettings(
  said: z.infer<typeof auditGrammar> | undefined,
  yaml: PlacedYaml,
  {
    file,
    environment,
    problems,
  }: {
    readonly file: string;
    readonly environment: NodeJS.ProcessEnv;
    readonly problems: Problem[];
  },
): AuditSettings | null {
  if (said === undefined) return null;
  const { hash = USUAL_AUDIT.hash, checkpoint = {}, unusual = {}, segmentMegabytes } = said;
  const before = problems.length;
  const refuse = (path: readonly string[], zh: string, en: string): void => {
    problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(['audit', ...path]),
      zh,
      en,
    });
  };
  const reading = { yaml, environment, problems };
  if (!isHashThere(hash)) {
    refuse(
      ['hash'],
      `本机的 Node 不支持“audit.hash”所选的 ${hash}。`,
      `Cannot use audit.hash: this Node must know ${hash}, but its OpenSSL does not.`,
    );
  }
  const checkpointMs = durationMs(checkpoint.every ?? `${USUAL_AUDIT.checkpointMs}ms`);
  if (checkpointMs < CHECKPOINT_MS.least || checkpointMs > CHECKPOINT_MS.most) {
    refuse(
      ['checkpoint', 'every'],
      '“audit.checkpoint.every”应在 10ms 到 60s 之间。',
      'audit.checkpoint.every must be from 10ms to 60s.',
    );
  }
  const retentionDays = durationMs(said.retention ?? `${USUAL_AUDIT.retentionDays}d`) / DAY_MS;
  if (retentionDays < LEAST_RETENTION_DAYS) {
    refuse(
      ['retention'],
      `“audit.retention”不得少于 ${LEAST_RETENTION_DAYS} 天（网络安全法第二十一条：不少于六个月）。`,
      `audit.retention must be at least ${LEAST_RETENTION_DAYS} days, as the law wants.`,
    );
  }
  const kind = said.sign.with;
  const signingKey = readKeyAt(['audit', 'sign', 'key'], said.sign.key, reading, (key) =>
    createSigner({ kind, key }, 'sha256'),
  );
  const subjectKey = readKeyAt(['audit', 'subjectKey'], said.subjectKey, reading);
  if (signingKey === null || subjectKey === null || problems.length > before) return null;
  const besideFile = (path: string): string => resolve(dirname(file), path);
  return Object.freeze({
    folder: besideFile(said.folder),
    copyFolder: said.copy === undefined ? null : besideFile(said.copy),
    hash,
    signing: { kind, key: signingKey },
    subjectKey,
    segmentBytes: segmentMegabytes === undefined ? USUAL_AUDIT.segmentBytes : segmentMegabytes * MEGABYTE,
    checkpointMs,
    checkpointRecords: checkpoint.records ?? USUAL_AUDIT.checkpointRecords,
    retentionDays,
    maxWaiting: said.maxWaiting ?? USUAL_AUDIT.maxWaiting,
    onFailure: said.onFailure ?? USUAL_AUDIT.onFailure,
    unusual: {
      night: { ...USUAL_AUDIT.unusual.night, ...withoutAbsent(unusual.night) },
      volume: { ...USUAL_AUDIT.unusual.volume, ...unusual.volume },
      follow: { ...USUAL_AUDIT.unusual.follow, ...withoutAbsent(unusual.follow) },
    },
  });
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutAbsent<T extends object>(said: T | undefined): Present<T> {
  return Object.fromEntries(
    Object.entries(said ?? {}).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
