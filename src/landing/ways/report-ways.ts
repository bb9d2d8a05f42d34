import type { Way } from '../landing-row.ts';
import { permission } from '../permission.ts';
import { stayInApp, wayOf } from '../way-of.ts';
import type { LandingFacts } from '../write-need.ts';

/** The between-session report: a clinical note, else a message to the care team. */
export function reportWays(facts: LandingFacts): Way[] {
  const may = permission(facts);
  const note = may({ type: 'DocumentReference', interactions: ['create'], category: 'clinical-note' });
  const message = may({ type: 'Communication', interactions: ['create'] });
  return [
    wayOf('note', note, {
      ...{ facts, type: 'DocumentReference' },
      says: 'The report is filed as a clinical note (DocumentReference)',
    }),
    wayOf('communication', message, {
      ...{ facts, type: 'Communication' },
      says: 'The report is sent as a message to the care team (Communication)',
    }),
    stayInApp('The report stays in the app.'),
  ];
}
