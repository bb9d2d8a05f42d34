import type { ReactNode } from 'react';
import { ClinicianContext, type ClinicianPages } from '../../smart-app/src/clinician/clinician-context.ts';
import { PatientContext } from '../../smart-app/src/patient/patient-context.ts';
import { isRunning } from '../../smart-app/src/plan/steps.ts';
import { AppSessionProvider } from '../../smart-app/src/session/app-session.tsx';
import type { LocalCopy } from '../../smart-app/src/session/local-copy.ts';
import type { StoredSession } from '../../smart-app/src/session/session-store.ts';
import type { PatientHomework } from '../../src/contract/app/patient-homework.ts';
import type { PlanView } from '../../src/contract/app/plan-view.ts';

export const place = { timeZone: 'America/New_York', language: 'en-US' };
export const now = '2026-03-25T19:00:00.000Z';
export const okafor = 'Practitioner/dr-okafor';

const drafts: LocalCopy = {
  find: () => [],
  peek: () => [],
  keep: () => undefined,
  drop: () => undefined,
  unsent: () => false,
  where: () => undefined,
  watch: () => () => undefined,
  written: async () => undefined,
  wipe: async () => undefined,
};
const session = {
  ...{ session: 'opaque', launchId: 'l', expiresAt: '2027-01-01T00:00:00.000Z', role: 'clinician', canWrite: true },
  ...{ user: { reference: okafor }, needPatientBanner: false },
  tenant: { id: 'sandbox', name: 'Harbor Clinic', ...place, sandbox: true, now },
} as StoredSession;

interface Around {
  readonly homework: PatientHomework;
  readonly view: PlanView;
  /** By default the reader may do everything that the plan permits. */
  readonly mayWrite?: boolean;
  readonly children: ReactNode;
}

/** What stands around a page of the clinician's or the patient's view; nothing is asked of the service. */
export function PagesAround({ homework, view, mayWrite = true, children }: Around) {
  const change = async () => undefined;
  const open = () => undefined;
  const forPlan = (of: PlanView): ClinicianPages => ({
    ...{
      homework,
      plans: homework.plans,
      view: of,
      place,
      mayChange: mayWrite && isRunning(of),
      mayWrite,
      change,
      open,
      forPlan,
    },
  });
  return (
    <AppSessionProvider session={session} drafts={drafts} onLeft={open}>
      <ClinicianContext value={forPlan(view)}>
        <PatientContext
          value={{ homework, place, open, change, reload: open, earlier: { load: open, loading: false } }}
        >
          {children}
        </PatientContext>
      </ClinicianContext>
    </AppSessionProvider>
  );
}
