import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import { isForCaller } from '../../feed/is-for-caller.js';
import type { IncidentCause, IncidentQuestion, IncidentSeverity } from '../../port/observation.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { HubWatch } from './hub-watch.js';
import { readMoment } from './moments.js';
import { MOST_INCIDENTS, showIncident } from './show-incident.js';

/** Which interfaces a list is of, and of what time. */
export interface WatchedFilter {
  readonly interface?: readonly string[] | null;
  readonly department?: readonly string[] | null;
  readonly from?: string | null;
  readonly to?: string | null;
}

interface IncidentArguments {
  readonly where?:
    | (WatchedFilter & {
        readonly cause?: readonly IncidentCause[] | null;
        readonly severity?: IncidentSeverity | null;
        readonly open?: boolean | null;
      })
    | null;
  readonly first: number;
}

/** `incidents` of the graph: of the interfaces and other parts that are for the caller. */
export function incidentsResolver(
  watched: () => readonly Pick<InterfaceInfo, 'name' | 'department'>[],
  watch: Pick<HubWatch, 'incidents' | 'noteAway'>,
) {
  return async (
    _parent: unknown,
    { where, first }: IncidentArguments,
    context: CallContext,
    info: GraphQLResolveInfo,
  ) => {
    const { cause, severity, open } = where ?? {};
    const limit = checkUpTo(MOST_INCIDENTS, 'first', first);
    const question: IncidentQuestion = {
      ...watchedQuestion(watched(), where ?? {}, context),
      ...(cause != null && { causes: cause }),
      ...(severity != null && { severity }),
      ...(open != null && { isOpen: open }),
      limit,
    };
    const found = await watch.incidents(question, context);
    watch.noteAway(context, info);
    return found.map(showIncident);
  };
}

/** What is asked of the interfaces that are for the caller. @throws BAD_USER_INPUT */
export function watchedQuestion(
  interfaces: readonly Pick<InterfaceInfo, 'name' | 'department'>[],
  { interface: names, department, from, to }: WatchedFilter,
  { caller }: Pick<CallContext, 'caller'>,
): Pick<IncidentQuestion, 'interfaces' | 'from' | 'to'> {
  const asked = interfaces
    .filter((info) => isForCaller(info, caller))
    .filter((info) => names == null || names.includes(info.name))
    .filter((info) => department == null || department.includes(info.department));
  return {
    interfaces: asked.map(({ name }) => name),
    ...(from != null && { from: readMoment('where.from', from) }),
    ...(to != null && { to: readMoment('where.to', to) }),
  };
}
