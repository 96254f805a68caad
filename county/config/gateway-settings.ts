import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { AuditSettings } from '../../gateway/audit/audit-settings.js';
import { type CostSettings, USUAL_COSTS } from '../../gateway/cost/cost-settings.js';
import { type LimitValues, USUAL_LIMITS } from '../../gateway/http/request-limits.js';
import type { TraceSettings } from '../../gateway/observe/traces/trace-settings.js';
import {
  LONGEST_DEADLINE_MS,
  type RequestDeadline,
  USUAL_DEADLINE,
} from '../../runtime/call/request-deadline.js';
import type { Secret } from '../../runtime/config/secret.js';
import { durationText } from '../../runtime/duration-text.js';
import type { RedisAddress } from '../../runtime/ledger/redis/redis-address.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import { type PlacedYaml, parsePlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { readTextFile } from '../../runtime/yaml/read-text-file.js';
import { describeYamlIssues, syntaxProblems } from '../../runtime/yaml/yaml-problems.js';
import { LOG_LEVELS, type LogLevel } from '../../subgraphs/port/log-levels.js';
import type { ChannelSettings } from '../notify/notify-settings.js';
import type { HistoryAddress } from '../observe/history/postgres/history-address.js';
import { auditGrammar, readAuditSettings } from './audit-settings.js';
import { configErrorOf } from './config-error.js';
import { costGrammar, readCosts } from './cost-settings.js';
import {
  type CountySettings,
  countiesGrammar,
  hideSecret,
  type OfferSettings,
  readCounties,
} from './counties-settings.js';
import { historyGrammar, readHistory } from './history-settings.js';
import { limitsGrammar, readLimits } from './limit-settings.js';
import { notifyGrammar, readNotifySettings } from './notify-settings.js';
import { keyReference, readKeyAt } from './resolve-key.js';
import { readSharedRedis, sharedGrammar } from './shared-settings.js';
import {
  EMBEDDED,
  readSnapshotSettings,
  type SnapshotSettings,
  snapshotGrammar,
} from './snapshot-settings.js';
import { readTraces, tracesGrammar } from './trace-settings.js';

/** What `gateway.yaml` says. */
export interface GatewaySettings {
  readonly deadline: RequestDeadline;
  readonly exports: ExportSettings;
  readonly limits: LimitValues;
  readonly costs: CostSettings;
  /** Folder of the operations that callers may name; null: it says none. */
  readonly operationsFolder: string | null;
  /** Whether callers may name by its hash what they have sent before. */
  readonly keepsQueries: boolean;
  /** Whether the page of the data centre is served at `/console/`. */
  readonly servesConsole: boolean;
  /** What is offered to a hub above this one; null: nothing is. */
  readonly offer: OfferSettings | null;
  /** Counties below this hub. */
  readonly counties: readonly CountySettings[];
  /** Departments of `rover.yaml` that are this hub's own; null: all of them. */
  readonly departments: readonly string[] | null;
  readonly snapshots: SnapshotSettings;
  /** Where every answer is recorded; null: nothing says it. */
  readonly audit: AuditSettings | null;
  /** Signs who calls on the way to subgraphs on other machines; null: the way itself must be safe. */
  readonly callerKey: Secret | null;
  /** Where limits of callers are counted with other machines; null: each process counts by itself. */
  readonly sharedRedis: RedisAddress | null;
  /** Where the history of what is observed is kept with other machines; null: in a file of this one. */
  readonly history: HistoryAddress | null;
  /** Where incidents are told; empty: nowhere. */
  readonly channels: readonly ChannelSettings[];
  /** Where traces of requests are sent; null: nowhere. */
  readonly traces: TraceSettings | null;
  /** From which level on lines are logged where the environment does not say; null: nothing says it. */
  readonly logLevel: LogLevel | null;
}

