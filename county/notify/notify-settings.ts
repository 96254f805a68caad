import type { Secret } from '../../runtime/config/secret.js';
import type { QuietWindow } from '../../subgraphs/engine/mapping/mapping.js';
import type { IncidentCause, IncidentSeverity } from '../../subgraphs/port/observation.js';

/** Where incidents are told, and which. */
export interface ChannelSettings {
  readonly name: string;
  readonly target: ChannelTarget;
  /** Null: of all. */
  readonly departments: readonly string[] | null;
  readonly causes: readonly IncidentCause[] | null;
  /** Only those so bad. */
  readonly severity: IncidentSeverity | null;
  /** What comes then is told at their end, unless it is critical. By the county's clock. */
  readonly quiet: readonly QuietWindow[];
  /** Messages in any minute. */
  readonly perMinute: number;
  /** What was not over so long after it was told here is told there too; null: nothing is. */
  readonly escalate: { readonly afterMs: number; readonly to: string } | null;
}

export type ChannelTarget =
  | {
      readonly kind: 'webhook';
      readonly url: string;
      /** Signs the body. */
      readonly secret: Secret;
    }
  | {
      /** A custom robot of 钉钉 or 浙政钉. */
      readonly kind: 'dingtalk';
      /** Without the token. */
      readonly url: string;
      readonly token: Secret;
      /** The robot's 加签 secret. */
      readonly secret: Secret;
    };
