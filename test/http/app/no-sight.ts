import type { RosterSight } from '../../../src/http/app/roster-page.ts';

/** Of nobody anything is known: for whoever only looks at the routes. */
export const noSight: RosterSight = {
  names: { of: async () => new Map() },
  patients: { of: async () => new Map(), known: () => new Map(), shut: () => undefined },
  learn: async () => false,
  hidden: async () => ({ patients: 0, gone: [], shown: 0, ids: [], complete: true, unchecked: false }),
};
