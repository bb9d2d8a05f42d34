import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type App, clinician, openApp, type Tab } from '../smart/open-app.ts';
import { assignPlan, type ShownPlan, stepOf } from './app-homework.ts';

/** Between the time at which something is due and the next sweep, which comes each minute, screen and note say the same. */
let app: App;
let therapist: Tab;
let plan: ShownPlan;
beforeAll(async () => {
  app = await openApp();
  app.doors.test.setTime('2026-03-01T15:00:00.000Z');
  therapist = await app.signIn(clinician);
  plan = await assignPlan(app, therapist);
});
afterAll(() => app.close());

const shown = z.object({
  plans: z.array(
    z.looseObject({
      occurrences: z.array(z.looseObject({ assignmentId: z.string(), status: z.string(), dueUntil: z.string() })),
      assignments: z.array(z.looseObject({ key: z.string(), businessStatus: z.string() })),
      adherence: z.array(
        z.looseObject({ counts: z.looseObject({ due: z.number(), done: z.number(), missed: z.number() }) }),
      ),
    }),
  ),
});
const note = z.looseObject({ text: z.string(), digest: z.string(), from: z.string(), to: z.string() });
const screen = async () => {
  const view = shown.parse((await app.call(therapist, 'GET', '/app/v1/patient')).body).plans[0];
  if (view === undefined) throw new Error('no plan');
  const [whole] = view.adherence;
  const statuses = view.occurrences
    .filter(({ assignmentId }) => assignmentId === stepOf(plan, '1').id)
    .map(({ status }) => status);
  return {
    view,
    counts: whole?.counts,
    statuses,
    step: view.assignments.find(({ key }) => key === '1')?.businessStatus,
  };
};
const read = async () =>
  note.parse((await app.call(therapist, 'POST', `/app/v1/plans/${plan.plan.id}/reports/preview`, {})).body);
const hourAfter = (time: string | undefined) => new Date(Date.parse(time ?? '') + 3_600_000).toISOString();

describe('an hour after a time that nobody has swept yet', () => {
  it('was due: overdue on the screen and in the note, which can be filed as it was read', async () => {
    const due = (await screen()).view.occurrences.find(({ assignmentId }) => assignmentId === stepOf(plan, '1').id);
    app.doors.test.setTime(hourAfter(due?.dueUntil));
    therapist = await app.signIn(clinician);
    const { counts, statuses, step } = await screen();
    expect([counts?.done, counts?.due, step]).toEqual([0, statuses.length, 'overdue']);
    expect(new Set(statuses)).toEqual(new Set(['overdue']));
    const { text, digest, from, to } = await read();
    expect(text).toContain(`0 of ${counts?.due} done (0 %); ${counts?.due} overdue`);
    const filed = await app.call(therapist, 'POST', `/app/v1/plans/${plan.plan.id}/reports`, {
      from,
      to,
      digest,
      sign: true,
    });
    expect([filed.status, filed.text.includes(digest)]).toEqual([201, expect.any(Boolean)]);
    // and the record has it then, without a sweep
    const { rows } = await app.doors.test.record.database.query<{ status: string }>(
      `select body->>'status' as status from occurrence where id like $1`,
      [`${stepOf(plan, '1').id}%`],
    );
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['overdue']));
  });

  it('its late window closed: missed in both', async () => {
    const late = z.looseObject({ lateUntil: z.string() }).array();
    const { view } = await screen();
    const last = late
      .parse(view.occurrences)
      .map(({ lateUntil }) => lateUntil)
      .toSorted()
      .at(-1);
    app.doors.test.setTime(hourAfter(last));
    therapist = await app.signIn(clinician);
    const { counts, statuses } = await screen();
    expect(new Set(statuses)).toEqual(new Set(['missed']));
    expect((await read()).text).toContain(`${counts?.missed} missed`);
    expect((await read()).text).not.toContain('overdue');
  });
});
