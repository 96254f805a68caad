import { agricultureFormStore } from '../../demo/drops/agriculture-forms.js';
import { vehicleLedgerStore } from '../../demo/drops/company-ledger.js';
import { cultureStore } from '../../demo/drops/culture.js';
import { disputeLedgerStore } from '../../demo/drops/dispute-ledger.js';
import { financeStore } from '../../demo/drops/finance.js';
import { policeCallStore } from '../../demo/drops/police-calls.js';
import { publishedListsStore } from '../../demo/drops/published-lists.js';
import { agricultureStore } from '../../demo/stores/agriculture/agriculture.js';
import { caseDetailStore } from '../../demo/stores/cases/case-detail.js';
import { casesStore } from '../../demo/stores/cases/cases.js';
import { catalogueStore } from '../../demo/stores/catalogue/catalogue.js';
import { cityStore } from '../../demo/stores/city/city.js';
import { comprehensiveStore, oldCaseStore } from '../../demo/stores/comprehensive/comprehensive.js';
import { coordinationStore } from '../../demo/stores/coordination/coordination.js';
import { creditStore } from '../../demo/stores/credit/credit.js';
import { creditGradeStore } from '../../demo/stores/credit/grades.js';
import { emergencyStore, hazchemStore } from '../../demo/stores/emergency/emergency.js';
import { environmentStore } from '../../demo/stores/environment/environment.js';
import { monitoringStore } from '../../demo/stores/environment/monitoring.js';
import { grassrootsStore } from '../../demo/stores/grassroots/grassroots.js';
import { healthStore } from '../../demo/stores/health/health.js';
import { hotlineStore } from '../../demo/stores/hotline/hotline.js';
import { jointParticipantStore, jointStore } from '../../demo/stores/joint/joint.js';
import { marineStore } from '../../demo/stores/marine/marine.js';
import { positionsStore } from '../../demo/stores/marine/positions.js';
import { marketStore } from '../../demo/stores/market/market.js';
import { mobileStore } from '../../demo/stores/mobile/mobile.js';
import { peopleStore } from '../../demo/stores/people/people.js';
import { planningStore } from '../../demo/stores/planning/planning.js';
import { publicityStore } from '../../demo/stores/publicity/publicity.js';
import { legalPersonStore } from '../../demo/stores/registry/legal-person.js';
import { registryStore } from '../../demo/stores/registry/registry-crosswalk.js';
import { supervisionStore } from '../../demo/stores/supervision/supervision.js';
import { waterTransportStore } from '../../demo/stores/transport/passenger-trip.js';
import { transportStore } from '../../demo/stores/transport/transport.js';

/** The legacy systems of the demo county, each filled from the same world. */
export const DEMO_STORES = [
  marketStore,
  marineStore,
  supervisionStore,
  casesStore,
  registryStore,
  legalPersonStore,
  positionsStore,
  caseDetailStore,
  healthStore,
  hotlineStore,
  cultureStore,
  comprehensiveStore,
  oldCaseStore,
  emergencyStore,
  hazchemStore,
  transportStore,
  waterTransportStore,
  vehicleLedgerStore,
  agricultureStore,
  agricultureFormStore,
  peopleStore,
  catalogueStore,
  publishedListsStore,
  coordinationStore,
  disputeLedgerStore,
  jointStore,
  jointParticipantStore,
  mobileStore,
  environmentStore,
  monitoringStore,
  financeStore,
  creditStore,
  creditGradeStore,
  publicityStore,
  planningStore,
  grassrootsStore,
  policeCallStore,
  cityStore,
];
