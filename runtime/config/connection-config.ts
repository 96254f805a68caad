import { resolve } from 'node:path';
import type { ConnectionText } from './config-schema.js';
import type { Secret } from './secret.js';

/** How one source is reached. Files and folders are absolute and need not exist yet; secrets show only by `reveal()`. */
export type ConnectionConfig =
  | { readonly dialect: 'sqlite'; readonly file: string }
  | { readonly dialect: 'postgres' | 'mysql'; readonly url: Secret }
  /** Plain HTTP endpoints. */
  | { readonly dialect: 'rest'; readonly url: string; readonly headers: ReadonlyMap<string, Secret> }
  /** Zhejiang's data gateway of the first generation (domain §1.1 IF-1). */
  | {
      readonly dialect: 'if1';
      readonly url: string;
      readonly appKey: string;
      readonly appSecret: Secret;
      readonly lowerCase: boolean;
    }
  /** … and of the second (IF-2). */
  | {
      readonly dialect: 'if2';
      readonly url: string;
      readonly accessKey: string;
      readonly secretKey: Secret;
    }
  | {
      readonly dialect: 'soap';
      readonly url: string;
      readonly charset: 'utf-8' | 'gbk' | 'gb18030';
      readonly user: string | null;
      readonly password: Secret | null;
    }
  /** Files that are handed over (IF-6): where they are dropped, and where accepted versions are kept. */
  | { readonly dialect: 'files'; readonly folder: string; readonly store: string };

/**
 * One connection of the file.
 *
 * @param secretAt resolves a text with references at a key of the connection; null after a problem was recorded.
 * @returns null when a secret could not be had.
 */
export function readConnection(
  name: string,
  text: ConnectionText,
  folder: string,
  secretAt: (key: readonly string[], text: string, inUrl: boolean) => Secret | null,
): ConnectionConfig | null {
  switch (text.dialect) {
    case 'sqlite':
      return { dialect: 'sqlite', file: resolve(folder, text.file) };
    case 'postgres':
    case 'mysql': {
      const url = secretAt(['url'], text.url, true);
      return url === null ? null : { dialect: text.dialect, url };
    }
    case 'rest': {
      const headers = new Map<string, Secret>();
      for (const [header, value] of Object.entries(text.headers ?? {})) {
        const secret = secretAt(['headers', header], value, false);
        if (secret === null) return null;
        headers.set(header.toLowerCase(), secret);
      }
      return { dialect: 'rest', url: text.url, headers };
    }
    case 'if1': {
      const { url, appKey, lowerCase = false } = text;
      const appSecret = secretAt(['appSecret'], text.appSecret, false);
      return appSecret === null ? null : { dialect: 'if1', url, appKey, appSecret, lowerCase };
    }
    case 'if2': {
      const { url, accessKey } = text;
      const secretKey = secretAt(['secretKey'], text.secretKey, false);
      return secretKey === null ? null : { dialect: 'if2', url, accessKey, secretKey };
    }
    case 'soap': {
      const { url, charset = 'utf-8', user = null } = text;
      if (text.password === undefined) return { dialect: 'soap', url, charset, user, password: null };
      const password = secretAt(['password'], text.password, false);
      return password === null ? null : { dialect: 'soap', url, charset, user, password };
    }
    case 'files':
      return {
        dialect: 'files',
        folder: resolve(folder, text.folder),
        store: resolve(folder, text.store ?? `${name}-versions`),
      };
  }
}
