import { defined } from '../../foundation/defined.ts';
import type { LandingRow, Way } from '../landing-row.ts';
import { stayInApp } from '../way-of.ts';

const told: Partial<Record<LandingRow['landing'], string>> = {
  note: 'a clinical note',
  communication: 'a message to the care team',
};

/** The ways of what has no resource of its own here: it goes where the report goes, by whose token the report goes. */
export function toldInReport(report: LandingRow): Way[] {
  const { landing, identity, writes, scopes, assumption, toImprove, hoped } = report;
  const as = told[landing];
  if (as === undefined) {
    const missing = 'the report in which it would be told stays in the app';
    return [
      { ...stayInApp('It stays in the app, as does the report in which it would be told.'), toImprove },
      { landing: 'note', open: false, missing, offers: [], remedy: '' },
      { landing: 'communication', open: false, missing, offers: [], remedy: '' },
    ];
  }
  const waits = identity === 'delegated' ? " With the report it waits for a person's token." : '';
  const resting = scopes === undefined ? '' : ` (${scopes.join(', ')})`;
  return [
    {
      ...{ landing, open: true, identity, writes },
      says: `It is told in the between-session report, ${as}${resting}.${waits}`,
      toImprove: identity === 'delegated' ? toImprove : null,
      ...(hoped === true ? { hoped } : {}),
      ...defined({ scopes, assumption }),
    },
    stayInApp('It stays in the app.'),
  ];
}
