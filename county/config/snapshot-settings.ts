import { z } from 'zod';
import { Secret } from '../../runtime/config/secret.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import { passwordReference, readPasswordAt } from './resolve-key.js';

/** Where snapshots are kept. */
export type SnapshotSettings =
  /** In files of this machine. */
  | { readonly store: 'embedded' }
  | {
      readonly store: 'clickhouse';
      /** `http(s)://host:8123`. */
      readonly url: string;
      readonly database: string;
      readonly user: string;
      readonly password: Secret;
    };

export const EMBEDDED: SnapshotSettings = Object.freeze({ store: 'embedded' });

/** ClickHouse's own account of a fresh installation. */
const USUAL_USER = 'default';

/** `snapshots: { store: clickhouse, url: http://10.0.0.8:8123, database: enforcement, user: gateway, password: ${env:NAME} }`. */
export const snapshotGrammar = z.discriminatedUnion('store', [
  z.strictObject({ store: z.literal('embedded') }),
  z.strictObject({
    store: z.literal('clickhouse'),
    url: z.string().refine(isPlainAddress, {
      message:
        '必须是 http:// 或 https:// 开头的地址，不含用户名和密码 / must be a URL of http or https without user and password',
    }),
    database: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, {
      message: '必须由字母、数字和下划线组成 / must be of letters, digits and underscores',
    }),
    user: z.string().min(1).optional(),
    password: passwordReference.optional(),
  }),
]);

/** @param problems takes what cannot be used, with its place. */
export function readSnapshotSettings(
  said: z.infer<typeof snapshotGrammar> | undefined,
  yaml: PlacedYaml,
  environment: NodeJS.ProcessEnv,
  problems: Problem[],
): SnapshotSettings {
  if (said === undefined || said.store === 'embedded') return EMBEDDED;
  const { store, url, database, user = USUAL_USER, password } = said;
  const path = ['snapshots', 'password'];
  const secret =
    password === undefined ? null : readPasswordAt(path, password, { yaml, environment, problems });
  return Object.freeze({ store, url, database, user, password: secret ?? new Secret('') });
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
