import { errorCodeOf } from '../runtime/error-code.js';
import { CommandFailure, EXIT } from './exit-code.js';

/**
 * Loads the native module that keeps the identity index.
 *
 * @throws {CommandFailure} when it was built for another Node, or not at all.
 */
export async function requireNative(): Promise<void> {
  const { default: Database } = await import('better-sqlite3');
  try {
    new Database(':memory:').close();
  } catch (error) {
    const code = errorCodeOf(error) ?? '';
    const message = error instanceof Error ? error.message : String(error);
    const isForeign = /NODE_MODULE_VERSION/.test(message);
    if (!isForeign && code !== 'ERR_DLOPEN_FAILED' && !/bindings file/.test(message)) throw error;
    const [zh, en] = isForeign
      ? ['是为另一版本的 Node 编译的', 'was built for another Node than']
      : ['无法加载', 'cannot be loaded by'];
    throw new CommandFailure(
      EXIT.usage,
      `better-sqlite3 ${zh}（当前 ${process.version}），请运行 npm rebuild better-sqlite3。better-sqlite3 ${en} ${process.version}: run npm rebuild better-sqlite3.`,
      { cause: error },
    );
  }
}
