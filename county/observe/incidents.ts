import { randomUUID } from 'node:crypto';
import type {
  Incident,
  IncidentCause,
  IncidentNotes,
  IncidentQuestion,
  IncidentSeverity,
} from '../../subgraphs/port/observation.js';
import { HEALS } from './heals.js';
import type { Finding, Verdict } from './judge/verdict.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How incidents of one cause end and come again. Milliseconds. */
interface Course {
  /** Well for so long before it ends, so that one which comes and goes is one. */
  readonly settle: number;
  /** The same again within so long after its end is the same one. */
  readonly again: number;
}

/** Found by looks that follow each other within a minute. */
const BY_LOOKS: Course = { settle: 2 * MINUTE, again: 30 * MINUTE };
/** Found by studies: the same within a day is the same. */
const BY_STUDIES: Course = { settle: 0, again: DAY };
/** Each is of a day, a file or a window of its own. */
const EACH: Course = { settle: 0, again: 0 };

const COURSES: Readonly<Record<IncidentCause, Course>> = {
  UNREACHABLE: BY_LOOKS,
  TIMEOUT: BY_LOOKS,
  CREDENTIALS_REFUSED: BY_LOOKS,
  REJECTED: BY_LOOKS,
  MALFORMED: BY_LOOKS,
  MISCONFIGURED: EACH,
  SLOW: { settle: 15 * MINUTE, again: HOUR },
  COLUMN_MISSING: BY_STUDIES,
  COLUMN_RETYPED: BY_STUDIES,
  CODES_UNKNOWN: BY_STUDIES,
  CODES_SWAPPED: BY_STUDIES,
  CELLS_UNREADABLE: BY_STUDIES,
  SUBJECTS_UNRESOLVED: BY_STUDIES,
  KEYS_FAULTY: BY_STUDIES,
  LATE: BY_LOOKS,
  WATERMARK_AHEAD: BY_LOOKS,
  ROWS_FEW: EACH,
  ROWS_MANY: EACH,
  ROWS_NONE: EACH,
  QUOTA_NEAR: EACH,
  CLOCK_SKEW: { settle: 10 * MINUTE, again: HOUR },
  CREDENTIALS_ENDING: EACH,
  DROP_REJECTED: EACH,
  DROP_SHORT: EACH,
  DROP_LATE: EACH,
  SNAPSHOT_OLD: BY_LOOKS,
  INDEX_INCOMPLETE: BY_LOOKS,
  SUBGRAPH_AWAY: BY_LOOKS,
  HISTORY_AWAY: BY_LOOKS,
  DISK_FULL: { settle: 10 * MINUTE, again: HOUR },
};
/** From so many times on, what comes and goes must stay away for longer. */
const FLAPPING = 3;
const FLAPPING_SETTLE = 30 * MINUTE;
const LONGEST_AGAIN = DAY;
/** An incident that lasts is written down anew at most so often. */
const REWRITE_MS = 5 * MINUTE;

interface Tracked {
  incident: Incident;
  /** When it was given to be written down, and what it said then. */
  written: { readonly at: number; readonly detail: string };
  /** Since when it is not found any more; null while it is. */
  wellSince: number | null;
}

/** The incidents that last, and those that ended so lately that they may come again. Nothing here reads a clock. */
export class IncidentBook {
  readonly #tracked = new Map<string, Tracked>();

