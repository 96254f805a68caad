import type { Clock } from '../../../runtime/clock.js';
import type { SubgraphPort } from '../../../subgraphs/port/subgraph-port.js';
import { subgraphProcess } from '../../../subgraphs/port/watched-parts.js';
import { systemContext } from '../../system-context.js';
import { NOTHING, type Verdict } from '../judge/verdict.js';
import { isLasting, lookFailed, REACHED, type Reach } from '../reach.js';
import type { LookedAtPart } from './look-at-part.js';

const BUDGET_MS = 5000;
/** Processes of a county that are started together are not up at once. */
const STARTING_MS = 120_000;
const DETAIL =
  '该子图的进程不应答，其部门的接口无人观测。The process of the subgraph does not answer; nobody watches the interfaces of its department.';

/** Whether a subgraph that another process serves answers at all. */
export function lookAtSubgraph(port: SubgraphPort, clock: Clock): LookedAtPart {
  let reach: Reach = REACHED;
  let firstLookAt: number | null = null;
  let hasAnswered = false;
  return {
    part: subgraphProcess(port.name),
    look: async (now) => {
      const context = systemContext(clock, 'look-subgraph', BUDGET_MS);
      const { data } = await port.execute({ query: '{ __typename }' }, context);
      const { requestId } = context;
      firstLookAt ??= now;
      hasAnswered ||= data != null;
      if (!hasAnswered && now - firstLookAt < STARTING_MS) return NOTHING;
      reach = data == null ? lookFailed(reach, { code: 'SUBGRAPH_UNAVAILABLE', requestId }, now) : REACHED;
      return judgeSubgraph(reach);
    },
  };
}

/** One look that failed is neither the beginning of an incident nor the end of another. */
function judgeSubgraph(reach: Reach): Verdict {
  const { failure } = reach;
  if (failure === null) return { measurements: [], judged: ['SUBGRAPH_AWAY'], findings: [] };
  if (!isLasting(reach)) return { measurements: [], judged: [], findings: [] };
  const { requestId, since } = failure;
  return {
    measurements: [],
    judged: ['SUBGRAPH_AWAY'],
    findings: [
      { cause: 'SUBGRAPH_AWAY', about: null, severity: 'CRITICAL', detail: DETAIL, requestId, since },
    ],
  };
}
