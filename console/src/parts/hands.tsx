import {
  ACKNOWLEDGE,
  CLOSE_BREAKER,
  type OneInterface,
  OPEN_BREAKER,
  PAUSE,
  RESUME,
} from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import { Act, type Action } from './act.js';
import type { Leaving } from './leaving.js';

const ACTIONS = {
  pause: { operation: PAUSE, label: 'pause', hint: 'pauseHint', done: 'pauseDone', ends: true },
  resume: { operation: RESUME, label: 'resume', hint: 'resumeHint', done: 'resumeDone', ends: false },
  open: { operation: OPEN_BREAKER, label: 'openBreaker', hint: 'openHint', done: 'openDone', ends: true },
  close: {
    operation: CLOSE_BREAKER,
    label: 'closeBreaker',
    hint: 'closeHint',
    done: 'closeDone',
    ends: false,
  },
} as const satisfies Readonly<Record<string, Action>>;

const ACKNOWLEDGING: Action = {
  operation: ACKNOWLEDGE,
  label: 'acknowledge',
  hint: 'acknowledgeHint',
  done: 'acknowledgeDone',
  ends: false,
};

interface Acting extends Leaving {
  readonly onDone: () => void;
}

/** What the data centre does to an interface. */
export function Hands({ one, ...acting }: Acting & { readonly one: OneInterface }) {
  const { say } = useSpeech();
  const target = { interface: one.name };
  // A source that fails has a breaker that failures opened, and that can be closed as well.
  const isCut = one.breakerOpened !== null || one.state === 'DOWN';
  return (
    <section className="hands" aria-label={say('hands')}>
      <Act action={ACTIONS[one.paused === null ? 'pause' : 'resume']} target={target} {...acting} />
      <Act action={ACTIONS[isCut ? 'close' : 'open']} target={target} {...acting} />
    </section>
  );
}

export function Acknowledge({ id, ...acting }: Acting & { readonly id: string }) {
  return <Act action={ACKNOWLEDGING} target={{ id }} {...acting} />;
}
