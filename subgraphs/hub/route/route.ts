/** Rules of domain §6.2, by the number that they have there. */
export const ROUTE_RULES = {
  LICENCE: 'R0',
  CRIMINAL: 'R1',
  SPECIAL: 'R2',
  MARINE: 'R3',
  TOWNSHIP_OWN: 'R4',
  TOWNSHIP_BUREAU: 'R5',
  DISPATCHED: 'R6',
  PROFESSIONAL: 'R7',
  PARTIAL: 'R8',
  RETURNED: 'R9',
  INSPECTION: 'R10',
  DISPUTE: 'R11',
  COUNTY_LEVEL: 'R12',
  AFTER_TRANSFER: 'R13',
} as const;
export type RouteRule = keyof typeof ROUTE_RULES;

/** What is asked. */
export interface RouteQuestion {
  readonly item: string | null;
  /** `PowerKind`. */
  readonly powerKind: string;
  readonly place: RoutePlace | null;
  /** Why it cannot be told which place is meant. Absent: it can, or none was given. */
  readonly placeUnknown?: RouteReason;
  /** The object is a vessel, the use of the sea or an aquaculture. */
  readonly marineObject: boolean;
  readonly fixedObject: boolean;
  readonly criminalSuspicion: boolean;
  readonly specialProvision: boolean;
  /** Serious, complex, or across townships. */
  readonly serious: boolean;
  /** `Department`s that want it, that decline it, and the one that filed it first. */
  readonly claiming: readonly string[];
  readonly declining: readonly string[];
  readonly filedBy: string | null;
  readonly filedAt: string | null;
  /** `yyyy-MM-dd`. */
  readonly asOf: string;
}

export interface RoutePlace {
  /** 9 digits; null at sea. */
  readonly township: string | null;
  /** Its name; null on land. */
  readonly seaArea: string | null;
  readonly byAlias: boolean;
  /** The place is one whose township is to be confirmed. */
  readonly review: boolean;
  /** It was found by an outline that nobody has confirmed. */
  readonly unconfirmed: boolean;
}

/** A row of a list of items, whenever it is in force. */
export interface ListedItem {
  /** `ItemList`. */
  readonly list: string;
  readonly department: string;
  readonly enforcedBy: string | null;
  readonly field: string | null;
  readonly scope: string | null;
  readonly dutyBoundary: string | null;
  readonly transferredFrom: string | null;
  readonly township: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The newest edition of a list that is in force. */
export interface ListVersion {
  readonly list: string;
  readonly edition: string | null;
  readonly validFrom: string;
}

export interface RouteTeam {
  readonly name: string;
  /** `TeamKind`. */
  readonly kind: string;
  readonly department: string;
  /** Townships, 9 digits. */
  readonly coverage: readonly string[];
}

/** What the catalogues and the list of teams say. */
export interface RouteKnowledge {
  /** Null: a catalogue did not answer. */
  readonly items: readonly ListedItem[] | null;
  readonly versions: readonly ListVersion[];
  /** Null: the list of teams did not answer. */
  readonly teams: readonly RouteTeam[] | null;
}

/** Why there is no answer, or what is to be looked at; `messages.ts` words them. */
export type RouteReason =
  | 'ITEM_MISSING'
  | 'PLACE_MISSING'
  | 'PLACE_OUTSIDE'
  | 'PLACE_NEAR_BORDER'
  | 'DATUM_UNKNOWN'
  | 'CATALOGUE_UNREACHABLE'
  | 'NO_VERSION'
  | 'UNLISTED_ITEM'
  | 'NOT_IN_FORCE'
  | 'SPECIAL_UNKNOWN'
  | 'BOUNDARY_UNCLEAR'
  | 'POSITIVE_DISPUTE'
  | 'NEGATIVE_DISPUTE'
  | 'BODY_UNKNOWN';
export type RouteWarning =
  | 'PLACE_BY_ALIAS'
  | 'PLACE_UNDER_REVIEW'
  | 'AREA_UNCONFIRMED'
  | 'DOUBLE_PENALTY'
  | 'NO_TEAM'
  | 'TEAMS_UNREACHABLE'
  | 'RETURNED_TO_DEPARTMENT';

/** What has to be done beside the decision. */
export interface RouteStep {
  readonly kind:
    | 'TRANSFER_CRIMINAL'
    | 'HAND_OVER_CLUE'
    | 'JOINT_CHECK'
    | 'DISPUTE'
    | 'SUPPORT'
    | 'PUBLISH'
    | 'FEED_BACK';
  /** Whose turn it is. */
  readonly by: string;
}

export interface Route {
  /** False: INDETERMINATE; `authority` and `nameOf` are null then, and `reasons` say why. */
  readonly determinate: boolean;
  readonly authority: string | null;
  readonly nameOf: string | null;
  readonly team: string | null;
  /** A station of the department in the township, that answers the township's call. */
  readonly station: string | null;
  /** The rule that gives the authority. */
  readonly rule: RouteRule | null;
  /** All rules that applied, in order. */
  readonly rules: readonly RouteRule[];
  /** Administrative handling waits for the police. */
  readonly paused: boolean;
  readonly steps: readonly RouteStep[];
  readonly reasons: readonly RouteReason[];
  readonly warnings: readonly RouteWarning[];
}
