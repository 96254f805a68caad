import type { AnsweredInterface } from '../../execute/answer-coverage.js';
import type { Lack, ListPage } from './page-answer.js';

/**
 * `complete`: every row was written. `incomplete`: the walk is at its end, but something was missing to the end.
 * `stopped`: the walk could not go on; its cursor says from where it can. `left`: the caller went away.
 */
export type ExportState = 'running' | 'complete' | 'incomplete' | 'stopped' | 'left';

/** What was missing to the end of an export. */
interface Missing {
  readonly name: string;
  /** `cells`: rows are there that lack something of it. */
  readonly of: Lack['of'];
  readonly reason: string;
}

/** How an export stands, for the file itself, for trailers and for whoever asks meanwhile. */
export interface ExportStanding {
  readonly requestId: string;
  readonly state: ExportState;
  /** Rows written. */
  readonly rows: number;
  /** An export with `after` goes on behind it. Null: at the beginning, or not known before the end. */
  readonly cursor: string | null;
  /** Moments, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** What is waited for at the moment. */
  readonly waitingFor: readonly string[];
  readonly missing: readonly Missing[];
  /** Interfaces that were away for a while: their rows stand further back than their order wants. */
  readonly late: readonly string[];
  /** In the order of names, as they were on the last page. */
  readonly interfaces: readonly AnsweredInterface[];
}

export interface ExportLedger {
  standing(): ExportStanding;
  wait(names: readonly string[]): void;
  /** Takes in a page whose rows are written. */
  accept(page: ListPage, cursor: string | null): void;
  /** Counts once. @param lacks why it stopped. */
  end(
    how: Exclude<ExportState, 'running' | 'complete' | 'incomplete'> | 'finished',
    lacks?: readonly Lack[],
  ): void;
}

/** @param now the present moment. */
export function openLedger(requestId: string, cursor: string | null, now: () => Date): ExportLedger {
  const startedAt = now().toISOString();
  const interfaces = new Map<string, AnsweredInterface>();
  const late = new Set<string>();
  /** What some page lacked and no later one can bring. */
  const lost = new Map<string, Missing>();
  /** Interfaces that were away on the last page: their rows may still come. */
  let away: readonly Missing[] = [];
  let state: ExportState = 'running';
  let rows = 0;
  let reached = cursor;
  let endedAt: string | null = null;
  let waitingFor: readonly string[] = [];
  const missing = (): readonly Missing[] => [...lost.values(), ...away];
  return {
    standing: () => ({
      requestId,
      state,
      rows,
      // While it runs, rows up to the cursor may still be under way.
      cursor: state === 'running' || state === 'left' ? null : reached,
      startedAt,
      endedAt,
      waitingFor,
      missing: missing(),
      late: [...late].sort(),
      interfaces: [...interfaces.values()].sort((left, right) => (left.interface < right.interface ? -1 : 1)),
    }),
    wait: (names) => {
      waitingFor = names;
    },
    accept: (page, upTo) => {
      waitingFor = [];
      rows += page.rows?.length ?? 0;
      reached = upTo;
      for (const one of page.interfaces) interfaces.set(one.interface, one);
      for (const name of page.late) late.add(name);
      away = page.lacks.filter(({ of }) => of === 'rows').map(toMissing);
      for (const lack of page.lacks)
        if (lack.of !== 'rows') lost.set(`${lack.of} ${lack.name}`, toMissing(lack));
    },
    end: (how, lacks = []) => {
      if (endedAt !== null) return;
      waitingFor = [];
      endedAt = now().toISOString();
      for (const lack of lacks) lost.set(`${lack.of} ${lack.name}`, toMissing(lack));
      const finished = missing().length === 0 ? 'complete' : 'incomplete';
      state = how === 'finished' ? finished : how;
    },
  };
}

function toMissing({ name, of, reason }: Lack): Missing {
  return { name, of, reason };
}
