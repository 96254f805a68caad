/**
 * The demo county's truth: clean, linked, dated, legal. Legacy stores are written from it with all the habits
 * and defects of their departments; the oracle answers from it directly.
 */
export type DemoSize = 'tiny' | 'small' | 'county' | 'province';

export type RegState = 'ACTIVE' | 'REVOKED' | 'CANCELLED' | 'WITHDRAWN' | 'MOVED_OUT' | 'SUSPENDED';

export interface Organisation {
  readonly index: number;
  readonly kind: 'ORGANISATION' | 'INDIVIDUAL_BUSINESS';
  /** Null for some individual businesses that never exchanged their old licence. */
  readonly uscc: string | null;
  /** Codes of earlier registrations, oldest first: a shop that registered anew keeps its PRIPID and gets a new code. */
  readonly formerUsccs: readonly string[];
  /** 15 digits; null for subjects founded after 2015. At least one of uscc and regNo is there. */
  readonly regNo: string | null;
  /** 16 digits, unique, always there. */
  readonly pripid: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly regState: RegState;
  /** GB/T 4754-2017, section letter + 4 digits: `A0412`. */
  readonly industry: string;
  /** 9 digits. */
  readonly township: string;
  readonly address: string;
  readonly established: string;
  readonly cancelledAt: string | null;
  /** Null: no end. */
  readonly opTo: string | null;
  readonly regCapitalYuan: string;
  readonly opScope: string;
  /** Index into `World.persons`. */
  readonly legalRep: number;
}

export interface Person {
  readonly index: number;
  /** 18 characters with a right check character. */
  readonly idNo: string;
  readonly name: string;
  readonly phone: string;
  readonly township: string;
}

/** Who something is about, as an index into the world's lists. */
export type SubjectPointer =
  | { readonly kind: 'organisation'; readonly index: number }
  | { readonly kind: 'person'; readonly index: number }
  | { readonly kind: 'vessel'; readonly index: number };

export interface Vessel {
  readonly index: number;
  /** 16 digits, unique. */
  readonly vesselCode: string;
  /** Normalised 船名号, e.g. 浙嵊渔90007. Now and then a name is used again by a newer vessel. */
  readonly name: string;
  readonly formerNames: readonly string[];
  /** 渔, 渔养, 渔冷, 渔运, 渔休 … */
  readonly typeWord: string;
  readonly mmsi: string;
  readonly beidouId: string | null;
  readonly township: string;
  readonly homePort: string;
  /** Metres, two decimals; kilowatts, one decimal; tons. */
  readonly lengthM: string;
  readonly powerKw: string;
  readonly grossTon: string;
  readonly hull: '钢' | '木' | '玻璃钢';
  readonly operatingMode: string;
  readonly built: string;
  /** One or more; shares like `1/2`, `1/6` add up to 1. */
  readonly owners: readonly { readonly subject: SubjectPointer; readonly share: string }[];
}

export interface Licence {
  readonly index: number;
  /** Who issued it, `Department` of schema/canonical.graphql. */
  readonly department: string;
  /** `LicenceType` of schema/canonical.graphql. */
  readonly type: string;
  readonly number: string;
  readonly holder: SubjectPointer;
  readonly validFrom: string;
  /** Null: no end. */
  readonly validTo: string | null;
  /** `LicenceState`. */
  readonly state: string;
  /** Where the licensed place is, 9 digits; null where the licence names no place (vessels). */
  readonly township: string | null;
  /** What the licensed place is called, where it has a name of its own: a homestay, a karaoke bar, a clinic. */
  readonly siteName: string | null;
}

/** A guest house (民宿) of the culture bureau's ledger. */
export interface Homestay {
  readonly index: number;
  /** As its sign says, now and then with 「」 or an emoji. */
  readonly name: string;
  /** A firm or shop of the lodging trade, or a person. */
  readonly operator: SubjectPointer;
  readonly township: string;
  readonly address: string;
  readonly rooms: number;
  readonly beds: number;
  readonly level: '白金宿' | '金宿' | '银宿' | null;
  readonly openedOn: string;
  /** 特种行业许可证号: `number` of its HOMESTAY_PERMIT. */
  readonly permitNumber: string;
  /** Index into `World.licences` of that permit. */
  readonly licence: number;
  /** It takes no guests any more; its permit is cancelled. */
  readonly closed: boolean;
  /** WGS-84, six decimals, within 30.0 to 31.2 N and 121.5 to 123.5 E. */
  readonly lon: number;
  readonly lat: number;
}

