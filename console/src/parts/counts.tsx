import type { Listed } from '../queries/forms.js';
import { useSpeech } from '../words/speak.js';
import { countStates, STATES } from './groups.js';
import { StateShape } from './state-mark.js';

/** How many interfaces are in each state. */
export function Counts({ interfaces }: { readonly interfaces: readonly Listed[] }) {
  const { say } = useSpeech();
  const counts = countStates(interfaces);
  return (
    <ul className="counts">
      {STATES.map((state) => (
        <li key={state} className={`is-${state}`}>
          <StateShape state={state} />
          {say(state)} <b>{counts[state]}</b>
        </li>
      ))}
    </ul>
  );
}
