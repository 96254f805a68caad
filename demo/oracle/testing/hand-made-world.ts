import type {
  Complaint,
  CreditRecord,
  Inspection,
  Licence,
  Organisation,
  Payment,
  PenaltyCase,
  Person,
  SubjectPointer,
  Vessel,
  VesselPosition,
  World,
} from '../../world/world.js';

/** What a test says about each thing; everything else is ordinary. */
interface HandMade {
  readonly organisations?: readonly Partial<Organisation>[];
  readonly persons?: readonly Partial<Person>[];
  readonly vessels?: readonly Partial<Vessel>[];
  readonly licences?: readonly Partial<Licence>[];
  readonly inspections?: readonly Partial<Inspection>[];
  readonly cases?: readonly Partial<PenaltyCase>[];
  readonly complaints?: readonly Partial<Complaint>[];
  readonly positions?: readonly VesselPosition[];
  readonly payments?: readonly Partial<Payment>[];
  readonly creditRecords?: readonly Partial<CreditRecord>[];
}

export const TODAY = '2026-06-30';

export const organisation = (index: number): SubjectPointer => ({ kind: 'organisation', index });
export const vessel = (index: number): SubjectPointer => ({ kind: 'vessel', index });
export const person = (index: number): SubjectPointer => ({ kind: 'person', index });

/** A world whose answers can be read off. */
export function handMadeWorld(parts: HandMade): World {
  const fill = <T>(some: readonly Partial<T>[] | undefined, whole: (index: number) => T): readonly T[] =>
    (some ?? []).map((part, index) => ({ ...whole(index), ...part }));
  return {
    seed: 0,
    size: 'tiny',
    today: TODAY,
    organisations: fill(parts.organisations, ordinaryOrganisation),
    persons: fill(parts.persons, (index) => ({
      ...{ index, idNo: '330922198001010009', name: '张海晏', phone: '', township: '330922100' },
    })),
    vessels: fill(parts.vessels, ordinaryVessel),
    vehicles: [],
    officers: [],
    licences: fill(parts.licences, ordinaryLicence),
    inspections: fill(parts.inspections, ordinaryInspection),
    cases: fill(parts.cases, ordinaryCase),
    portCalls: [],
    complaints: fill(parts.complaints, ordinaryComplaint),
    payments: fill(parts.payments, ordinaryPayment),
    creditRecords: fill(parts.creditRecords, ordinaryCreditRecord),
    events: [],
    homestays: [],
    scenicSpots: [],
    positions: parts.positions ?? [],
    aliases: [],
  };
}

function ordinaryOrganisation(index: number): Organisation {
  return {
    index,
    kind: 'ORGANISATION',
    uscc: `USCC${index}`,
    formerUsccs: [],
    regNo: `REG${index}`,
    pripid: `PRIPID${index}`,
    name: `第${index}公司`,
    formerNames: [],
    regState: 'ACTIVE',
    industry: 'A0412',
    township: '330922100',
    address: '',
    established: '2010-01-01',
    cancelledAt: null,
    opTo: null,
    regCapitalYuan: '10000.00',
    opScope: '',
    legalRep: 0,
  };
}

function ordinaryVessel(index: number): Vessel {
  return {
    index,
    vesselCode: `CODE${index}`,
    name: `浙嵊渔9000${index}`,
    formerNames: [],
    typeWord: '渔',
    mmsi: '',
    beidouId: null,
    township: '330922101',
    homePort: '嵊山渔港',
    lengthM: '30.00',
    powerKw: '200.0',
    grossTon: '100',
    hull: '钢',
    operatingMode: '拖网',
    built: '2010-01-01',
    owners: [{ subject: organisation(0), share: '1' }],
  };
}

function ordinaryLicence(index: number): Licence {
  return {
    index,
    department: 'MARINE',
    type: 'FISHING_PERMIT',
    number: `L${index}`,
    holder: vessel(0),
    validFrom: '2021-01-01',
    validTo: '2027-01-01',
    state: 'VALID',
    township: null,
    siteName: null,
  };
}

function ordinaryInspection(index: number): Inspection {
  return {
    index,
    heldBy: 'supervision',
    department: 'COMPREHENSIVE',
    number: `I${index}`,
    subject: organisation(0),
    date: '2026-05-10',
    time: '09:00:00',
    kind: 'PATROL',
    results: ['NO_ISSUE'],
    unknownResult: null,
    disposals: ['NONE'],
    officers: [],
    itemCode: '',
    township: '330922100',
    jointCheck: false,
    case: null,
  };
}

/** Decided, served, fined 1,000 yuan and paid in full. */
function ordinaryCase(index: number): PenaltyCase {
  return {
    index,
    heldBy: 'cases',
    department: 'COMPREHENSIVE',
    caseCode: `C${index}`,
    decisionNo: `嵊综执罚决字〔2026〕第00${index + 1}号`,
    name: '',
    stage: 'CLOSED',
    process: 'ORDINARY',
    source: 'INSPECTION',
    subject: organisation(0),
    filedAt: '2026-01-10',
    decidedAt: '2026-03-01',
    servedAt: '2026-03-05',
    closedAt: '2026-03-20',
    penalties: ['FINE'],
    fine: '1000.00',
    confiscated: '0.00',
    paid: '1000.00',
    paidAt: '2026-03-10',
    postponed: false,
    publishedAt: '2026-03-06',
    publication: 'PUBLISHED',
    itemCode: '',
    officers: [],
    team: '县局直属中队',
    township: '330922100',
    inspection: null,
  };
}

/** About catering, of last July, answered and closed. */
function ordinaryComplaint(index: number): Complaint {
  return {
    index,
    ticketNumber: `T${index}`,
    source: 'HOTLINE_12345',
    kind: 'COMPLAINT',
    category: 'CATERING',
    content: '',
    place: '',
    township: '330922100',
    department: 'MARKET',
    target: organisation(0),
    targetName: '第0公司',
    createdAt: '2025-07-10 09:00:00',
    acceptedAt: '2025-07-10 10:00:00',
    deadline: '2025-07-17 17:30:00',
    repliedAt: '2025-07-14 15:00:00',
    closedAt: '2025-07-15 15:00:00',
    state: 'CLOSED',
    satisfaction: 5,
    inspection: null,
    case: null,
  };
}

/** Of the first case: 1,000 yuan in time. */
function ordinaryPayment(index: number): Payment {
  return {
    index,
    number: `3309222026000000000${index}`,
    case: 0,
    department: 'COMPREHENSIVE',
    decisionNo: '嵊综执罚决字〔2026〕第001号',
    payer: organisation(0),
    date: '2026-03-10',
    paid: '1000.00',
    interest: '0.00',
    channel: '支付宝',
    state: 'RECEIVED',
  };
}

/** The first case, published in time and to be seen for a year. */
function ordinaryCreditRecord(index: number): CreditRecord {
  return {
    index,
    number: `CF${index}`,
    kind: 'PENALTY_PUBLICITY',
    department: 'COMPREHENSIVE',
    subject: organisation(0),
    date: '2026-03-06',
    decisionNo: '嵊综执罚决字〔2026〕第001号',
    decidedAt: '2026-03-01',
    endsAt: '2027-03-06',
    status: 'VALID',
    grade: null,
    fine: '1000.00',
    reason: '',
    source: 0,
  };
}