/** A graded scenic spot (A级景区). */
export interface ScenicSpot {
  readonly index: number;
  readonly name: string;
  readonly grade: '5A' | '4A' | '3A' | '2A' | 'A';
  /** People at once (最大承载量), and people counted on the world's today; now and then more than it may hold. */
  readonly capacity: number;
  readonly visitorsToday: number;
  readonly township: string;
  /** An organisation. */
  readonly operator: SubjectPointer;
}

/** A vehicle that carries goods or people for hire, as its 道路运输证 describes it. */
export interface Vehicle {
  readonly index: number;
  /** The number without blanks and marks: `浙L90001`, `浙LD90003`, `浙L90002D`, `浙L9006挂`. */
  readonly plate: string;
  readonly colour: '蓝' | '黄' | '绿';
  /** The register cut its number of eight characters off, and never held it whole: there it is nobody's. */
  readonly cutOff: boolean;
  readonly kind: 'LORRY' | 'VAN' | 'TANKER' | 'TRAILER' | 'COACH';
  /** Twelve digits (道路运输证号), unique. */
  readonly certificateNo: string;
  /** Index into `World.licences` of its operator's ROAD_TRANSPORT. */
  readonly licence: number;
  readonly operator: SubjectPointer;
  /** Seventeen characters. */
  readonly vin: string;
  /** Kilograms; null for coaches. */
  readonly loadKg: number | null;
  /** People; null for all but coaches. */
  readonly seats: number | null;
  readonly registeredOn: string;
  /** The yearly check holds until that day, and the insurance until the other. */
  readonly checkedUntil: string;
  readonly insuredUntil: string;
  readonly state: 'OPERATING' | 'SUSPENDED' | 'TRANSFERRED' | 'SCRAPPED' | 'CANCELLED';
  readonly township: string;
}

export interface Officer {
  readonly index: number;
  readonly department: string;
  readonly name: string;
  /** 11 digits. */
  readonly certNo: string;
  readonly certValidTo: string;
}

export interface Inspection {
  readonly index: number;
  /** Which system holds it, and no other; at `province` size it is market, marine or supervision. */
  readonly heldBy:
    | 'market'
    | 'marine'
    | 'supervision'
    | 'health'
    | 'environment'
    | 'transport'
    | 'agriculture'
    | 'comprehensive'
    | 'emergency';
  /** `Department`: who inspected. Market and marine hold their own alone. */
  readonly department: string;
  /** Check action number, unique over the county; canonical `Inspection.number`. */
  readonly number: string;
  /** Null: nothing identifies the object (三无船舶). */
  readonly subject: SubjectPointer | null;
  readonly date: string;
  /** `HH:mm:ss`, +08:00. */
  readonly time: string;
  /** `InspectionKind`. */
  readonly kind: string;
  /** `InspectionResult`, source order, at least one; empty only with `unknownResult`. */
  readonly results: readonly string[];
  /** A code that is in no list, as the department wrote it. */
  readonly unknownResult: string | null;
  /** `Disposal`. */
  readonly disposals: readonly string[];
  /** Indexes into `World.officers`. */
  readonly officers: readonly number[];
  readonly itemCode: string;
  readonly township: string;
  readonly jointCheck: boolean;
  /** Index of the case that followed, if one did. */
  readonly case: number | null;
}

export interface PenaltyCase {
  readonly index: number;
  /** Which system holds it, and no other; at `province` size one of the first three. */
  readonly heldBy: 'market' | 'marine' | 'cases' | 'transport' | 'comprehensive' | 'planning';
  /** `Department`: who decides. Market and marine hold their own alone. */
  readonly department: string;
  /** System case code, unique over the county. */
  readonly caseCode: string;
  /** As printed, with 〔〕; null until decided. Unique over the county. */
  readonly decisionNo: string | null;
  readonly name: string;
  /** `CaseStage`. */
  readonly stage: string;
  readonly process: 'SIMPLE' | 'ORDINARY';
  /** `CaseSource`. */
  readonly source: string;
  readonly subject: SubjectPointer;
  readonly filedAt: string;
  readonly decidedAt: string | null;
  readonly servedAt: string | null;
  readonly closedAt: string | null;
  /** `PenaltyKind`. */
  readonly penalties: readonly string[];
  /** Yuan, two decimals; null until decided. */
  readonly fine: string | null;
  readonly confiscated: string | null;
  readonly paid: string | null;
  readonly paidAt: string | null;
  readonly postponed: boolean;
  readonly publishedAt: string | null;
  /** `PublicationStatus`. */
  readonly publication: string;
  readonly itemCode: string;
  readonly officers: readonly number[];
  readonly team: string;
  readonly township: string;
  /** Index of the inspection it came from. */
  readonly inspection: number | null;
}

