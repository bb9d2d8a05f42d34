import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../src/homework/role.ts';
import { type RolePart, roleParts, roleSees } from '../../../src/http/access/role-sees.ts';
import { assignPlan, stepOf } from '../app/app-homework.ts';
import {
  type App,
  clinician,
  codeOf,
  coordinator,
  integration,
  openApp,
  patient,
  type Tab,
} from '../smart/open-app.ts';

/** Where each part would be seen, and by what words there; `undefined`: nobody is asked there. */
const asked: Readonly<Record<RolePart, { readonly path: string; readonly mark: string }>> = {
  homework: { path: '/patient', mark: 'barrier-mark' },
  shared: { path: '/patient', mark: 'shared-mark' },
  withheld: { path: '/patient', mark: 'withheld-mark' },
  draft: { path: '/patient', mark: 'draft-mark' },
  reports: { path: '/patient', mark: '"reports":[{' },
  safety: { path: '/patient', mark: '"harm-to-others"' },
  standing: { path: '/patient', mark: '"ledger":[{' },
  ehrWords: { path: '/ledger/summary', mark: '"counts"' },
  list: { path: '/roster', mark: '"rows":[{' },
  connection: { path: '/ledger/check', mark: '"check"' },
};

let app: App;
let tabs: Record<Role, Tab>;
beforeAll(async () => {
  app = await openApp();
  const therapist = await app.signIn(clinician);
  const plan = await assignPlan(app, therapist);
  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
  tabs = {
    clinician: await app.signIn(clinician),
    patient: await app.signIn(patient),
    coordinator: await app.signIn(coordinator),
    integration: await app.signIn(integration),
  };
  const post = async (tab: Tab, path: string, body: object, method = 'POST') => {
    const answer = await app.call(tab, method, `/app/v1${path}`, body);
    expect(answer.status, answer.text).toBeLessThan(300);
    return answer;
  };
  const step = stepOf(plan, '1').id;
  const answers = { situation: 'shared-mark', prediction: 'withheld-mark', 'belief-before': 50, 'suds-before': 40 };
  await post(tabs.patient, `/assignments/${step}/logs`, { id: randomUUID(), answers, withheld: ['prediction'] });
  const draft = { assignmentId: step, answers: { situation: 'draft-mark' } };
  await post(tabs.patient, `/drafts/${randomUUID()}`, draft, 'PUT');
  await post(tabs.patient, `/assignments/${step}/barriers`, { code: 'fear', text: 'barrier-mark' });
  await post(tabs.clinician, '/safety-signals', { rule: 'harm-to-others' });
  const preview = await post(tabs.clinician, `/plans/${plan.plan.id}/reports/preview`, {});
  const { digest } = preview.body as { digest: string };
  await post(tabs.clinician, `/plans/${plan.plan.id}/reports`, { digest });
  await post(tabs.coordinator, '/open-patient', { patientId: 'sarah' });
});
afterAll(() => app.close());

const cells = (Object.keys(roleSees) as Role[]).flatMap((role) =>
  (Object.keys(roleParts) as RolePart[]).map((part) => ({ role, part, sight: roleSees[role][part] })),
);

describe('each cell of the table of what a role sees', () => {
  it.each(cells)('$role, $part: $sight', async ({ role, part, sight }) => {
    const { path, mark } = asked[part];
    const answer = await app.call(tabs[role], 'GET', `/app/v1${path}`);
    if (answer.status !== 200) {
      expect([answer.status, codeOf(answer)]).toEqual([403, 'forbidden']);
    }
    // of the tenant, ids and states are shown, at an address of their own
    const shown =
      part === 'standing' && sight === 'tenant'
        ? await app.call(tabs[role], 'POST', '/app/v1/ledger/search', {})
        : answer;
    const there = shown.text.includes(part === 'standing' && sight === 'tenant' ? '"state"' : mark);
    expect(there, shown.text.slice(0, 300)).toBe(sight !== 'no');
  });
});
