import { z } from 'zod';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { HistoryAddress } from '../observe/history/postgres/history-address.js';
import { readAuthorityAt } from './read-authority.js';
import { passwordReference, readPasswordAt } from './resolve-key.js';

const USUAL_SCHEMA = 'observed';

/** `history: { postgres: { url: postgres://10.1.2.9/observed, user: gateway, password: ${file:/run/secrets/history}, ca: history.pem } }`. */
export const historyGrammar = z.strictObject({
  postgres: z.strictObject({
    url: z
      .string()
      .refine(isDatabaseUrl, {
        error:
          'postgres://主机/数据库 地址，不含用户名和密码 | an address postgres://host/database, without user or password',
      })
      .meta({
        description:
          '多台机器共用观测历史的 PostgreSQL（已用 15 验证），须直接连接，不能经过连接池。 The PostgreSQL in which several machines keep one history of what they observe (tried with 15); connected to directly, without a pooler.',
      }),
    user: z.string().min(1),
    password: passwordReference.optional(),
    ca: z.string().min(1).optional().meta({
      description:
        '其证书的颁发机构（PEM 文件，相对于本文件）；不写则不加密。 The authority of its certificate, a file in PEM, relative to this file; without it the way is not encrypted.',
    }),
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,30}$/, {
        error: '小写字母、数字和下划线，至多 31 个 | small letters, digits and underscores, at most 31',
      })
      .optional()
      .meta({
        description:
          '存放数据表的模式，不存在时创建；同一个县的各台机器须相同。 Holds the tables and is made where it is absent; the same in all machines of one county.',
        default: USUAL_SCHEMA,
      }),
  }),
});

interface HistoryReading {
  /** The file that says it. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes what cannot be used, with its place. */
  readonly problems: Problem[];
}

/** @returns the PostgreSQL that keeps the history; null: a file of this machine does. */
export function readHistory(
  said: z.infer<typeof historyGrammar> | undefined,
  yaml: PlacedYaml,
  reading: HistoryReading,
): HistoryAddress | null {
  if (said === undefined) return null;
  const { url, user, password, ca, schema = USUAL_SCHEMA } = said.postgres;
  const path = ['history', 'postgres'];
  return Object.freeze({
    url,
    user,
    password:
      password === undefined ? null : readPasswordAt([...path, 'password'], password, { yaml, ...reading }),
    authority: ca === undefined ? null : readAuthorityAt([...path, 'ca'], ca, yaml, reading),
    schema,
  });
}

function isDatabaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  if (!/^postgres(?:ql)?:$/.test(protocol) || hostname === '') return false;
  return `${username}${password}${search}${hash}` === '' && /^\/[^/]+$/.test(pathname);
}