export interface PortCall {
  readonly index: number;
  readonly vessel: number;
  readonly port: string;
  readonly direction: 'DEPARTURE' | 'ARRIVAL';
  /** `yyyy-MM-dd HH:mm:ss`, +08:00. */
  readonly reportedAt: string;
  readonly onBoard: number;
  /**
   * 作业类型 as it was reported: mostly the word of the register, or a finer one. Null: left out, or
   * nothing that anybody could read.
   */
  readonly gear: string | null;
}

/** A ticket of the 12345 hotline and the channels that it gathers (domain §2.9). Times are +08:00. */
export interface Complaint {
  readonly index: number;
  /** `ZJ`, seven digits of the body that entered it, day, six running digits: `ZJ090400720250701000123`. Unique. */
  readonly ticketNumber: string;
  readonly source:
    | 'HOTLINE_12345'
    | 'POLICE_110'
    | 'FOUR_PLATFORM'
    | 'GRID'
    | 'SMART_CITY'
    | 'APP'
    | 'LETTER'
    | 'PATROL'
    | 'MONITOR';
  readonly kind: 'CONSULTATION' | 'COMPLAINT' | 'REPORT' | 'HELP' | 'SUGGESTION';
  readonly category: ComplaintCategory;
  /** The caller's words, now and then with a telephone or citizen's number in them. */
  readonly content: string;
  readonly place: string;
  readonly township: string;
  /** `Department` that handles it. */
  readonly department: string;
  /** Null: nobody found out whom it is about. */
  readonly target: SubjectPointer | null;
  /** Whom the caller named, as written down; a ticket may have a name and no target. */
  readonly targetName: string | null;
  /** `yyyy-MM-dd HH:mm:ss`, as all that follow. */
  readonly createdAt: string;
  readonly acceptedAt: string | null;
  /** By when it must be answered. */
  readonly deadline: string;
  readonly repliedAt: string | null;
  readonly closedAt: string | null;
  readonly state:
    | 'NEW'
    | 'ASSIGNED'
    | 'ACCEPTED'
    | 'REJECTED'
    | 'PROCESSING'
    | 'EXTENDED'
    | 'REPLIED'
    | 'CLOSED'
    | 'REOPENED';
  /** 1 to 5, once closed; null where the caller gave none. */
  readonly satisfaction: number | null;
  /** Index of the inspection that it led to, never dated before the ticket. */
  readonly inspection: number | null;
  /** Index of the case that it led to, never filed before the ticket or its inspection. */
  readonly case: number | null;
}

export type ComplaintCategory =
  | 'CATERING'
  | 'FOOD'
  | 'HOMESTAY'
  | 'FISHERY'
  | 'TRANSPORT'
  | 'ENVIRONMENT'
  | 'MARKET'
  | 'CONSTRUCTION'
  | 'HEALTH'
  | 'OTHER';

/**
 * Something that a grid worker, a patrol, the police line or an inspector of the streets reported (domain §2.9). Times
 * are `yyyy-MM-dd HH:mm:ss` at +08:00.
 */
export interface CountyEvent {
  readonly index: number;
  /** Which system holds it, and no other: 基层治理四平台, 110 社会联动 or 智慧城管. */
  readonly heldBy: 'grassroots' | 'police' | 'city';
  /** As its system numbers it. Unique. */
  readonly number: string;
  /** `HOTLINE_12345` of one that came from a ticket, whatever the ticket's own source. */
  readonly source: Complaint['source'];
  readonly category: EventCategory;
  /** What was reported, now and then with a telephone or citizen's number in it. */
  readonly content: string;
  readonly place: string;
  readonly township: string;
  /**
   * Of the four platforms: the township's nine digits and `H` with two at sea, else six of village and grid; of the
   * smart city: 14 digits; the police have no grids.
   */
  readonly grid: string | null;
  /** WGS-84, six decimals. */
  readonly lon: number;
  readonly lat: number;
  /** `Department` that deals with it. */
  readonly department: string;
  /** Known to the four platforms alone. */
  readonly target: SubjectPointer | null;
  readonly targetName: string | null;
  readonly createdAt: string;
  readonly acceptedAt: string | null;
  readonly deadline: string;
  readonly repliedAt: string | null;
  readonly closedAt: string | null;
  readonly state: Complaint['state'];
  /** Index of the ticket that it came from; no two come from one. */
  readonly complaint: number | null;
  /** Indexes of the inspection and the case that it led to, none of them dated before it; those of its ticket. */
  readonly inspection: number | null;
  readonly case: number | null;
}

