import type { OfferSettings } from '../../county/config/counties-settings.js';
import type { County } from '../../county/open-county.js';
import type { Clock } from '../../runtime/clock.js';
import { createOfferSchema } from '../../subgraphs/feed/counties/county-offer.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import type { VerbIo } from '../verbs/verb-io.js';
import { listenOn } from './listen-on.js';

/**
 * Opens what a county offers the hub above it, where that is configured.
 *
 * @param county the one that serves: another may take its place.
 * @returns what closes it.
 * @throws {CommandFailure} when the address cannot be had.
 */
export async function serveOffer(
  county: () => Pick<County, 'offer'>,
  offer: OfferSettings | null,
  clock: Clock,
  io: Pick<VerbIo, 'say'>,
): Promise<() => Promise<void>> {
  if (offer === null) return async () => undefined;
  const schema = createOfferSchema(() => county().offer);
  const app = await createSubgraphServer(schema, clock, { key: offer.key, takesHands: offer.takesHands });
  try {
    const origin = await listenOn(app, offer);
    io.say(`向上级开放 Offered to the hub above: ${origin}/graphql`);
  } catch (error) {
    await app.close();
    throw error;
  }
  return () => app.close();
}
