import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One form in which a file can be sent. */
interface ConsoleBody {
  readonly bytes: Buffer;
  readonly etag: string;
}

/** A file of the console's page. */
export interface ConsoleFile {
  /** Below `/console/`, such as `assets/main-Xy12.js`; empty of the page itself. */
  readonly path: string;
  readonly type: string;
  /** Its name changes whenever its content does. */
  readonly isNamedByContent: boolean;
  /** As it is, and compressed by these codings where that was done when it was built; the smallest first. */
  readonly bodies: readonly (readonly [coding: 'br' | 'gzip' | 'identity', body: ConsoleBody])[];
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** Whether there is a page in the folder, which `console/build.mjs` builds. */
export function isConsoleBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

/**
 * Reads what `console/build.mjs` has built; it takes some 2 MB of memory.
 *
 * @returns empty where it was not built.
 */
export function readConsoleFiles(folder: string): readonly ConsoleFile[] {
  if (!isConsoleBuilt(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) return [];
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join('/');
    const forms = [
      ['br', `${file}.br`],
      ['gzip', `${file}.gz`],
      ['identity', file],
    ] as const;
    return [
      {
        path: path === 'index.html' ? '' : path,
        type,
        isNamedByContent: path.startsWith('assets/'),
        bodies: forms
          .filter(([, form]) => existsSync(form))
          .map(([coding, form]) => [coding, bodyOf(readFileSync(form))] as const),
      },
    ];
  });
}

function bodyOf(bytes: Buffer): ConsoleBody {
  return { bytes, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"` };
}
