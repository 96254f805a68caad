import { join } from 'node:path';
import type { GatewaySettings } from '../../county/config/gateway-settings.js';
import {
  type ConsoleFile,
  isConsoleBuilt,
  readConsoleFiles,
} from '../../gateway/http/console/console-files.js';
import { findProjectRoot } from '../../runtime/project-root.js';

type Wanted = Pick<GatewaySettings, 'servesConsole'>;

const folder = (): string => join(findProjectRoot(), 'dist', 'console');

/** The console's page as `npm run build` left it; empty where it is not wanted, or was not built. */
export function consoleOf({ servesConsole }: Wanted): readonly ConsoleFile[] {
  return servesConsole ? readConsoleFiles(folder()) : [];
}

/** Whether there is one, without reading it. */
export function hasConsole({ servesConsole }: Wanted): boolean {
  return servesConsole && isConsoleBuilt(folder());
}
