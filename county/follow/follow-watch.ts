import type { Talk } from '../../runtime/talk/talk.js';
import type { InterfaceWatch } from '../../subgraphs/port/observation.js';
import type { CountyObserver } from '../observe/observer.js';
import type { CountyAnswers } from './county-talk.js';

/** Watching, as a process that serves a county is part of it. */
export type CountyWatching = Omit<CountyObserver, 'watch' | 'tick' | 'isObserving'> & {
  readonly watch: InterfaceWatch;
};

/** For a process that follows a county: whoever keeps it watches, and is asked. */
export function followWatching(talk: Talk<CountyAnswers>): CountyWatching {
  return {
    watch: {
      health: (name) => talk.ask('watchHealth', name),
      serviceLevel: (name) => talk.ask('watchLevel', name),
      history: (question) => talk.ask('watchHistory', question),
      incidents: (question) => talk.ask('watchIncidents', question),
    },
    holds: null,
    note: (...asked) => talk.ask('noteIncidents', ...asked),
    watching: (observer) => observer,
    looked: () => undefined,
    observe: () => undefined,
    start: () => undefined,
    close: () => Promise.resolve(),
  };
}
