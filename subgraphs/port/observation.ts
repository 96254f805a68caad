/** What is measured of an interface. `about` of a measurement says of which field, quota or day, where there are several. */
export const MEASURES = [
  'REACHABLE',
  'ANSWER_TIME',
  'WATERMARK_AGE',
  'ROWS_OF_DAY',
  'ROWS_BY_USUAL',
  'UNREADABLE',
  'UNRESOLVED',
  'UNKNOWN_CODES',
  'KEYS_FAULTY',
  'COLUMNS_MISSING',
  'COLUMNS_RETYPED',
  'COLUMNS_NEW',
  'QUOTA_USED',
  'CLOCK_SKEW',
  'CREDENTIALS_LEFT',
  'DROP_ROWS',
  'DROPS_REJECTED',
  'DROPS_LATE',
  'SNAPSHOT_AGE',
] as const;
export type Measure = (typeof MEASURES)[number];

/** `SHARE` is from 0 to 1 and may be more where something is compared with what is usual; `YES` is 1 or 0. */
export const MEASURE_UNITS = ['YES', 'SHARE', 'SECONDS', 'ROWS', 'COUNT'] as const;
export type MeasureUnit = (typeof MEASURE_UNITS)[number];

/** Where a measure begins to be amiss. */
export interface Threshold {
  readonly at: number;
  readonly side: 'ABOVE' | 'BELOW';
  /** Who says so, or why it is usual; Chinese first. */
  readonly reason: string;
  /** Stated in the mapping: it holds whatever is usual. */
  readonly isStated: boolean;
}

export interface Measurement {
  readonly measure: Measure;
  readonly about: string | null;
  readonly value: number;
  readonly unit: MeasureUnit;
  /** Null: it is told and not judged. */
  readonly threshold: Threshold | null;
  /** Milliseconds since the epoch, by the county's clock. */
  readonly takenAt: number;
}

/** Why an interface, or another part of what serves, is not as it should be. */
export const INCIDENT_CAUSES = [
  'UNREACHABLE',
  'TIMEOUT',
  'CREDENTIALS_REFUSED',
  'REJECTED',
  'MALFORMED',
  'MISCONFIGURED',
  'SLOW',
  'COLUMN_MISSING',
  'COLUMN_RETYPED',
  'CODES_UNKNOWN',
  'CODES_SWAPPED',
  'CELLS_UNREADABLE',
  'SUBJECTS_UNRESOLVED',
  'KEYS_FAULTY',
  'LATE',
  'WATERMARK_AHEAD',
  'ROWS_FEW',
  'ROWS_MANY',
  'ROWS_NONE',
  'QUOTA_NEAR',
  'CLOCK_SKEW',
  'CREDENTIALS_ENDING',
  'DROP_REJECTED',
  'DROP_SHORT',
  'DROP_LATE',
  'SNAPSHOT_OLD',
  'INDEX_INCOMPLETE',
  'SUBGRAPH_AWAY',
  'DISK_FULL',
  'HISTORY_AWAY',
] as const;
export type IncidentCause = (typeof INCIDENT_CAUSES)[number];

/** `CRITICAL`: nothing, or nothing right, comes of the interface, or soon will. */
export const INCIDENT_SEVERITIES = ['WARNING', 'CRITICAL'] as const;
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number];

/** When somebody noted something, epoch milliseconds by the county's clock, and who, as the audit names him. */
export interface Noted {
  readonly at: number;
  readonly by: string;
}

/** What people noted of an incident while it lasted. */
export interface IncidentNotes {
  /** Somebody sees to it. */
  readonly acknowledged?: Noted & { readonly why: string };
  /** Its department was asked to put it right, for the first time. */
  readonly sent?: Noted;
  /** What its department answered. */
  readonly answered?: Noted & { readonly isAccepted: boolean; readonly text: string };
}

