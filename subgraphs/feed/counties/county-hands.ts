import { inCounty, withinCounty } from '../../port/county-name.js';
import type { FeedHands } from '../feed-hands.js';
import type { CountyLink } from './county-link.js';

/**
 * What can be done by hand to interfaces of a county, by the names of this hub. The county decides whether it lets the hub above it do so.
 *
 * @throws FORBIDDEN, AUDIT_UNAVAILABLE or one of `COUNTY_…`; it names the county.
 */
export function handsOfCounty(code: string, link: CountyLink): FeedHands {
  const isKnown = (name: string): boolean => link.interfaces().some((info) => info.name === name);
  return {
    held: async (context) => {
      const found = await link.hands.held(context);
      return found
        .map((one) => ({ ...one, interface: inCounty(code, one.interface) }))
        .filter((one) => isKnown(one.interface));
    },
    act: async (request, context) => {
      const name = withinCounty(code, request.interface);
      // It never said which interfaces it has: nothing is sent.
      if (name === null || link.feed() === null) throw link.errorOf('COUNTY_UNAVAILABLE');
      return link.hands.act({ ...request, interface: name }, context);
    },
  };
}
