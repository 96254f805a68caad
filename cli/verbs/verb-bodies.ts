import type { DemoSize } from '../../demo/world/world.js';
import type { UnusualRules } from '../../gateway/audit/unusual/unusual-rules.js';
import type { CarrierName } from '../../gateway/bytes/carrier.js';
import type { Engine } from '../../gateway/execute/create-engine.js';
import type { ClientName } from '../../gateway/transport/origin-pools.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import type { LogLevel, LogPart } from '../../subgraphs/port/log-levels.js';
import type { ExitCode } from '../exit-code.js';
import type { AskedGateway } from './asked-gateway.js';
import type { VerbIo } from './verb-io.js';

export const DEMO_SIZES: readonly DemoSize[] = ['tiny', 'small', 'county', 'province'];
export const ENGINES: readonly Engine[] = ['compiled', 'apollo'];

/** Whom a gateway lets in. */
export type AccessChoice =
  /** As the file says, or the usual one: beside the connections file; of the demo, a local issuer. */
  | { readonly kind: 'told'; readonly file?: string }
  /** Nobody is asked who he is. */
  | { readonly kind: 'open' };

/** How a process serves. */
interface ServingOptions {
  /** Processes that share the port; 1: this one serves itself. */
  readonly workers: number;
  /** Whether the graph's files are read again when they change, as SIGHUP asks for. */
  readonly watches: boolean;
  /** Where health and metrics are answered besides; null: nowhere. */
  readonly healthAddress: ListenAddress | null;
}

export interface StartOptions extends ServingOptions {
  readonly address: ListenAddress;
  readonly access: AccessChoice;
  /** The demo county, built if absent, or a real one as a connections file describes it. */
  readonly county:
    | { readonly kind: 'demo'; readonly size: DemoSize; readonly seed: number }
    | { readonly kind: 'configured'; readonly configFile: string };
  /** File of connections and departments that are added. */
  readonly alsoFile?: string;
  /** Absent: `gateway.yaml` beside the connections file, if there is one. */
  readonly gatewayFile?: string;
  readonly sharesAnswers: boolean;
  readonly engine: Engine;
  readonly carrier: CarrierName;
  /** Of web pages that may ask; absent: none. */
  readonly allowedOrigins?: readonly string[];
}

export interface ServeOptions extends ServingOptions {
  readonly address: ListenAddress;
  readonly access: AccessChoice;
  readonly supergraphFile: string;
  /** Absent: settings are as usual. */
  readonly gatewayFile?: string;
  /** Whether identical queries of one caller that run at once are carried out once. */
  readonly sharesAnswers: boolean;
  /** Whether identical reads of a subgraph that run at once are sent once. */
  readonly sharesReads: boolean;
  readonly engine: Engine;
  readonly carrier: CarrierName;
  /** What subgraphs behind plain HTTP are called with. */
  readonly client: ClientName;
  /** Of web pages that may ask; absent: none. */
  readonly allowedOrigins?: readonly string[];
  /** Files in PEM with certificates of authorities that subgraphs may have theirs from, besides those that Node trusts. */
  readonly authorityFiles?: readonly string[];
}

export interface SubgraphOptions {
  readonly address: ListenAddress;
  readonly name: string;
  /** Connections file; null: the demo county's. */
  readonly configFile: string | null;
}

export interface ComposeOptions {
  /** Only compare what composition gives with the committed files; a difference is a finding. */
  readonly checkOnly: boolean;
}

export type CheckKind = 'lint' | 'conform' | 'probe' | 'sample';
export const CHECK_KINDS: readonly CheckKind[] = ['lint', 'conform', 'probe', 'sample'];

export interface CheckOptions {
  /** Null: all departments. */
  readonly department: string | null;
  readonly kinds: readonly CheckKind[];
  readonly configFile: string | null;
  readonly alsoFile?: string;
}

export interface IntrospectOptions {
  readonly connection: string;
  /** A table, an endpoint's path or a pattern of file names; null when `sourceFile` says it all. */
  readonly object: string | null;
  /** YAML with the block of a mapping's `source`. */
  readonly sourceFile: string | null;
  readonly configFile: string | null;
  readonly alsoFile?: string;
}

export interface ExplainOptions {
  readonly interface: string;
  /** A filter as GraphQL callers write it, decoded from JSON; null: no filter. */
  readonly where: Readonly<Record<string, unknown>> | null;
  /** Rows asked for. */
  readonly first: number;
  readonly configFile: string | null;
  readonly alsoFile?: string;
}

export interface CorrectionsOptions {
  /** As the mappings name it. */
  readonly department: string;
  /** `2026-W27`. */
  readonly week: string;
  readonly format: 'xlsx' | 'html';
  readonly outFile: string;
  /** Within which it is to be put right; null: as usual. */
  readonly workingDays: number | null;
  /** Connections file; null: the demo county's. */
  readonly configFile: string | null;
  /** Whose gateway notes that they were sent, as they are then; null: they are a draft. */
  readonly sentBy: AskedGateway | null;
}

export interface DropsOptions {
  /** Interface whose report is wanted; null: the list. */
  readonly report: string | null;
  readonly configFile: string | null;
  readonly alsoFile?: string;
}

