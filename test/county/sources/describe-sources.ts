import type { StoredCounty } from '../stored-county.js';
import { describeAgriculture } from './describe-agriculture.js';
import { describeCheckItems } from './describe-check-items.js';
import { describeComplaints } from './describe-complaints.js';
import { describeCredit } from './describe-credit.js';
import { describeEvents } from './describe-events.js';
import { describeFurtherFacets } from './describe-further-facets.js';
import { describeGoods } from './describe-goods.js';
import { describeHealthChecks } from './describe-health-checks.js';
import { describeLandAndOutlets } from './describe-land-and-outlets.js';
import { describeLicences } from './describe-licences.js';
import { describeLookUps } from './describe-look-ups.js';
import { describePrivacy } from './describe-privacy.js';
import { describeTransport } from './describe-transport.js';

/** Every interface behind a server or in a drop, and what hangs below others in databases: all rows, asked of the graph, as the world has them. */
export function describeSources(county: () => StoredCounty): void {
  describe('sources behind servers and in drops:', () => {
    describeLicences(county);
    describeHealthChecks(county);
    describeCheckItems(county);
    describeComplaints(county);
    describeEvents(county);
    describeLookUps(county);
    describeTransport(county);
    describeAgriculture(county);
    describeLandAndOutlets(county);
    describeGoods(county);
    describeFurtherFacets(county);
    describeCredit(county);
    describePrivacy(county);
  });
}
