import type { Config } from '../../county/config/config.js';

/** The configuration that a verb works with. The demo county's own systems run until it is closed. */
export interface CountyConfig {
  readonly config: Config;
  close(): Promise<void>;
}