interface ExportSettings {
  /** How long an export waits for an interface that is away, before it ends without its rows. Milliseconds. */
  readonly patienceMs: number;
  /** Exports under way at a time; more are refused. */
  readonly atOnce: number;
}

/** Name of the file, beside the connections file. */
export const GATEWAY_FILE = 'gateway.yaml';

export const USUAL_SETTINGS: GatewaySettings = Object.freeze({
  deadline: USUAL_DEADLINE,
  exports: { patienceMs: 120_000, atOnce: 4 },
  limits: USUAL_LIMITS,
  costs: USUAL_COSTS,
  operationsFolder: null,
  keepsQueries: false,
  servesConsole: true,
  offer: null,
  counties: [],
  departments: null,
  snapshots: EMBEDDED,
  audit: null,
  callerKey: null,
  sharedRedis: null,
  history: null,
  channels: [],
  traces: null,
  logLevel: null,
});

/** Shorter, and nothing but an error could be answered. */
const SHORTEST_DEADLINE_MS = 500;

/** The grammar of the file; `schema/gateway.v1.json` is generated from it. */
export const gatewayGrammar = z.strictObject({
  deadline: z.strictObject({ default: duration.optional(), most: duration.optional() }).optional(),
  exports: z
    .strictObject({ patience: duration.optional(), atOnce: z.int().min(1).max(100).optional() })
    .optional(),
  limits: limitsGrammar.optional(),
  cost: costGrammar.optional(),
  /** Relative to the file. */
  operations: z
    .strictObject({ folder: z.string().min(1).optional(), automatic: z.boolean().optional() })
    .optional(),
  /** Whether the page of the data centre is served at `/console/`. */
  console: z.boolean().optional(),
  snapshots: snapshotGrammar.optional(),
  audit: auditGrammar.optional(),
  callerKey: keyReference.optional(),
  shared: sharedGrammar.optional(),
  history: historyGrammar.optional(),
  notify: notifyGrammar.optional(),
  traces: tracesGrammar.optional(),
  logging: z
    .strictObject({
      level: z.enum(LOG_LEVELS).optional().meta({
        description:
          '日志级别；环境变量 LOG_LEVEL 优先于此，运行中更改（log-level）优先于两者；默认 start、subgraph 为 warn，serve 为 info。 From which level on lines are logged; LOG_LEVEL of the environment goes before it, and what is changed at run time (log-level) before both. Usual: warn for start and subgraph, info for serve.',
      }),
    })
    .optional(),
  ...countiesGrammar,
});

/**
 * Reads a `gateway.yaml`: `deadline: { default: 3s, most: 60s }`, `exports: { patience: 2m, atOnce: 4 }`, `limits`
 * (`limit-settings.ts`), `cost` (`cost-settings.ts`), `operations: { folder: operations, automatic: true }` (beside the file; whether
 * callers may add to them), `console: false` (no page at `/console/`), `snapshots` (where they are kept), `shared` (`shared-settings.ts`),
 * `history` (`history-settings.ts`), `notify` (`notify-settings.ts`), `traces` (`trace-settings.ts`), `logging: { level: info }`, and what `counties-settings.ts` says. What it does not say is as usual.
 *
 * @throws {ConfigError} with every problem and its place; no message holds a secret's value.
 */
export function loadGatewaySettings(
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): GatewaySettings {
  const read = readTextFile(file, file);
  if (read.kind === 'problem') throw configErrorOf(file, [read.problem]);
  return parseGatewaySettings(read.text, file, environment);
}

/** As `loadGatewaySettings`, of a file that need not be there. */
export function findGatewaySettings(file: string, environment: NodeJS.ProcessEnv): GatewaySettings {
  return existsSync(file) ? loadGatewaySettings(file, environment) : USUAL_SETTINGS;
}

