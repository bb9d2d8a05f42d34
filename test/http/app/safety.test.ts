import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { opened } from '../access/crawl-doors.ts';
import { type App, clinician, codeOf, coordinator, openApp, patient, type Tab } from '../smart/open-app.ts';
import { assignPlan, stepOf } from './app-homework.ts';

const route = { name: 'On-call therapist', phone: '555-0100' };
let app: App;
let therapist: Tab;
let sarah: Tab;
let reyes: Tab;
let step: string;
beforeAll(async () => {
  app = await openApp({ tenant: { safetyRoute: route } });
  therapist = await app.signIn(clinician);
  sarah = await app.signIn(patient);
  reyes = await app.signIn(coordinator);
  step = stepOf(await assignPlan(app, therapist), '1').id;
});
afterAll(() => app.close());

const pageShape = z.looseObject({
  safety: z.looseObject({ open: z.array(z.looseObject({ id: z.string(), rule: z.string() })) }).optional(),
  kinds: z.array(z.looseObject({ slug: z.string(), safety: z.array(z.unknown()).optional() })),
});
const pageWithPlans = z.object({ plans: z.array(z.object({ plan: z.object({ id: z.string() }) })) });
const pageOf = async (tab: Tab) => pageShape.parse((await app.call(tab, 'GET', '/app/v1/patient')).body);
const raise = (tab: Tab, rule: string) => app.call(tab, 'POST', '/app/v1/safety-signals', { rule });