export const EXPORT_FORMATS = ['csv', 'xlsx', 'ndjson'] as const;
export const EXPORT_CHARSETS = ['utf-8', 'gb18030'] as const;

export interface ExportOptions extends AskedGateway {
  /** The query itself, or the file that holds it; `-` is the standard input. */
  readonly query: { readonly text: string } | { readonly file: string };
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly charset: (typeof EXPORT_CHARSETS)[number];
  /** Null: the standard output. */
  readonly outFile: string | null;
  /** Cursor behind which the export begins. */
  readonly after: string | null;
  /** Legal matter for which personal data is exported. */
  readonly purpose: string | null;
}

/** What is asked of a running gateway, or done to it. */
export type Hand =
  /** Null: of all interfaces. */
  | { readonly kind: 'status'; readonly interface: string | null }
  | { readonly kind: 'incidents'; readonly isOpen: boolean }
  | { readonly kind: 'request'; readonly id: string }
  | { readonly kind: 'drift'; readonly interface: string }
  /** `until`: ISO 8601 with its offset. */
  | { readonly kind: 'pause'; readonly interface: string; readonly why: string; readonly until: string }
  | { readonly kind: 'resume'; readonly interface: string; readonly why: string }
  /** `until`: ISO 8601 with its offset; null: until it is closed, 31 days at most. */
  | {
      readonly kind: 'open breaker';
      readonly interface: string;
      readonly why: string;
      readonly until: string | null;
    }
  | { readonly kind: 'close breaker'; readonly interface: string; readonly why: string }
  | { readonly kind: 'acknowledge'; readonly id: string; readonly why: string }
  | { readonly kind: 'answer'; readonly id: string; readonly isAccepted: boolean; readonly text: string }
  | { readonly kind: 'log levels' }
  | {
      readonly kind: 'log level';
      readonly level: LogLevel;
      /** Null: all. */
      readonly part: LogPart | null;
      readonly seconds: number;
    };

export interface HandOptions extends AskedGateway {
  readonly hand: Hand;
  readonly format: 'table' | 'json';
}

/** By what somebody's rows are limited, and what else is granted. */
interface GrantOptions {
  readonly role: string;
  /** Null: all. */
  readonly townships: readonly string[] | null;
  readonly departments: readonly string[] | null;
  readonly purposes: readonly string[];
  readonly scopes: readonly string[];
}

export interface TokenOptions extends GrantOptions {
  readonly name: string;
  /** Such as `8h`. */
  readonly validFor: string;
  /** Null: that of the demo counties. */
  readonly keysFolder: string | null;
}

export interface AppKeyOptions extends GrantOptions {
  readonly id: string;
  /** `yyyy-MM-dd`; null: today. */
  readonly notBefore: string | null;
  /** `yyyy-MM-dd`, the last day. */
  readonly expires: string;
  readonly title: string | null;
  readonly operations: 'any' | 'registered';
}

/** Where an audit lies; keys are references such as `env:NAME` or `file:/run/secrets/name`. */
export interface AuditVerifyOptions {
  readonly folder: string;
  readonly copyFolder: string | null;
  /** Empty: signatures are not checked. */
  readonly keys: readonly string[];
}

export interface AuditPeriod {
  /** First and last day, `yyyy-MM-dd`; null: without a bound. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface AuditWhoOptions extends AuditPeriod {
  readonly folder: string;
  /** Refs such as `uscc:…`: all that one subject is known by. */
  readonly subjects: readonly string[];
  /** Reference to the key of what stands for subjects. */
  readonly key: string;
}

export interface AuditUnusualOptions extends AuditPeriod {
  readonly folder: string;
  readonly rules: UnusualRules;
}

/** What the verbs do once their arguments are understood. Each fails with `CommandFailure` alone. */
export interface VerbBodies {
  start(options: StartOptions, io: VerbIo): Promise<ExitCode>;
  serve(options: ServeOptions, io: VerbIo): Promise<ExitCode>;
  subgraph(options: SubgraphOptions, io: VerbIo): Promise<ExitCode>;
  compose(options: ComposeOptions, io: VerbIo): Promise<ExitCode>;
  check(options: CheckOptions, io: VerbIo): Promise<ExitCode>;
  introspect(options: IntrospectOptions, io: VerbIo): Promise<ExitCode>;
  explain(options: ExplainOptions, io: VerbIo): Promise<ExitCode>;
  drops(options: DropsOptions, io: VerbIo): Promise<ExitCode>;
  corrections(options: CorrectionsOptions, io: VerbIo): Promise<ExitCode>;
  export(options: ExportOptions): Promise<ExitCode>;
  hand(options: HandOptions, io: VerbIo): Promise<ExitCode>;
  token(options: TokenOptions, io: VerbIo): Promise<ExitCode>;
  appKey(options: AppKeyOptions, io: VerbIo): Promise<ExitCode>;
  auditVerify(options: AuditVerifyOptions, io: VerbIo): Promise<ExitCode>;
  auditWho(options: AuditWhoOptions, io: VerbIo): Promise<ExitCode>;
  auditUnusual(options: AuditUnusualOptions, io: VerbIo): Promise<ExitCode>;
}
