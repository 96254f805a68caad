import { readDemo } from '../../demo/county-file.js';
import { startDemoServers } from '../../demo/servers/start-demo-servers.js';
import type { DemoSystemsSaid } from './demo-systems.js';

/** The process of `startDemoSystems`: serves the county of the folder that it is given for as long as whoever started it is there. */

const [, , folder = ''] = process.argv;
process.once('disconnect', () => process.exit());
// A terminal and a supervisor tell all processes to end: who still answers needs these systems until then.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const) process.on(signal, () => undefined);

const say = (said: DemoSystemsSaid): void => {
  process.send?.(said);
};
try {
  const servers = await startDemoServers(folder, readDemo(folder));
  say({ urls: [...servers].map(([name, { url }]) => [name, url]) });
} catch (error) {
  say({ failed: error instanceof Error ? error.message : String(error) });
}
