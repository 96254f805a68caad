import { join } from 'node:path';
import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import { type ConsoleFile, readConsoleFiles } from '../../gateway/http/console/console-files.js';
import { findProjectRoot } from '../../runtime/project-root.js';

/** The console's page as `npm run build` left it; empty where it is not wanted, or was not built. */
export function consoleOf({ servesConsole }: Pick<GatewaySettings, 'servesConsole'>): readonly ConsoleFile[] {
  return servesConsole ? readConsoleFiles(join(findProjectRoot(), 'dist', 'console')) : [];
}
