import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { clockWindow } from '../../subgraphs/engine/mapping/mapping-grammar.js';
import { INCIDENT_CAUSES, INCIDENT_SEVERITIES } from '../../subgraphs/port/observation.js';
import type { ChannelSettings, ChannelTarget } from '../notify/notify-settings.js';
import { keyReference, passwordReference, readKeyAt, readPasswordAt } from './resolve-key.js';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
});
const url = z.string().refine(isAddress, {
  error:
    'http:// 或 https:// 地址，不含用户名、密码和令牌 | an address with http:// or https://, without user, password or token',
});

/** A robot refuses what is more. */
const ROBOT_PER_MINUTE = 20;
const USUAL_PER_MINUTE = 60;

const common = {
  url,
  departments: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({ description: '只通知这些部门的接口。 Only of these departments.' }),
  causes: z
    .array(z.enum(INCIDENT_CAUSES))
    .min(1)
    .optional()
    .meta({ description: '只通知这些原因。 Only of these causes.' }),
  severity: z
    .enum(INCIDENT_SEVERITIES)
    .optional()
    .meta({ description: 'CRITICAL：只通知严重的。 CRITICAL: only what is critical.' }),
  quiet: z.array(clockWindow).min(1).optional().meta({
    description:
      '免打扰时段，非严重的留待时段结束后通知。 Quiet hours; what is not critical is told at their end.',
  }),
  escalate: z.strictObject({ after: duration, to: name }).optional().meta({
    description:
      '逾时未恢复时另行通知的渠道；该渠道只收升级通知。 The further channel for what lasts so long; it is told nothing else.',
  }),
};

/**
 * `notify: { channels: { duty: { kind: dingtalk, url: …, token: ${env:…}, secret: ${env:…}, quiet: [{ from: "22:00", to: "07:00" }],
 * escalate: { after: 30m, to: leader } } } }`.
 */
export const notifyGrammar = z.strictObject({
  channels: z.record(
    name,
    z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('webhook'),
        ...common,
        secret: keyReference.meta({
          description: '签名密钥（HMAC-SHA256）。 Signs the body with HMAC-SHA256.',
        }),
        perMinute: z.int().min(1).max(1000).optional().meta({
          description: '每分钟至多发送的消息数。 Messages in a minute at most.',
          default: USUAL_PER_MINUTE,
        }),
      }),
      z.strictObject({
        kind: z.literal('dingtalk'),
        ...common,
        token: passwordReference.meta({ description: '机器人的 access_token。 Its access_token.' }),
        secret: keyReference.meta({
          description: '机器人“加签”的密钥。 The secret of its signature (加签).',
        }),
        perMinute: z.int().min(1).max(ROBOT_PER_MINUTE).optional().meta({
          description: '每分钟至多发送的消息数。 Messages in a minute at most.',
          default: ROBOT_PER_MINUTE,
        }),
      }),
    ]),
  ),
});

type SaidChannels = z.infer<typeof notifyGrammar>['channels'];
type SaidChannel = SaidChannels[string];

interface NotifyReading {
  readonly yaml: PlacedYaml;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what cannot be used, with its place. */
  readonly problems: Problem[];
}

/** @returns where incidents are told; empty: nowhere. */
export function readNotifySettings(
  said: z.infer<typeof notifyGrammar> | undefined,
  reading: NotifyReading,
): readonly ChannelSettings[] {
  const channels = said?.channels ?? {};
  judgeEscalations(channels, reading);
  return Object.entries(channels).flatMap(([channel, one]): readonly ChannelSettings[] => {
    const target = readTarget(channel, one, reading);
    if (target === null) return [];
    const { departments = null, causes = null, severity = null, quiet = [], escalate } = one;
    return [
      Object.freeze({
        name: channel,
        target,
        departments,
        causes,
        // Warnings are the least.
        severity: severity === 'WARNING' ? null : severity,
        quiet,
        perMinute: one.perMinute ?? (one.kind === 'dingtalk' ? ROBOT_PER_MINUTE : USUAL_PER_MINUTE),
        escalate: escalate === undefined ? null : { afterMs: durationMs(escalate.after), to: escalate.to },
      }),
    ];
  });
}

function readTarget(channel: string, one: SaidChannel, reading: NotifyReading): ChannelTarget | null {
  const path = ['notify', 'channels', channel];
  const secret = readKeyAt([...path, 'secret'], one.secret, reading);
  const token: Secret | null =
    one.kind === 'dingtalk' ? readPasswordAt([...path, 'token'], one.token, reading) : null;
  if (secret === null) return null;
  if (one.kind === 'webhook') return { kind: 'webhook', url: one.url, secret };
  return token === null ? null : { kind: 'dingtalk', url: one.url, token, secret };
}

/** What a channel escalates to is another one that escalates to nobody. */
function judgeEscalations(channels: SaidChannels, { yaml, problems }: NotifyReading): void {
  for (const [channel, { escalate }] of Object.entries(channels)) {
    if (escalate === undefined) continue;
    const further = channels[escalate.to];
    if (further !== undefined && escalate.to !== channel && further.escalate === undefined) continue;
    const path = ['notify', 'channels', channel, 'escalate', 'to'];
    problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(path),
      zh: `“${path.join('.')}”应为另一个不再升级的渠道。`,
      en: `${path.join('.')} must name another channel that escalates to nobody.`,
    });
  }
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, searchParams, hash } = new URL(text);
  return (
    /^https?:$/.test(protocol) && `${username}${password}${hash}` === '' && !searchParams.has('access_token')
  );
}
