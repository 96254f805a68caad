import type { CallContext } from '../../../runtime/call/call-context.js';
import type { InterfaceInfo } from '../../feed/feed.js';
import type { AskedNote, Hands } from '../../port/hands.js';
import { type Incident, MOST_OPEN } from '../../port/observation.js';
import { requireHands } from '../../port/require-hands.js';
import type { WorkingDays } from '../../values/dates/working-days.js';
import { badInput } from '../filter/bad-input.js';
import { correctionOf, USUAL_WORKING_DAYS } from './correction.js';
import { showCorrection } from './corrections-resolver.js';
import type { HubHands } from './hub-hands.js';
import type { HubWatch } from './hub-watch.js';
import { watchedQuestion } from './incidents-resolver.js';
import { readReason } from './read-reason.js';
import { showIncident } from './show-incident.js';

interface NoteParts {
  readonly watched: () => readonly Pick<InterfaceInfo, 'name' | 'department'>[];
  readonly isInterface: (name: string) => boolean;
  readonly watch: Pick<HubWatch, 'incidents'>;
  /** Null: nothing can be changed through this process. */
  readonly hands: Hands | null;
  readonly hubHands: Pick<HubHands, 'act'>;
  readonly workingDays: Pick<WorkingDays, 'limitOf'>;
}

interface CorrectionAnswer {
  readonly id: string;
  readonly accepted: boolean;
  readonly text: string;
}

const MOST_IDS = 200;

/** The part of `Mutation` that notes something of incidents and of corrections, which are worked out from them. */
export function noteResolvers({ watched, isInterface, watch, hands, hubHands, workingDays }: NoteParts) {
  /** Those of the ids that last and are for the caller. */
  const open = async (ids: readonly string[], context: CallContext): Promise<readonly Incident[]> => {
    const question = { ...watchedQuestion(watched(), {}, context), isOpen: true, limit: MOST_OPEN };
    return (await watch.incidents(question, context)).filter(({ id }) => ids.includes(id));
  };
  const correct = (incident: Incident, acting: Hands) => {
    const rules = { workingDays, allowed: USUAL_WORKING_DAYS, asOf: acting.now() };
    const correction = correctionOf(incident, rules);
    if (correction === null) return null;
    const department = watched().find(({ name }) => name === incident.interface)?.department ?? null;
    return showCorrection(correction, department);
  };
  /** @returns what could be noted, as it is afterwards. */
  const note = async (
    incidents: readonly Incident[],
    asked: AskedNote,
    context: CallContext,
  ): Promise<readonly Incident[]> => {
    const acting = requireHands(hands, context);
    const noted: string[] = [];
    for (const [name, ids] of idsByInterface(incidents)) {
      const request = { kind: 'note', interface: name, ids, note: asked } as const;
      // What is watched besides interfaces is watched by this process.
      const owner = isInterface(name) ? hubHands : acting;
      noted.push(...(await owner.act(request, context)).ids);
    }
    return noted.length === 0 ? [] : open(noted, context);
  };
  return {
    acknowledgeIncident: async (
      _parent: unknown,
      { id, why }: { readonly id: string; readonly why: string },
      context: CallContext,
    ) => {
      requireHands(hands, context);
      const asked = { kind: 'acknowledged', why: readReason('why', why) } as const;
      const [noted] = await note(await open([id], context), asked, context);
      if (noted === undefined) throw nothingOpen();
      return showIncident(noted);
    },
    markCorrectionsSent: async (
      _parent: unknown,
      { ids }: { readonly ids: readonly string[] },
      context: CallContext,
    ) => {
      const acting = requireHands(hands, context);
      if (ids.length > MOST_IDS) {
        throw badInput('ids', `至多 ${MOST_IDS} 个。`, `must be at most ${MOST_IDS}.`);
      }
      const found = (await open(ids, context)).filter((one) => correct(one, acting) !== null);
      const noted = await note(found, { kind: 'sent' }, context);
      return noted.map((one) => correct(one, acting));
    },
    answerCorrection: async (
      _parent: unknown,
      { id, accepted, text }: CorrectionAnswer,
      context: CallContext,
    ) => {
      const acting = requireHands(hands, context);
      const asked = { kind: 'answered', isAccepted: accepted, text: readReason('text', text) } as const;
      const found = (await open([id], context)).filter((one) => correct(one, acting) !== null);
      const [noted] = await note(found, asked, context);
      if (noted === undefined) throw nothingOpen();
      return correct(noted, acting);
    },
  };
}

function idsByInterface(incidents: readonly Incident[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { interface: name, id } of incidents) found.set(name, [...(found.get(name) ?? []), id]);
  return found;
}

function nothingOpen() {
  return badInput(
    'id',
    '没有这样一个未结束且由本处观测的事件或校核。',
    'must be of an incident, or a correction, that lasts and is watched here.',
  );
}