/** Something that is, or was, amiss with an interface. Moments are milliseconds since the epoch. */
export interface Incident {
  readonly id: string;
  /** Or another part (`watched-parts.ts`). */
  readonly interface: string;
  readonly cause: IncidentCause;
  /** The field, quota or column that it is about; null: the interface as a whole. */
  readonly about: string | null;
  /** The worst that it was. */
  readonly severity: IncidentSeverity;
  readonly since: number;
  /** Null while it lasts. */
  readonly until: number | null;
  /** What is, Chinese first; holds no cell, host or secret. */
  readonly detail: string;
  /** What ends it, Chinese first. */
  readonly heals: string;
  /** Of the request, or of the look, that found it out; null where it was worked out. */
  readonly requestId: string | null;
  /** How often it came back within the time in which it counts as one. */
  readonly times: number;
  /** When a warning became critical. Absent: it was so from its beginning, or never was. */
  readonly raisedAt?: number;
  /** Absent: nobody has noted anything. */
  readonly notes?: IncidentNotes;
}

/** `DOWN`: nothing comes of it. `AMISS`: something is to be done about it. `UNKNOWN`: nobody has looked, or not for long. `PAUSED`, and `CUT_OFF` from its source: by hand. */
export const HEALTH_STATES = ['WELL', 'AMISS', 'DOWN', 'UNKNOWN', 'PAUSED', 'CUT_OFF'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

/** How an interface is, as far as it is observed. */
export interface InterfaceHealth {
  readonly state: HealthState;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly measurements: readonly Measurement[];
  /** Null: it is not read from files, or nobody has looked. */
  readonly drop: DropHealth | null;
}

/** How the files stand that an interface is read from. Moments are ISO 8601; no file is named, and no cell told. */
export interface DropHealth {
  /** Of the file that serves; null before the first that was accepted. */
  readonly serving: {
    readonly received: string;
    readonly rows: number;
    /** What was decided while it was read, and what of it is not served; Chinese first. */
    readonly notes: readonly string[];
  } | null;
  /** Of the last file that was not accepted; null: none was refused. */
  readonly rejected: {
    readonly at: string;
    /** How many there are. */
    readonly reasons: number;
    /** The first of them with sheet, row and column; Chinese first. */
    readonly examples: readonly string[];
    /** A newer file was accepted since. */
    readonly isSettled: boolean;
  } | null;
}

/** How an interface answered over a time, and what of that is left to fail. */
export interface ServiceLevel {
  /** Share of looks that must be answered. */
  readonly target: number;
  /** Of the last 30 days; null: nobody looked. */
  readonly uptime: number | null;
  /** What is left of the failures that the target grants in 30 days; negative: more failed. */
  readonly budgetLeft: number | null;
  /** How many times as fast as granted failures come: in the last hour, and in the last six. */
  readonly burn1h: number | null;
  readonly burn6h: number | null;
  /** Share of each of the last 90 days of the county's calendar that was answered, today's last; null: nobody looked. */
  readonly days: readonly (number | null)[];
}

/** What was measured in a stretch of time. */
export interface HistoryPoint {
  /** When the stretch begins, milliseconds since the epoch. */
  readonly at: number;
  /** How long it is; 0: a single measurement. */
  readonly seconds: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly last: number;
}

export interface HistoryQuestion {
  readonly interface: string;
  readonly measure: Measure;
  readonly about: string | null;
  readonly from: number;
  readonly to: number;
}

/** Incidents that may last at once: a question for so many is for all that last. */
export const MOST_OPEN = 10_000;

export interface IncidentQuestion {
  /** Absent: of all. */
  readonly interfaces?: readonly string[];
  readonly causes?: readonly IncidentCause[];
  /** The worst that they were. */
  readonly severity?: IncidentSeverity;
  /** Only those that last, or that have ended. */
  readonly isOpen?: boolean;
  /** Only those that lasted at some moment from then on. */
  readonly from?: number;
  /** Only those that had begun by then. */
  readonly to?: number;
  readonly limit: number;
}

/** What is known of interfaces by watching them. Sources are not asked for it. */
export interface InterfaceWatch {
  /** Null: it is not watched. At once where this process watches. */
  health(interfaceName: string): InterfaceHealth | null | Promise<InterfaceHealth | null>;
  /** Null: it is not watched. */
  serviceLevel(interfaceName: string): Promise<ServiceLevel | null>;
  /** Oldest first; at most 90 days back, and coarser the older. */
  history(question: HistoryQuestion): Promise<readonly HistoryPoint[]>;
  /** Open ones first, of each the newest first. */
  incidents(question: IncidentQuestion): Promise<readonly Incident[]>;
}
