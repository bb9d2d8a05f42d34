import type { RosterReason } from '../../../src/contract/app/roster.ts';
import type { ClinicianPageName } from '../clinician/clinician-context.ts';

const pages: Readonly<Record<RosterReason['code'], Exclude<ClinicianPageName, { name: 'paper' }>['name']>> = {
  // the signal stands on top of every page
  safety: 'since',
  // where it is talked over
  barrier: 'since',
  stopped: 'plan',
  overdue: 'plan',
  'waiting-unlock': 'plan',
  message: 'messages',
  'not-landed': 'chart',
};

/** Where a patient is opened from the list: at what the row was about, the worst first. */
export function pageFor(reason: RosterReason | undefined): ClinicianPageName {
  return { name: reason === undefined ? 'since' : pages[reason.code] };
}
