import { errorCodeOf } from '../runtime/error-code.js';
import { CommandFailure, EXIT } from './exit-code.js';

/** What the system says of a file or folder that cannot be used. */
const REASONS: ReadonlyMap<string, readonly [zh: string, en: string]> = new Map([
  ['EACCES', ['没有权限', 'this user is not allowed to']],
  ['EPERM', ['没有权限', 'this user is not allowed to']],
  ['EROFS', ['文件系统只读', 'its file system is read-only']],
  ['ENOSPC', ['磁盘已满', 'the disk is full']],
  ['EDQUOT', ['磁盘配额已满', 'the disk quota is used up']],
  ['ENOTDIR', ['路径中有一段是文件而不是文件夹', 'a part of its path is a file']],
  ['EEXIST', ['同名文件已存在', 'a file has its name']],
  ['EISDIR', ['它是文件夹', 'it is a folder']],
  ['ENOENT', ['不存在', 'it is not there']],
  ['EMFILE', ['打开的文件过多', 'too many files are open']],
]);

/**
 * The sentence for a file or folder that the system does not let us use; null when the error is of another kind.
 *
 * @param path what could not be used; the error's own path where it is not given.
 */
export function systemFailure(error: unknown, path: string | null = null): CommandFailure | null {
  const code = errorCodeOf(error) ?? '';
  const reason = REASONS.get(code);
  const named = path ?? pathOf(error);
  if (reason === undefined || named === null) return null;
  const [zh, en] = reason;
  return new CommandFailure(
    EXIT.usage,
    `无法使用 ${named}：${zh}。Cannot use ${named}: it must be readable and writable, but ${en} (${code}).`,
    { cause: error },
  );
}

function pathOf(error: unknown): string | null {
  const path = typeof error === 'object' && error !== null && 'path' in error ? error.path : null;
  return typeof path === 'string' ? path : null;
}
