import type { County } from '../../county/open-county.js';
import { systemContext } from '../../county/system-context.js';
import type { CountyStanding } from '../../gateway/observe/county-gauges.js';
import type { Clock } from '../../runtime/clock.js';

/** A scrape waits no longer for it. */
const BUDGET_MS = 1000;

/** How index and snapshots of a county stand that this process keeps. */
export async function countyStanding(
  { departments, registry }: Pick<County, 'departments' | 'registry'>,
  clock: Clock,
): Promise<CountyStanding> {
  const context = systemContext(clock, 'metrics', BUDGET_MS);
  const found = await Promise.all(
    departments.map(async ({ feed }) => (await feed.snapshots?.(context)) ?? []),
  );
  return { indexBuiltAt: registry.asOf(), snapshots: found.flat() };
}
