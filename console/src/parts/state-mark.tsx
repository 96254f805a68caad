import type { State } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';

/** Each state has a shape of its own besides its colour. */
const SHAPES: Readonly<Record<State, string>> = {
  WELL: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z',
  AMISS: 'M8 1.6 15.2 14.2H.8Z',
  DOWN: 'M2.5 2.5h11v11h-11Z',
  PAUSED: 'M3.5 2.5h3v11h-3Zm6 0h3v11h-3Z',
  CUT_OFF: 'M1.5 6.5h4v3h-4Zm9 0h4v3h-4ZM9.2 2l1.5.8-4 11.2-1.5-.8Z',
  UNKNOWN: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 2a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z',
};

export function StateShape({ state }: { readonly state: State | null }) {
  const known = state ?? 'UNKNOWN';
  return (
    <svg className={`shape is-${known}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[known]} fillRule="evenodd" />
    </svg>
  );
}

/** State in colour, shape and word. */
export function StateMark({ state }: { readonly state: State | null }) {
  const { say } = useSpeech();
  return (
    <span className={`state is-${state ?? 'UNKNOWN'}`}>
      <StateShape state={state} />
      {say(state ?? 'UNKNOWN')}
    </span>
  );
}