/** As `loadGatewaySettings`, of a text. */
export function parseGatewaySettings(
  text: string,
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): GatewaySettings {
  const yaml = parsePlacedYaml(text, file);
  if (yaml.errors.length > 0) throw configErrorOf(file, syntaxProblems(yaml));
  const decoded = gatewayGrammar.safeParse(yaml.value ?? {}, { reportInput: true });
  if (!decoded.success) {
    throw configErrorOf(file, describeYamlIssues(decoded.error.issues.map(hideSecret), yaml, gatewayGrammar));
  }
  const {
    deadline: said = {},
    exports: ofExports = {},
    snapshots: kept,
    operations,
    callerKey: signer,
  } = decoded.data;
  const operationsFolder =
    operations?.folder === undefined ? null : resolve(dirname(file), operations.folder);
  const usual = USUAL_SETTINGS;
  const mostMs = msOf(said.most) ?? Math.max(usual.deadline.mostMs, msOf(said.default) ?? 0);
  const deadline = { defaultMs: msOf(said.default) ?? Math.min(usual.deadline.defaultMs, mostMs), mostMs };
  const { problems: ofCounties, ...counties } = readCounties(decoded.data, yaml, environment);
  const problems = [...judgeDeadline(deadline, yaml), ...ofCounties];
  const limits = readLimits(decoded.data.limits, yaml, problems);
  const snapshots = readSnapshotSettings(kept, yaml, environment, problems);
  const audit = readAuditSettings(decoded.data.audit, yaml, { file, environment, problems });
  const callerKey =
    signer === undefined ? null : readKeyAt(['callerKey'], signer, { yaml, environment, problems });
  const sharedRedis = readSharedRedis(decoded.data.shared, yaml, { file, environment, problems });
  const history = readHistory(decoded.data.history, yaml, { file, environment, problems });
  const channels = readNotifySettings(decoded.data.notify, { yaml, environment, problems });
  const traces = readTraces(decoded.data.traces, yaml, { environment, problems });
  if (problems.length > 0) throw configErrorOf(file, problems);
  const patienceMs = msOf(ofExports.patience) ?? usual.exports.patienceMs;
  const { atOnce = usual.exports.atOnce } = ofExports;
  return Object.freeze({
    deadline,
    exports: { patienceMs, atOnce },
    limits,
    costs: readCosts(decoded.data.cost),
    operationsFolder,
    keepsQueries: operations?.automatic ?? USUAL_SETTINGS.keepsQueries,
    servesConsole: decoded.data.console ?? USUAL_SETTINGS.servesConsole,
    snapshots,
    audit,
    callerKey,
    sharedRedis,
    history,
    channels,
    traces,
    logLevel: decoded.data.logging?.level ?? USUAL_SETTINGS.logLevel,
    ...counties,
  });
}

function msOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : durationMs(text);
}

function judgeDeadline({ defaultMs, mostMs }: RequestDeadline, yaml: PlacedYaml): readonly Problem[] {
  const outside = (['default', 'most'] as const).flatMap((key) => {
    const ms = key === 'default' ? defaultMs : mostMs;
    if (ms >= SHORTEST_DEADLINE_MS && ms <= LONGEST_DEADLINE_MS) return [];
    const [least, most] = [
      durationText(SHORTEST_DEADLINE_MS / 1000),
      durationText(LONGEST_DEADLINE_MS / 1000),
    ];
    return [
      invalid(
        yaml.placeOf(['deadline', key]),
        `“deadline.${key}”应在 ${least.zh}到 ${most.zh}之间。`,
        `deadline.${key} must be from ${least.en} to ${most.en}.`,
      ),
    ];
  });
  if (outside.length > 0 || defaultMs <= mostMs) return outside;
  return [
    invalid(
      yaml.placeOf(['deadline', 'default']),
      '“deadline.default”不能超过“deadline.most”。',
      'deadline.default must not be longer than deadline.most.',
    ),
  ];
}

function invalid(place: Problem['place'], zh: string, en: string): Problem {
  return { rule: 'invalid-value', severity: 'error', place, zh, en };
}