describe('safety in the app', () => {
  it('raises a signal by the draft that the patient saved, and shows it to staff with whom to call', async () => {
    const draft = { assignmentId: step, answers: { 'self-harm-thoughts': true } };
    const saved = await app.call(sarah, 'PUT', '/app/v1/drafts/4d7c2f0e-0000-4000-8000-000000000001', draft);
    expect(saved.status).toBe(200);
    expect((await pageOf(therapist)).safety).toMatchObject({
      open: [{ rule: 'self-harm-thoughts', words: 'Thoughts of harming oneself', evidence: [{ value: true }] }],
      route,
    });
    const own = await pageOf(sarah);
    expect(own.safety).toBeUndefined();
    expect(own.kinds.find(({ slug }) => slug === 'self-monitoring')?.safety).toHaveLength(1);
    expect((await app.call(sarah, 'GET', '/app/v1/patient')).text).not.toContain('"artefact":"safety"');
  });

  it('lets the patient say that they are not safe, and nothing else of the sort', async () => {
    expect(await raise(sarah, 'not-safe-now')).toMatchObject({ status: 200, body: { reaches: true } });
    expect(codeOf(await raise(sarah, 'other-concern'))).toBe('forbidden');
    expect((await pageOf(therapist)).safety?.open.map(({ rule }) => rule)).toContain('not-safe-now');
  });

  it('puts such patients first on the worklist, with whom to call, and shows that somebody was in touch', async () => {
    const listed = await app.call(reyes, 'GET', '/app/v1/roster');
    expect(listed.body).toMatchObject({
      rows: [{ patientId: 'sarah', signals: expect.arrayContaining(['safety']), openSignals: 2 }],
      counts: { safety: 1 },
      safetyRoute: route,
    });
    await app.call(reyes, 'POST', '/app/v1/contacts', { patientId: 'sarah', note: 'Reached; she is with her sister' });
    expect((await pageOf(therapist)).safety).toMatchObject({ contact: { note: 'Reached; she is with her sister' } });
    expect((await app.call(reyes, 'GET', '/app/v1/roster?filter=safety')).body).toMatchObject({
      rows: [{ patientId: 'sarah', contact: { note: 'Reached; she is with her sister' } }],
    });
  });

  it('is closed by the clinician, with a reason, and by nobody else', async () => {
    const { safety } = await pageOf(therapist);
    const [first] = safety?.open ?? [];
    const close = (tab: Tab, body: object, id = first?.id) =>
      app.call(tab, 'POST', `/app/v1/safety-signals/${id}/close`, body);
    expect(codeOf(await close(sarah, { reason: 'I am fine' }))).toBe('forbidden');
    expect(codeOf(await close(reyes, { reason: 'x' }))).toBe('forbidden');
    expect(codeOf(await close(therapist, { reason: ' ' }))).toBe('invalid-request');
    const other = await app.signIn({ ...clinician, patient: 'marcus' });
    expect(codeOf(await close(other, { reason: 'x' }))).toBe('unknown-artefact');
    const closed = await close(therapist, { reason: 'Talked; safety plan made' });
    expect(closed).toMatchObject({
      status: 200,
      body: { signal: { status: 'closed', closedBy: 'Practitioner/dr-okafor' } },
    });
    expect(codeOf(await close(therapist, { reason: 'again' }))).toBe('signal-closed');
    const { safety: after } = await pageOf(therapist);
    expect(after?.open).toHaveLength(1);
    // what was closed is told to whoever sees the patient after it, with its reason; to the patient nothing of it
    const told = { id: first?.id, status: 'closed', closeReason: 'Talked; safety plan made' };
    expect(after?.closed).toMatchObject([told]);
    expect(await pageOf(sarah)).not.toHaveProperty('safety');
    const { plans } = pageWithPlans.parse((await app.call(therapist, 'GET', '/app/v1/patient')).body);
    const note = await app.call(therapist, 'POST', `/app/v1/plans/${plans[0]?.plan.id}/reports/preview`, {});
    expect(JSON.stringify(note.body)).toMatch(/Closed safety signals.*Reason: Talked; safety plan made/);
  });

  it('takes a worry of staff: the clinician’s, and the coordinator’s who has opened the patient', async () => {
    expect(codeOf(await raise(reyes, 'other-concern'))).toBe('forbidden');
    await app.call(reyes, 'POST', '/app/v1/open-patient', { patientId: 'sarah' });
    expect((await raise(reyes, 'other-concern')).status).toBe(201);
    expect((await raise(therapist, 'other-concern')).body).toMatchObject({
      signal: {
        evidence: [
          { by: { type: 'person', reference: 'Practitioner/coordinator-reyes' } },
          { by: { type: 'person', reference: 'Practitioner/dr-okafor' } },
        ],
      },
    });
  });

  it('keeps what was seen or said beside it, and tells staff, the chart and no log', async () => {
    const marcus = await app.signIn({ ...clinician, patient: 'marcus' });
    await assignPlan(app, marcus);
    const say = (text: unknown) => app.call(marcus, 'POST', '/app/v1/safety-signals', { rule: 'harm-by-others', text });
    const text = 'Bruises on both arms.\n“Fell”, he said.';
    expect(await say(`  ${text} `)).toMatchObject({ status: 201, body: { signal: { evidence: [{ text }] } } });
    expect((await pageOf(marcus)).safety).toMatchObject({ open: [{ evidence: [{ text }] }] });
    for (const wrong of ['', '   ', 'x'.repeat(2001), 7]) {
      const refused = await say(wrong);
      expect([refused.status, refused.text.includes('text')]).toEqual([400, true]);
    }
    expect((await say('x'.repeat(2000))).status).toBe(201);
    const { rows } = await app.doors.test.record.database.query<{ content: string }>(
      `select content::text as content from resource where content::text like '%Bruises on both arms%'`,
    );
    expect(rows.map(({ content }) => (JSON.parse(content) as { resourceType: string }).resourceType)).toEqual(['Flag']);
    const { rows: notes } = await app.doors.test.record.database.query<{ content: string }>(
      `select content::text as content from resource where type = 'DocumentReference' and patient_id = 'marcus'`,
    );
    const texts = notes.map(({ content }) => opened(content));
    expect(texts).toContainEqual(expect.stringContaining('Bruises on both arms.'));
    const own = await app.call(
      await app.signIn({ user: 'Patient/marcus', patient: 'marcus' }),
      'GET',
      '/app/v1/patient',
    );
    expect([own.status, own.text]).toEqual([200, expect.not.stringContaining('Bruises')]);
    expect(app.doors.log()).not.toMatch(/Bruises/);
  });
});
