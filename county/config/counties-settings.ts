import { z } from 'zod';
import type { Secret } from '../../runtime/config/secret.js';
import type { ListenAddress } from '../../runtime/listen-address.js';
import { duration, durationMs } from '../../runtime/yaml/duration.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { keyReference, readKeyAt } from './resolve-key.js';

/** Where the hub above this one reaches what the county offers. */
export interface OfferSettings extends ListenAddress {
  /** Whoever asks must send it. */
  readonly key: Secret;
  /** Whether those of the hub above who may there may pause this county's interfaces and do what else is done by hand. */
  readonly takesHands: boolean;
}

/** A county below this hub, and how it may be asked. */
export interface CountySettings {
  /** Begins the names of its interfaces: `shengsi/market.inspection`. */
  readonly code: string;
  readonly title: string;
  /** As the county's `start` says where it offers its lists: `https://10.33.9.22:4300/graphql`. */
  readonly url: string;
  readonly key: Secret;
  /** The longest that one message may take, milliseconds; null: what is left of the request. */
  readonly timeoutMs: number | null;
  /** Messages that may be under way at a time; more wait in line. */
  readonly places: number;
}

/** As many requests as a hub of a city has under way at a time; the lower county's own limits stand behind them. */
const USUAL_PLACES = 16;
const DEFAULT_HOST = '127.0.0.1';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: '小写字母、数字和连字符组成的名称 | a name of lower-case letters, digits and dashes',
});
const httpUrl = z.string().refine(isHttpUrl, {
  error:
    'http:// 或 https:// 地址，不含用户名和密码 | an address with http:// or https://, without user or password',
});

/** What `gateway.yaml` says of counties above and below. */
export const countiesGrammar = {
  offer: z
    .strictObject({
      host: z.string().min(1).optional(),
      port: z.int().min(0).max(65_535),
      key: keyReference,
      hands: z.boolean().optional().meta({
        description:
          '是否允许上级的数据中心人员（须有 hands 权限）暂停、恢复本县接口等；逐次记入本县审计。 Whether staff of the hub above, who have the right `hands` there, may pause and resume interfaces of this county and so on; each time is recorded in the audit of this county.',
        default: false,
      }),
    })
    .optional(),
  counties: z
    .record(
      name,
      z.strictObject({
        title: z.string().min(1),
        url: httpUrl,
        key: keyReference,
        timeout: duration.optional(),
        places: z.int().min(1).max(64).optional(),
      }),
    )
    .optional(),
  departments: z.array(name).optional(),
};

const grammar = z.strictObject(countiesGrammar);

/** Where somebody may have written what nobody else should read. */
const HOLDS_SECRET: ReadonlySet<unknown> = new Set([
  'key',
  'url',
  'subjectKey',
  'callerKey',
  'password',
  'secret',
  'token',
]);

/** An issue that does not show what is written where a secret may stand. */
export function hideSecret(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const isHidden = issue.code === 'custom' && HOLDS_SECRET.has(issue.path.at(-1));
  return isHidden ? { ...issue, input: '（不显示 hidden）' } : issue;
}

interface ReadCounties {
  readonly offer: OfferSettings | null;
  readonly counties: readonly CountySettings[];
  readonly departments: readonly string[] | null;
  readonly problems: readonly Problem[];
}

/** Resolves the keys of what the grammar accepted. No problem holds a secret's value. */
export function readCounties(
  { offer, counties = {}, departments }: z.infer<typeof grammar>,
  yaml: PlacedYaml,
  environment: NodeJS.ProcessEnv,
): ReadCounties {
  const problems: Problem[] = [];
  const reading = { yaml, environment, problems };
  const offerKey = offer === undefined ? null : readKeyAt(['offer', 'key'], offer.key, reading);
  return {
    offer:
      offer === undefined || offerKey === null
        ? null
        : {
            host: offer.host ?? DEFAULT_HOST,
            port: offer.port,
            key: offerKey,
            takesHands: offer.hands ?? false,
          },
    counties: Object.entries(counties).flatMap(([code, { title, url, key: reference, timeout, places }]) => {
      const key = readKeyAt(['counties', code, 'key'], reference, reading);
      if (key === null) return [];
      const timeoutMs = timeout === undefined ? null : durationMs(timeout);
      return [{ code, title, url, key, timeoutMs, places: places ?? USUAL_PLACES }];
    }),
    departments: departments ?? null,
    problems,
  };
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}
