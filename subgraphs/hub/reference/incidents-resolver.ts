import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { IncidentCause, IncidentQuestion, IncidentSeverity } from '../../port/observation.js';
import { checkUpTo } from '../filter/bad-input.js';
import type { HubWatch } from './hub-watch.js';
import { isForCaller } from './is-for-caller.js';
import { readMoment } from './moments.js';
import { MOST_INCIDENTS, showIncident } from './show-incident.js';

interface IncidentArguments {
  readonly where?: {
    readonly interface?: readonly string[] | null;
    readonly department?: readonly string[] | null;
    readonly cause?: readonly IncidentCause[] | null;
    readonly severity?: IncidentSeverity | null;
    readonly open?: boolean | null;
    readonly from?: string | null;
    readonly to?: string | null;
  } | null;
  readonly first: number;
}

/** `incidents` of the graph: of the interfaces that are for the caller. */
export function incidentsResolver(
  interfaces: () => readonly InterfaceInfo[],
  watch: Pick<HubWatch, 'incidents'>,
) {
  return async (_parent: unknown, { where, first }: IncidentArguments, context: CallContext) => {
    const { interface: names, department, cause, severity, open, from, to } = where ?? {};
    const limit = checkUpTo(MOST_INCIDENTS, 'first', first);
    const asked = interfaces()
      .filter((info) => isForCaller(info, context.caller))
      .filter((info) => names == null || names.includes(info.name))
      .filter((info) => department == null || department.includes(info.department))
      .map(({ name }) => name);
    const question: IncidentQuestion = {
      interfaces: asked,
      ...(cause != null && { causes: cause }),
      ...(severity != null && { severity }),
      ...(open != null && { isOpen: open }),
      ...(from != null && { from: readMoment('where.from', from) }),
      ...(to != null && { to: readMoment('where.to', to) }),
      limit,
    };
    return (await watch.incidents(question, context)).map(showIncident);
  };
}
