import type { WatchedPart } from '../../../subgraphs/port/watched-parts.js';
import type { HistoryStore } from '../history/history-store.js';
import { NOTHING, type Verdict } from '../judge/verdict.js';
import type { Keeping } from '../keeping.js';
import { isLasting, lookFailed, REACHED, type Reach } from '../reach.js';

/** Whether the history took what was written to it last, and answers. */
export interface HistoryStanding {
  readonly writing: boolean;
  readonly reading: boolean;
}

interface LookOptions {
  readonly part: WatchedPart;
  readonly store: Pick<HistoryStore, 'incidents'>;
  readonly keeping: Pick<Keeping, 'isFailing' | 'isLosing'>;
  /** Told at each look. */
  readonly onStanding: (standing: HistoryStanding) => void;
}

/** A file whose disk hangs answers nothing. */
const ANSWER_MS = 10_000;

export interface LookedAtHistory {
  readonly part: WatchedPart;
  /** Never fails. @param isDiskFull that it cannot be written follows from that, and is not told beside it. */
  look(now: number, isDiskFull: boolean): Promise<Verdict>;
}

/** Whether what is observed can be kept, and what was kept be told. */
export function lookAtHistory({ part, store, keeping, onStanding }: LookOptions): LookedAtHistory {
  let reach: Reach = REACHED;
  return {
    part,
    look: async (now, isDiskFull) => {
      const standing = { writing: !keeping.isFailing, reading: await answers(store) };
      onStanding(standing);
      const isWell = standing.writing && standing.reading;
      if (!isWell && isDiskFull) {
        reach = REACHED;
        return NOTHING;
      }
      reach = isWell ? REACHED : lookFailed(reach, { code: 'HISTORY_AWAY', requestId: null }, now);
      return judgeHistory(reach, standing, keeping.isLosing);
    },
  };
}

function answers(store: LookOptions['store']): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), ANSWER_MS);
    store
      .incidents({ isOpen: true, limit: 1 })
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(late));
  });
}

/** One look that failed is neither the beginning of an incident nor the end of another. */
function judgeHistory(reach: Reach, { writing, reading }: HistoryStanding, isLosing: boolean): Verdict {
  const { failure } = reach;
  if (failure !== null && !isLasting(reach)) return NOTHING;
  if (failure === null) return { measurements: [], judged: ['HISTORY_AWAY'], findings: [] };
  const [zh, en] = reading
    ? ['写入', 'written']
    : writing
      ? ['读取', 'read']
      : ['写入和读取', 'written or read'];
  const [lostZh, lostEn] = isLosing
    ? ['留存已满，最早的测量正在丢失', 'what waits is too much, and the oldest is lost']
    : writing
      ? ['测量照常写入', 'what is measured is written']
      : ['测量留在内存中待补写', 'what is measured waits in memory'];
  return {
    measurements: [],
    judged: ['HISTORY_AWAY'],
    findings: [
      {
        cause: 'HISTORY_AWAY',
        about: null,
        severity: isLosing ? 'CRITICAL' : 'WARNING',
        detail: `观测历史无法${zh}，${lostZh}。The history cannot be ${en}; ${lostEn}.`,
        requestId: null,
        since: failure.since,
      },
    ],
  };
}
