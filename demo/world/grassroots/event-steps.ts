import { momentText, secondsOf } from '../moments.js';
import { townshipOf } from '../townships.js';
import type { CountyEvent } from '../world.js';

/** One step of an event through the four platforms (流程). */
export interface EventStep {
  readonly action: 'REPORT' | 'ACCEPT' | 'REJECT' | 'REPLY' | 'CLOSE';
  /** `Department`; null: the township's command room. */
  readonly department: string | null;
  /** `yyyy-MM-dd HH:mm:ss`, +08:00. */
  readonly at: string;
}

/** Soon enough to be before anybody could have accepted it. */
const REJECTED_AFTER_SECONDS = 600;

/** What became of an event, in order; each step has a time of its own. */
export function stepsOf(event: CountyEvent): readonly EventStep[] {
  const { createdAt, acceptedAt, repliedAt, closedAt, state, department } = event;
  const steps: EventStep[] = [{ action: 'REPORT', department: null, at: createdAt }];
  if (state === 'REJECTED') {
    const at = momentText(secondsOf(createdAt) + REJECTED_AFTER_SECONDS);
    steps.push({ action: 'REJECT', department: null, at });
  }
  if (acceptedAt !== null) steps.push({ action: 'ACCEPT', department: null, at: acceptedAt });
  if (repliedAt !== null) steps.push({ action: 'REPLY', department, at: repliedAt });
  if (closedAt !== null) steps.push({ action: 'CLOSE', department: null, at: closedAt });
  return steps;
}

/** Who took a step that no department took. */
export function commandRoomOf({ township }: CountyEvent): string {
  return `${townshipOf(township).name}综合信息指挥室`;
}
