import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { badInput } from '../filter/bad-input.js';
import type { LeafReader } from '../filter/filter-leaves.js';
import type { Hub } from '../hub.js';

/** Stages in which there is a decision that has to be published (行政处罚法 art. 48). */
const DECIDED_STAGES = ['DECIDED', 'SERVED', 'EXECUTING', 'CLOSED', 'UNDER_REVIEW', 'LITIGATION'];
/** A decision that is or was public, whenever that was. */
const PUBLIC_STATES = ['PUBLISHED', 'WITHDRAWN', 'DELETED'];
const MAX_WORKING_DAYS = 250;

/** Fields that the lag is told from. */
export const LAG_FIELDS = ['stage', 'decidedAt', 'publishedAt', 'publication'] as const;

/** Decisions that were not published in time. One that was published on an unknown day may have been. */
export const publicationLate: LeafReader = (value, path, { today, workingDays: days }) => {
  const { workingDays } = value as { readonly workingDays: number };
  if (workingDays < 1 || workingDays > MAX_WORKING_DAYS) {
    throw badInput(
      `${path}.workingDays`,
      `应在 1 与 ${MAX_WORKING_DAYS} 之间，实为 ${workingDays}。`,
      `must be between 1 and ${MAX_WORKING_DAYS}, but is ${workingDays}.`,
    );
  }
  const { exceptions } = days;
  return {
    all: [
      { field: 'stage', in: DECIDED_STAGES },
      { late: { from: 'decidedAt', to: 'publishedAt', workingDays, on: today, exceptions } },
      {
        not: {
          all: [
            { field: 'publishedAt', isNull: true },
            { field: 'publication', in: PUBLIC_STATES },
          ],
        },
      },
    ],
  };
};

type LagNode = Readonly<Record<string, FieldValue | undefined>>;

/**
 * Working days from the decision to its publication, or to today while it is not published: the least number for
 * which the filter `publicationLate` does not find the case. Null where nothing has to be published, or an interface
 * does not hold when it was.
 */
export function publicationLagResolver(hub: Hub) {
  return (node: LagNode, _args: unknown, { today }: CallContext): number | null => {
    const { stage, decidedAt, publishedAt, publication } = node;
    if (typeof decidedAt !== 'string' || !DECIDED_STAGES.includes(String(stage))) return null;
    const holder = hub.fan.interfacesOf('Case').find(({ name }) => name === node.interface);
    if (holder?.fields.includes('publishedAt') !== true) return null;
    if (typeof publishedAt === 'string' && publishedAt <= today) {
      return hub.workingDays.countTo(decidedAt, publishedAt);
    }
    if (publishedAt === null && PUBLIC_STATES.includes(String(publication))) return null;
    return hub.workingDays.countTo(decidedAt, today);
  };
}
