/**
 * Names of interfaces of a county below this hub: `shengsi/market.inspection`; of a county below that one
 * `zhoushan/shengsi/market.inspection`. No other name of an interface holds a slash.
 */
const SEPARATOR = '/';

/** The name by which a hub knows what its county calls `name`; also of global ids, which begin with that name. */
export function inCounty(county: string, name: string): string {
  return `${county}${SEPARATOR}${name}`;
}

/** What the county itself calls it; null: it is nothing of that county. */
export function withinCounty(county: string, name: string): string | null {
  const start = county + SEPARATOR;
  return name.startsWith(start) ? name.slice(start.length) : null;
}

/** The county that an interface belongs to, `zhoushan/shengsi`; null: to the hub's own. */
export function countyOf(interfaceName: string): string | null {
  const end = interfaceName.lastIndexOf(SEPARATOR);
  return end === -1 ? null : interfaceName.slice(0, end);
}

/** What the county that it belongs to calls it: `market.inspection`. */
export function ownNameOf(interfaceName: string): string {
  return interfaceName.slice(interfaceName.lastIndexOf(SEPARATOR) + 1);
}
