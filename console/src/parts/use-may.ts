import { useEffect, useState } from 'react';
import { ask } from '../ask.js';
import { MAY } from '../queries/forms.js';

/** Whether whoever sits before the page may change anything: levels of the log are told to these alone. False until it is known. */
export function useMay(): boolean {
  const [may, setMay] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    ask(MAY, {}, stop.signal).then(
      ({ logLevels }) => setMay(logLevels !== null),
      // That he is not let in at all is what the page itself is told.
      () => undefined,
    );
    return () => stop.abort();
  }, []);
  return may;
}