/** `EventCategory` of schema/canonical.graphql. */
export type EventCategory =
  | 'STREET_ORDER'
  | 'SANITATION'
  | 'FACILITY'
  | 'BUILDING'
  | 'ENVIRONMENT'
  | 'FISHERY'
  | 'TRAFFIC'
  | 'MARKET'
  | 'SAFETY'
  | 'DISPUTE'
  | 'PUBLIC_SECURITY'
  | 'OTHER';

/** The latest fix of a vessel; at most one each. */
export interface VesselPosition {
  /** Index into `World.vessels`. */
  readonly vessel: number;
  /** `yyyy-MM-dd HH:mm:ss`, UTC; never later than the end of the world's today at +08:00. */
  readonly at: string;
  /** WGS-84 degrees, six decimals. */
  readonly lon: number;
  readonly lat: number;
  /** Knots, one decimal: `7.3`. */
  readonly speedKn: string;
  /** Whole degrees over ground, 0 to 359. */
  readonly courseDeg: number;
  readonly via: 'AIS' | 'BEIDOU';
}

/** One receipt of the treasury for a fine. Those of a case, without interest, add up to what the case says is paid. */
export interface Payment {
  readonly index: number;
  /** 缴款书编号, twenty digits. Unique over the county. */
  readonly number: string;
  /** Index of the case. */
  readonly case: number;
  /** `Department` that collects it. */
  readonly department: string;
  /** Of the case, as printed. */
  readonly decisionNo: string;
  /** Who paid: a firm or a citizen. Null: the receipt bears a name alone, as those of vessels do. */
  readonly payer: SubjectPointer | null;
  readonly date: string;
  /** Yuan, interest included; a refund is negative. */
  readonly paid: string;
  /** Of it, the penalty for late payment (加处罚款); `0.00` for none. */
  readonly interest: string;
  readonly channel: '银行柜台' | '网上银行' | '支付宝' | '微信' | 'POS刷卡' | '浙里办';
  /** Pending until the bank of the treasury has booked it. */
  readonly state: 'RECEIVED' | 'PENDING' | 'REFUNDED';
}

/** One record of the public credit platform (domain §2.10). */
export interface CreditRecord {
  readonly index: number;
  /** Unique over the county. */
  readonly number: string;
  readonly kind:
    | 'PENALTY_PUBLICITY'
    | 'LICENCE_PUBLICITY'
    | 'ABNORMAL_LIST'
    | 'SERIOUS_LIST'
    | 'COURT_DISHONESTY'
    | 'GRADE';
  /** `Department` whose decision it rests on; `UNKNOWN` for courts, which are none of the county's. */
  readonly department: string;
  readonly subject: SubjectPointer;
  /** Published, entered into the list, or graded; never before the decision. */
  readonly date: string;
  /** Of the case, the licence, the bureau's decision or the court; null where no decision has a number. */
  readonly decisionNo: string | null;
  readonly decidedAt: string | null;
  /** End of the publication, or removal from the list; null: open. */
  readonly endsAt: string | null;
  readonly status: 'VALID' | 'REPAIRED' | 'WITHDRAWN' | 'EXPIRED';
  /** Of kind GRADE alone. */
  readonly grade: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  /** Yuan, two decimals; of penalties alone. */
  readonly fine: string | null;
  readonly reason: string | null;
  /** Index of the case or of the licence that it publishes. */
  readonly source: number | null;
}

/** An older surrogate key of an organisation, before the register moved to a new system (D23). */
export interface KeyAlias {
  readonly kind: 'pripid';
  /** Unique; nobody's `pripid` today. */
  readonly old: string;
  /** Index into `World.organisations`. */
  readonly organisation: number;
}

export interface World {
  readonly seed: number;
  readonly size: DemoSize;
  /** The county's today, `yyyy-MM-dd`; nothing is dated later, but licences that run on. */
  readonly today: string;
  readonly organisations: readonly Organisation[];
  readonly persons: readonly Person[];
  readonly vessels: readonly Vessel[];
  readonly vehicles: readonly Vehicle[];
  readonly officers: readonly Officer[];
  readonly licences: readonly Licence[];
  /** Can be walked again and again, always the same; too many at `province` size to be held. */
  readonly inspections: Iterable<Inspection>;
  readonly cases: Iterable<PenaltyCase>;
  readonly portCalls: Iterable<PortCall>;
  readonly complaints: Iterable<Complaint>;
  /** By case, and of one case by date. */
  readonly payments: Iterable<Payment>;
  /** Penalties by case, licences, lists and grades by subject. */
  readonly creditRecords: Iterable<CreditRecord>;
  readonly events: Iterable<CountyEvent>;
  readonly homestays: readonly Homestay[];
  readonly scenicSpots: readonly ScenicSpot[];
  /** By vessel. */
  readonly positions: readonly VesselPosition[];
  readonly aliases: readonly KeyAlias[];
}
