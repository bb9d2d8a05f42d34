import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { StandingView } from '../../contract/app/patient-homework.ts';
import type { LandingRow } from '../../contract/landing.ts';
import { defined } from '../../foundation/defined.ts';
import { canonicalOf } from '../../kinds/canonical-of.ts';
import { currentVersion } from '../../kinds/kind.ts';
import type { KindRegister, RegisteredVersion } from '../../kinds/kind-register.ts';
import { libraryPlans } from '../../kinds/library/registry.ts';
import { kindsOfPlan } from '../../kinds/own/kinds-of-plan.ts';
import { type KnownStanding, readStanding } from '../../record/patient/read-standing.ts';
import { type ReadPlan, readPlans } from '../../record/store/read-plans.ts';
import { rolesThatSee, seesOfOpenPatient } from '../access/role-sees.ts';
import { type AppCall, defineAppRoute } from './app-route.ts';
import { kindForApp } from './kind-for-app.ts';
import { openPatientOf } from './open-record-of.ts';
import { readerOf } from './plan-for-reader.ts';
import { plansForSession } from './plans-for-session.ts';
import { showSafety } from './safety-routes.ts';
import { signalsWait } from './signals-wait.ts';
import { visitsView } from './visits-view.ts';

/** An EHR that is slow to say what it takes must not keep the page waiting. */
const landingsWithinMs = 1_000;

export const patientHomeworkRoutes = [
  defineAppRoute({
    method: 'get',
    path: '/patient',
    // a coordinator's patient is the one that they opened, with their own token
    roles: rolesThatSee('homework'),
    writes: false,
    query: z.strictObject({ all: z.literal('true').exactOptional() }),
    async handle(call) {
      const { record, tenant, session } = call;
      const patientId = openPatientOf(call);
      const reader = readerOf(call);
      const [views, landings, clock, safety, wait] = await Promise.all([
        readPlans(record, tenant.id, { patientId, reader, all: call.query.all === 'true' }),
        landingsOf(call),
        record.clockOf(tenant.id),
        seesOfOpenPatient(session.role, 'safety') ? showSafety(call) : undefined,
        session.role === 'patient' && signalsWait(call, { ask: false }),
      ]);
      const standing = await readStanding(record.database, tenant.id, patientId);
      const { patient = { id: patientId, name: '' } } = session.sealed;
      const authors = views.flatMap(({ plan: { author } }) => author ?? []);
      const visits = { at: clock.now().toISOString(), timeZone: tenant.timeZone ?? 'UTC', authors };
      const versions = versionsFor(record.kinds, views);
      return {
        status: 200,
        body: {
          now: clock.now().toISOString(),
          patient,
          plans: await plansForSession(call, views),
          kinds: versions.map((version) => kindForApp(version, session.role)),
          questionnaires: Object.fromEntries(
            versions.map(({ canonical, questionnaire }) => [canonical, questionnaire]),
          ),
          ...(session.role === 'clinician' ? { libraryPlans } : {}),
          ...standingView(standing, reader),
          ...defined({ safety }),
          ...(wait ? { signalsWait: true } : {}),
          ...visitsView(session, visits),
          landings: landings.map(({ artefact, landing, bySite }) => ({ artefact, landing, ...defined({ bySite }) })),
          whoSees: whoSees(tenant.name, landings),
        },
      };
    },
  }),
];

/**
 * The current version of every kind, and whatever older one or form of their own these plans name: each assignment and log is shown by its own. One
 * that this service does not have is left out, and the app says so.
 */
function versionsFor(kinds: KindRegister, views: readonly ReadPlan[]): readonly RegisteredVersion[] {
  const current = kinds.kinds.map((kind) => canonicalOf(currentVersion(kind).questionnaire));
  const steps = views.flatMap(({ assignments }) => assignments);
  const used = [...steps, ...views.flatMap(({ logs }) => logs)].map(({ questionnaire }) => questionnaire);
  const shown = new Set([...current, ...used]);
  return kindsOfPlan(kinds, steps).versions.filter(({ canonical }) => shown.has(canonical));
}

/** How the patient stands in the EHR, where there is something to say; other records' ids are for staff. */
function standingView(
  { state, survivorId, movedTo, deceased, learnedAt }: KnownStanding,
  reader: ReturnType<typeof readerOf>,
): { readonly standing?: StandingView } {
  if (state === 'current' && deceased === undefined) return {};
  const survivor = reader === 'patient' ? undefined : (movedTo ?? survivorId);
  return {
    standing: {
      ...{ state, confirmed: movedTo !== undefined },
      ...defined({ survivorId: survivor, deceased, learnedAt }),
    },
  };
}

async function landingsOf({ options, tenant }: Pick<AppCall, 'options' | 'tenant'>): Promise<readonly LandingRow[]> {
  const late = wait(landingsWithinMs, undefined, { ref: false });
  return (await Promise.race([options.landings?.(tenant.id).catch(() => undefined), late])) ?? [];
}

/** Who reads what a patient writes, in words that are true of this EHR. */
function whoSees(clinic: string, landings: readonly LandingRow[]): string {
  const log = landings.find(({ artefact }) => artefact === 'log')?.landing;
  const staff = `Once you send it, your clinician and care team at ${clinic} can read it.`;
  if (log === undefined) return staff;
  return log === 'app-only'
    ? `${staff} It stays in this app and does not go into your hospital record.`
    : `${staff} It then also becomes part of your hospital record there.`;
}
