import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../../src/record/actor.ts';
import { fileReport } from '../../../src/record/use-cases/file-report.ts';
import { type Doors, openDoors } from '../open-doors.ts';
import { type SentPlan, sendPlan } from '../sarah.ts';

const heading = 'OPEN SAFETY SIGNALS';
const noFlag = [
  'DocumentReference',
  'Provenance',
  'CarePlan',
  'Task',
  'QuestionnaireResponse',
  'Observation',
  'Communication',
]
  .map((type) => `system/${type}.cruds`)
  .join(' ');
let doors: Doors;
let plan: SentPlan;
/** By whom the report was filed. */
const filed: Record<'clinician' | 'a' | 'product', string> = { clinician: '', a: '', product: '' };

const raise = (clientId: string, rule: string) =>
  doors
    .token('north', undefined, clientId)
    .then((token) => doors.call('POST', '/api/v1/safety-signals', { token, body: { patientId: 'sarah', rule } }));
const reportBy = async (clientId: string) => {
  const token = await doors.token('north', undefined, clientId);
  const body = { sourceId: `report-of-${clientId}` };
  return doors.call('POST', `/api/v1/plans/${plan.planId}/reports`, { token, body });
};

beforeAll(async () => {
  doors = await openDoors();
  plan = await sendPlan(doors, await doors.token('north', undefined, 'a'));
  await sendPlan(doors, await doors.token('north', undefined, 'b'), { title: 'Another’s plan' });
  doors.test.setTime('2026-03-02T15:00:00.000Z');
  await raise('b', 'harm-by-others');
  doors.test.setTime('2026-03-03T15:00:00.000Z');
  await raise('a', 'harm-by-others');
  await raise('b', 'harm-to-others');
  filed.a = ((await reportBy('a')).body as { id: string }).id;
  doors.test.setTime('2026-03-04T15:00:00.000Z');
  const userReference = 'Practitioner/dr-okafor';
  const clinician = { type: 'user', userReference, role: 'clinician', sessionId: 's' } as const;
  const by = { planId: plan.planId, author: clinician.userReference };
  filed.clinician = (await fileReport(actingAs(doors.test.record, clinician), 'north', by)).report.id;
  doors.test.setTime('2026-03-05T15:00:00.000Z');
  filed.product = ((await reportBy('product')).body as { id: string }).id;
  expect(Object.values(filed).every((id) => id.length > 30)).toBe(true);
}, 60_000);
afterAll(() => doors.close());

/** All that a token is answered of reports, by every door. */
async function read(clientId: string, scope?: string) {
  const token = await doors.token('north', scope, clientId);
  const get = (path: string) => doors.call('GET', path, { token });
  const found = await get('/fhir/north/DocumentReference?_revinclude=Provenance:target&_count=50');
  const { entry = [] } = found.body as { entry?: { resource: { content?: { attachment: { data?: string } }[] } }[] };
  const texts = entry.flatMap(({ resource: { content = [] } }) =>
    content.map(({ attachment: { data = '' } }) => Buffer.from(data, 'base64').toString()),
  );
  const counted = await get('/fhir/north/DocumentReference?_summary=count');
  const view = await get(`/api/v1/plans/${plan.planId}`);
  const seen: Record<string, unknown> = {};
  for (const [by, id] of Object.entries(filed)) {
    const document = await get(`/fhir/north/DocumentReference/${id}`);
    const pdf = await get(`/api/v1/reports/${id}/pdf`);
    const told = await get(`/fhir/north/Provenance?target=DocumentReference/${id}&_summary=count`);
    seen[by] = [document.status, pdf.status, found.text.includes(id), (told.body as { total: number }).total];
  }
  const inView = ((view.body as { reports?: { text: string }[] }).reports ?? []).map(({ text }) => text);
  return { seen, total: (counted.body as { total: number }).total, texts: [...texts, ...inView].join('\n') };
}

describe('a report that names open safety signals', () => {
  it('is not there for a token without Flag, whatever its client sees', async () => {
    for (const clientId of ['a', 'product']) {
      const { seen, total, texts } = await read(clientId, noFlag);
      const absent = [404, 404, false, 0];
      expect(seen).toEqual({ clinician: absent, a: absent, product: absent });
      expect(total).toBe(0);
      expect(texts).not.toContain(heading);
    }
  });

  it('is there for the system that filed it, and names only its own since its own evidence', async () => {
    const { seen, total, texts } = await read('a');
    expect(seen).toEqual({ clinician: [404, 404, false, 0], a: [200, 200, true, 1], product: [404, 404, false, 0] });
    expect(total).toBe(1);
    expect(texts).toContain(`${heading}\n- Harm by another person: raised Tue, Mar 3, 10:00 AM`);
    expect(texts).not.toMatch(/2 Mar 10:00|harm to others|Harm to/i);
  });

  it('is there for who sees the tenant', async () => {
    const { seen, total, texts } = await read('product');
    const there = [200, 200, true];
    expect(seen).toEqual({ clinician: [...there, 0], a: [...there, 1], product: [...there, 1] });
    // and a note of each signal
    expect(total).toBe(5);
    expect(texts).toContain('raised Mon, Mar 2, 10:00 AM');
  });

  it.each([
    ['was filed before that was kept as a fact', `body #- '{content,namesSignals}'`],
    ['was filed, or came back, without its content as data', `body - 'content'`],
    [
      'is written in another language',
      `jsonb_set(body, '{text}', to_jsonb(replace(body->>'text', '${heading}', 'OFFENE SIGNALE')))`,
    ],
  ])('is not there for who is told of none, also where it %s', async (_how, stored) => {
    const { database } = doors.test;
    const before = await database.query<{ id: string; body: object }>(
      `select id, body from report where tenant = 'north'`,
    );
    await database.query(`update report set body = ${stored} where tenant = 'north'`);
    const absent = [404, 404, false, 0];
    const seen = await Promise.all([read('a', noFlag), read('product', noFlag), read('a')]);
    for (const { id, body } of before.rows) {
      await database.query(`update report set body = $2::jsonb where tenant = 'north' and id = $1`, [
        id,
        JSON.stringify(body),
      ]);
    }
    expect(seen.map((each) => each.seen)).toEqual([
      { clinician: absent, a: absent, product: absent },
      { clinician: absent, a: absent, product: absent },
      { clinician: absent, a: [200, 200, true, 1], product: absent },
    ]);
  });

  it('is answered by its id alone to who files it again without Flag', async () => {
    const token = await doors.token('north', noFlag, 'a');
    const body = { sourceId: 'report-of-a' };
    const again = await doors.call('POST', `/api/v1/plans/${plan.planId}/reports`, { token, body });
    expect([again.status, again.body]).toEqual([200, { id: filed.a }]);
  });
});
