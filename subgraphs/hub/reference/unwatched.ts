import type { InterfaceWatch } from '../../port/observation.js';

/** Nobody watches. */
export const UNWATCHED: InterfaceWatch = {
  health: () => null,
  serviceLevel: async () => null,
  history: async () => [],
  incidents: async () => [],
};
