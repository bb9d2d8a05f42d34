import { isPeriodChoice, type PeriodChoice } from '../plan/period.ts';
import { periodUnder } from './session-store.ts';

/** Whose time it is: of one patient, in one launch. */
interface PeriodOf {
  readonly launchId: string;
  readonly patientId: string;
}

/** Keeps the time that was chosen for a reload of this tab; signing out forgets it. */
export function keepPeriod(of: PeriodOf, choice: PeriodChoice | undefined): void {
  if (choice === undefined) sessionStorage.removeItem(periodUnder);
  else sessionStorage.setItem(periodUnder, JSON.stringify({ ...of, choice }));
}

/** What was chosen in this tab, in this launch, for this patient. */
export function storedPeriod({ launchId, patientId }: PeriodOf): PeriodChoice | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(periodUnder) ?? 'null');
    const same = kept?.launchId === launchId && kept.patientId === patientId;
    return same && isPeriodChoice(kept.choice) ? kept.choice : undefined;
  } catch {
    return undefined;
  }
}