  /** @param known of an earlier process. */
  constructor(known: readonly Incident[]) {
    for (const incident of [...known].sort((left, right) => left.since - right.since)) {
      this.#tracked.set(keyOf(incident), {
        incident,
        written: { at: incident.since, detail: incident.detail },
        wellSince: incident.until,
      });
    }
  }

  /** Those of an interface that last. */
  open(interfaceName: string): readonly Incident[] {
    return [...this.#tracked.values()]
      .map(({ incident }) => incident)
      .filter((incident) => incident.interface === interfaceName && incident.until === null);
  }

  /** Those that last, as a history would tell them that is away. */
  openOnes({ interfaces, causes, severity, to, limit }: IncidentQuestion): readonly Incident[] {
    return [...this.#tracked.values()]
      .map(({ incident }) => incident)
      .filter(
        (one) =>
          one.until === null &&
          (interfaces?.includes(one.interface) ?? true) &&
          (causes?.includes(one.cause) ?? true) &&
          (severity === undefined || one.severity === severity) &&
          (to === undefined || one.since <= to),
      )
      .sort((left, right) => right.since - left.since)
      .slice(0, limit);
  }

  /**
   * Takes in what was judged of an interface.
   *
   * @param now epoch milliseconds.
   * @returns the incidents that changed.
   */
  advance(interfaceName: string, { judged, findings }: Verdict, now: number): readonly Incident[] {
    const changed: Incident[] = [];
    const found = new Set<string>();
    for (const finding of findings) {
      const key = keyOf({ interface: interfaceName, ...finding });
      found.add(key);
      const next = this.#find(key, interfaceName, finding, now);
      if (next !== null) changed.push(next);
    }
    for (const [key, tracked] of this.#tracked) {
      const { incident } = tracked;
      if (incident.interface !== interfaceName) continue;
      if (incident.until !== null) {
        if (now - incident.until > LONGEST_AGAIN) this.#tracked.delete(key);
      } else if (!found.has(key) && judged.includes(incident.cause)) {
        tracked.wellSince ??= now;
        if (now - tracked.wellSince < settleOf(incident)) continue;
        tracked.incident = { ...incident, until: tracked.wellSince };
        changed.push(tracked.incident);
      }
    }
    return changed;
  }

  /** Notes something of those that last. @returns them, as they are then. */
  note(ids: readonly string[], notes: IncidentNotes): readonly Incident[] {
    const changed: Incident[] = [];
    for (const tracked of this.#tracked.values()) {
      const { incident } = tracked;
      if (!ids.includes(incident.id) || incident.until !== null) continue;
      tracked.incident = withNotes(incident, notes);
      changed.push(tracked.incident);
    }
    return changed;
  }

  /** Takes over what was noted in another process. @param kept as they were written. @returns those of which that is news. */
  takeNotes(kept: readonly Incident[]): readonly Incident[] {
    return kept.flatMap(({ id, notes }) => {
      const known = [...this.#tracked.values()].find(({ incident }) => incident.id === id)?.incident;
      if (known === undefined || notes === undefined || newestOf(notes) <= newestOf(known.notes)) return [];
      return this.note([id], notes);
    });
  }

  /** @returns the incident where it is new, worse, or here again. */
  #find(key: string, interfaceName: string, finding: Finding, now: number): Incident | null {
    const known = this.#tracked.get(key);
    if (known === undefined || isOver(known.incident, now)) {
      const incident = newIncident(interfaceName, finding, now);
      this.#tracked.set(key, { incident, written: { at: now, detail: incident.detail }, wellSince: null });
      return incident;
    }
    const { incident, wellSince } = known;
    const severity = worse(incident.severity, finding.severity);
    const isBack = wellSince !== null;
    known.wellSince = null;
    if (!isBack && severity === incident.severity) {
      const isNews = finding.detail !== known.written.detail;
      known.incident = { ...incident, detail: finding.detail };
      // Numbers in it change with every look.
      if (!isNews || now - known.written.at < REWRITE_MS) return null;
      known.written = { at: now, detail: finding.detail };
      return known.incident;
    }
    known.written = { at: now, detail: finding.detail };
    known.incident = {
      ...incident,
      severity,
      ...(severity !== incident.severity && { raisedAt: now }),
      until: null,
      detail: finding.detail,
      times: isBack ? incident.times + 1 : incident.times,
    };
    return known.incident;
  }
}

/** An incident with what somebody noted of it; when it was sent first stays. */
function withNotes(incident: Incident, notes: IncidentNotes): Incident {
  const { sent } = incident.notes ?? {};
  return { ...incident, notes: { ...incident.notes, ...notes, ...(sent !== undefined && { sent }) } };
}

function newestOf({ acknowledged, sent, answered }: IncidentNotes = {}): number {
  return Math.max(...[acknowledged, sent, answered].map((note) => note?.at ?? Number.NEGATIVE_INFINITY));
}

function newIncident(
  interfaceName: string,
  { cause, about, severity, detail, requestId, since }: Finding,
  now: number,
): Incident {
  return {
    id: randomUUID(),
    interface: interfaceName,
    cause,
    about,
    severity,
    since: since ?? now,
    until: null,
    detail,
    heals: HEALS[cause],
    requestId,
    times: 1,
  };
}

function keyOf({ interface: name, cause, about }: Pick<Incident, 'interface' | 'cause' | 'about'>): string {
  return JSON.stringify([name, cause, about]);
}

/** Whether it ended so long ago that the same is another one. */
function isOver({ cause, until }: Incident, now: number): boolean {
  return until !== null && now - until > COURSES[cause].again;
}

function settleOf({ cause, times }: Incident): number {
  const { settle } = COURSES[cause];
  return settle > 0 && times >= FLAPPING ? Math.max(settle, FLAPPING_SETTLE) : settle;
}

function worse(one: IncidentSeverity, other: IncidentSeverity): IncidentSeverity {
  return one === 'CRITICAL' || other === 'CRITICAL' ? 'CRITICAL' : 'WARNING';
}
