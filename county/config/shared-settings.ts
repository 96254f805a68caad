import { z } from 'zod';
import type { RedisAddress } from '../../runtime/ledger/redis/redis-address.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { readAuthorityAt } from './read-authority.js';
import { passwordReference, readPasswordAt } from './resolve-key.js';

const USUAL_PREFIX = 'enforcement-graph';

/** `shared: { redis: { url: rediss://10.1.2.7:6379, user: gateway, password: ${file:/run/secrets/redis}, ca: redis.pem } }`. */
export const sharedGrammar = z.strictObject({
  redis: z
    .strictObject({
      url: z
        .string()
        .refine(isRedisUrl, {
          error:
            'redis:// 或 rediss:// 地址，不含用户名和密码 | an address with redis:// or rediss://, without user or password',
        })
        .meta({
          description:
            '多台机器共同计数调用方限额和数据源配额的 Redis（已用 7.0 验证）。 The Redis in which several machines count the limits of callers and the quotas of sources together (tried with 7.0).',
        }),
      user: z.string().min(1).optional(),
      password: passwordReference.optional(),
      ca: z.string().min(1).optional().meta({
        description:
          '其证书的颁发机构（PEM 文件，相对于本文件）。 The authority of its certificate, a file in PEM, relative to this file.',
      }),
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/, {
          error:
            '字母、数字、点、下划线和连字符，至多 64 个 | letters, digits, dots, dashes and underscores, at most 64',
        })
        .optional()
        .meta({
          description:
            '键的开头，共同计数的各机器须相同。 Begins its keys; the same in all machines that count together.',
          default: USUAL_PREFIX,
        }),
    })
    .optional(),
});

interface SharedReading {
  /** The file that says it. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what cannot be used, with its place. */
  readonly problems: Problem[];
}

/** @returns where limits are counted with other machines; null: nothing says it. */
export function readSharedRedis(
  said: z.infer<typeof sharedGrammar> | undefined,
  yaml: PlacedYaml,
  reading: SharedReading,
): RedisAddress | null {
  if (said?.redis === undefined) return null;
  const { url, user = null, password, ca, prefix = USUAL_PREFIX } = said.redis;
  const secret =
    password === undefined
      ? null
      : readPasswordAt(['shared', 'redis', 'password'], password, { yaml, ...reading });
  if (user !== null && password === undefined) {
    reading.problems.push({
      rule: 'invalid-value',
      severity: 'error',
      place: yaml.placeOf(['shared', 'redis', 'user']),
      zh: '“shared.redis.user”须与“shared.redis.password”一起写。',
      en: 'shared.redis.user must come with shared.redis.password.',
    });
  }
  const authority = ca === undefined ? null : readAuthority(ca, url, yaml, reading);
  return Object.freeze({ url, user, password: secret, authority, prefix });
}

function readAuthority(ca: string, url: string, yaml: PlacedYaml, reading: SharedReading): string | null {
  const path = ['shared', 'redis', 'ca'];
  if (new URL(url).protocol === 'rediss:') return readAuthorityAt(path, ca, yaml, reading);
  reading.problems.push({
    rule: 'invalid-value',
    severity: 'error',
    place: yaml.placeOf(path),
    zh: '“shared.redis.ca”只用于 rediss:// 地址。',
    en: 'shared.redis.ca is for addresses with rediss:// alone.',
  });
  return null;
}

function isRedisUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  if (!/^rediss?:$/.test(protocol) || hostname === '') return false;
  return `${username}${password}${search}${hash}` === '' && /^(?:\/\d*)?$/.test(pathname);
}
