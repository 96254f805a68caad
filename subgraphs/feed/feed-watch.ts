import type { CallContext } from '../../runtime/call/call-context.js';
import type {
  HistoryPoint,
  HistoryQuestion,
  Incident,
  IncidentQuestion,
  InterfaceHealth,
  InterfaceWatch,
  ServiceLevel,
} from '../port/observation.js';

/** How one interface is. */
export interface FeedHealth extends InterfaceHealth {
  readonly interface: string;
}

/**
 * What is known of a department's interfaces by watching them, in this process or where they are. It knows no caller:
 * who may be told is decided by whoever asks.
 */
export interface FeedWatch {
  /** Of those that are watched. */
  health(context: CallContext): Promise<readonly FeedHealth[]>;
  serviceLevel(interfaceName: string, context: CallContext): Promise<ServiceLevel | null>;
  history(question: HistoryQuestion, context: CallContext): Promise<readonly HistoryPoint[]>;
  /** Of its own interfaces alone. */
  incidents(question: IncidentQuestion, context: CallContext): Promise<readonly Incident[]>;
}

/**
 * The part of what is watched in this process that is one department's.
 *
 * @param interfaces names of its interfaces.
 */
export function feedWatch(watch: InterfaceWatch, interfaces: () => readonly string[]): FeedWatch {
  const isOwn = (name: string): boolean => interfaces().includes(name);
  return {
    health: async () => {
      const all = interfaces().map(async (name) => ({ name, health: await watch.health(name) }));
      return (await Promise.all(all)).flatMap(({ name, health }) =>
        health === null ? [] : [{ interface: name, ...health }],
      );
    },
    serviceLevel: async (name) => (isOwn(name) ? watch.serviceLevel(name) : null),
    history: async (question) => (isOwn(question.interface) ? watch.history(question) : []),
    incidents: async (question) =>
      watch.incidents({ ...question, interfaces: (question.interfaces ?? interfaces()).filter(isOwn) }),
  };
}
