import type { Bundle, QuestionnaireResponse, Reference, Task } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actingAs } from '../../src/record/actor.ts';
import { amendLog } from '../../src/record/use-cases/amend-log.ts';
import { retractLog } from '../../src/record/use-cases/retract-log.ts';
import { type Doors, ehrBase, openDoors, publicUrl } from './open-doors.ts';
import { planBody } from './sarah.ts';

let doors: Doors;
let planId: string;
let address: string;
let serial = 0;
const everything = 'system/*.cruds';

beforeAll(async () => {
  doors = await openDoors();
});
beforeEach(async () => {
  doors.test.subjects.clear();
  doors.test.setTime('2026-03-01T15:00:00.000Z');
  const token = await doors.token('north');
  const body = { ...planBody, sourceId: `door-${++serial}` };
  const { plan } = (await doors.call('POST', '/api/v1/plans', { token, body })).body as { plan: { id: string } };
  planId = plan.id;
  doors.test.setTime('2026-03-02T16:00:00.000Z');
  address = addressesIn(await tasks(everything))[0] ?? '';
});
afterAll(() => doors.close());

/** Task and all that may come along with it, by this scope. */
async function tasks(scope: string, query = ''): Promise<string> {
  const token = await doors.token('north', scope);
  const path = `/fhir/north/Task?group-identifier=${encodeURIComponent(`https://intersession.dev/id/plan|${planId}`)}`;
  return (await doors.call('GET', `${path}${query}`, { token })).text;
}

const addressesIn = (text: string) =>
  [...text.matchAll(/"(https:\/\/[^"]*\/response\/[^"]*)"/g)].map(([, url = '']) => url.slice(publicUrl.length));

const filled: QuestionnaireResponse = {
  resourceType: 'QuestionnaireResponse',
  questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
  status: 'completed',
  item: [
    { linkId: 'situation', answer: [{ valueString: 'Monday team meeting' }] },
    { linkId: 'belief-before', answer: [{ valueInteger: 90 }] },
    { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueInteger: 75 }] }] },
  ],
};
const send = (change: object = {}, to = address) => doors.call('POST', to, { body: { ...filled, ...change } });
const situation = (text: string) => ({ item: [{ linkId: 'situation', answer: [{ valueString: text }] }] });
const logs = async () => {
  const sql = 'select id, status, body::text || items::text as text from log where plan_id = $1';
  return (await doors.test.database.query<{ id: string; status: string; text: string }>(sql, [planId])).rows;
};

describe('the address of a response endpoint', () => {
  const reading = 'system/Task.rs';
  it.each([[reading], ['system/*.rs'], ['system/Task.rs system/QuestionnaireResponse.rud'], ['system/Task.cruds']])(
    'is not given to who has %s',
    async (scope) => {
      for (const query of [
        '',
        '&_elements=input',
        '&_include=Task:part-of',
        '&_summary=data',
        '&_revinclude=Task:part-of',
      ]) {
        const text = await tasks(scope, query);
        expect([query, addressesIn(text)]).toEqual([query, []]);
        expect(text).not.toContain('"valueUrl"');
      }
      const token = await doors.token('north', scope);
      const { entry = [] } = JSON.parse(await tasks(scope)) as Bundle<Task>;
      expect(entry.length).toBeGreaterThan(6);
      for (const { resource } of entry) {
        const { text } = await doors.call('GET', `/fhir/north/Task/${resource?.id}?_pretty=true`, { token });
        expect(text).not.toContain('/response/');
        expect(text).toContain('"input"');
        // what an occurrence's profile asks for stands there, and says that its address is not shown
        const isOccurrence = resource?.meta?.profile?.some((url) => url.endsWith('/homework-occurrence')) ?? false;
        expect(text.includes('response-endpoint') && text.includes('"valueCode": "masked"')).toBe(isOccurrence);
      }
    },
  );

  it('comes along with nothing else', async () => {
    const scope = 'system/*.rs';
    const token = await doors.token('north', scope);
    for (const path of [
      `CarePlan?_id=${planId}&_include=CarePlan:activity-reference`,
      'QuestionnaireResponse?_revinclude=Task:output',
      'Observation?_include=Observation:focus',
    ]) {
      expect((await doors.call('GET', `/fhir/north/${path}`, { token })).text).not.toContain('/response/');
    }
    expect((await doors.call('GET', `/api/v1/plans/${planId}`, { token })).text).not.toContain('/response/');
  });

  it('is given to who may write responses', async () => {
    expect(addressesIn(await tasks('system/Task.rs system/QuestionnaireResponse.c'))).toEqual([address]);
  });
});

describe('what is answered there', () => {
  it.each<[string, Reference]>([
    ['source', { reference: 'Practitioner/dr-okafor' }],
    ['source', { reference: `${ehrBase}/Practitioner/dr-okafor` }],
    ['source', { reference: 'PractitionerRole/7' }],
    ['source', { reference: 'Patient/marcus' }],
    ['source', { type: 'Practitioner', identifier: { system: 'http://npi.example', value: '1' } }],
    ['author', { reference: 'Practitioner/dr-okafor' }],
    ['author', { reference: 'PractitionerRole/7' }],
    ['author', { reference: 'Organization/clinic' }],
    ['author', { reference: 'https://other.example/fhir/Practitioner/9' }],
    ['author', { type: 'Practitioner', display: 'Dr. Okafor' }],
    ['author', { reference: '#who' }],
  ])('is not said by somebody else: %s %j', async (element, who) => {
    const contained = [{ resourceType: 'Practitioner', id: 'who' }];
    const answer = await send({ [element]: who, contained });
    expect([answer.status, answer.text.includes(`QuestionnaireResponse.${element}`)]).toEqual([400, true]);
    expect(answer.text).not.toMatch(/okafor/i);
    expect(await logs()).toEqual([]);
  });

  it.each<[string, Reference, string]>([
    ['source', { reference: 'RelatedPerson/sister' }, 'RelatedPerson/sister'],
    ['source', { reference: `${publicUrl}/fhir/north/RelatedPerson/sister` }, 'RelatedPerson/sister'],
    ['author', { reference: 'RelatedPerson/sister' }, 'RelatedPerson/sister'],
    ['encounter', { reference: 'Encounter/7' }, 'Encounter/7'],
    ['basedOn', { reference: `${ehrBase}/Task/900` }, 'Task/900'],
    ['basedOn', { reference: 'Task/901' }, 'Task/901'],
    ['partOf', { reference: 'Procedure/3' }, 'Procedure/3'],
  ])('is not about what the EHR says is another patient’s: %s %j', async (element, named, inEhr) => {
    const value = element === 'basedOn' || element === 'partOf' ? [named] : named;
    doors.test.subjects.set(inEhr, 'marcus');
    expect((await send({ [element]: value })).status).toBe(400);
    expect(await logs()).toEqual([]);
    doors.test.subjects.set(inEhr, 'sarah');
    expect((await send({ [element]: value })).status).toBe(201);
  });

  it('is taken from a relative, whom the EHR does not know, and from a machine', async () => {
    const source = { reference: 'RelatedPerson/sister' };
    expect((await send({ source, author: { reference: 'Device/renderer' } })).status).toBe(201);
    expect((await logs())[0]?.text).toContain('RelatedPerson/sister');
  });

  it('names the patient as they were called until two were merged', async () => {
    await doors.test.database.query(
      `insert into patient_merge (tenant, from_patient_id, to_patient_id, confirmed_by, reason, confirmed_at, plans, artefacts)
       values ('north', 'sarah-old', 'sarah', 'Practitioner/1', 'test', now(), 0, 0)`,
    );
    const old = { reference: 'Patient/sarah-old' };
    expect((await send({ subject: { reference: 'Patient/sarah-older' } })).status).toBe(400);
    expect((await send({ subject: old, source: old, author: old })).status).toBe(201);
  });

  it('may not name so much that asking for it would hold up the EHR', async () => {
    const basedOn = Array.from({ length: 300 }, (_, index) => ({ reference: `Task/${index}` }));
    expect((await send({ basedOn })).status).toBe(400);
  });
});

describe('what another form filler spells in its own way', () => {
  it('is read where it has one meaning, so that item 9 of a PHQ-9 raises by this door, too', async () => {
    const token = await doors.token('north');
    const step = { key: 'mood', kind: 'phq-9', title: 'PHQ-9', schedule: { type: 'once', by: '2026-03-20' } };
    const plan = { sourceId: `phq-${serial}`, patientId: 'marcus', author: 'Practitioner/dr-okafor', title: 'Mood' };
    const body = { ...plan, period: { start: '2026-03-02', end: '2026-04-12' }, assignments: [step] };
    const made = await doors.call('POST', '/api/v1/plans', { token, body });
    expect(made.status, made.text).toBe(201);
    planId = (made.body as { plan: { id: string } }).plan.id;
    const [to = ''] = addressesIn(await tasks(everything));
    const sent = { questionnaire: 'https://intersession.dev/fhir/Questionnaire/phq-9|1.0.0', subject: undefined };
    const item9 = (valueCoding: object) => [{ linkId: 'better-off-dead', answer: [{ valueCoding }] }];
    const signals = async () => {
      const sql = `select body->>'rule' as rule from safety_signal where patient_id = 'marcus'`;
      return (await doors.test.database.query<{ rule: string }>(sql)).rows.map(({ rule }) => rule);
    };
    for (const unread of [
      { display: 'Several days' },
      { system: 'urn:other', code: 'LA6569-3' },
      { code: 'several' },
    ]) {
      const refused = await send({ ...sent, item: item9(unread) }, to);
      expect([refused.status, refused.text.includes('better-off-dead')], JSON.stringify(unread)).toEqual([422, true]);
    }
    expect(await signals()).toEqual([]);
    const taken = await send({ ...sent, item: item9({ code: 'LA6569-3' }) }, to);
    expect([taken.status, taken.text.includes('http://loinc.org')], taken.text).toEqual([201, true]);
    expect(await signals()).toEqual(['phq-item-9']);
  });

  it('is a whole number where it is written as a decimal, and none where it has a part', async () => {
    const belief = (valueDecimal: number) => [
      ...situation('Monday').item,
      { linkId: 'belief-before', answer: [{ valueDecimal }] },
      { linkId: 'during', item: [{ linkId: 'suds-peak', answer: [{ valueDecimal: 75 }] }] },
    ];
    const refused = await send({ item: belief(89.5) });
    expect([refused.status, refused.text.includes('belief-before')]).toEqual([422, true]);
    expect((await send({ item: belief(90) })).status).toBe(201);
    expect((await logs())[0]?.text).toContain('"type": "integer", "value": 90');
  });
});

describe('a draft there', () => {
  const draft = (text: string) => send({ status: 'in-progress', ...situation(text) });

  it('is one, however often it is sent', async () => {
    const answers = [];
    for (const text of ['M', 'Mo', 'Mon', 'Mo', 'Mo']) answers.push(await draft(text));
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200]);
    const kept = await logs();
    expect(kept.map(({ status }) => status)).toEqual(['in-progress']);
    expect(answers.every(({ headers }) => headers.get('location')?.includes(kept[0]?.id ?? '?'))).toBe(true);
  });

  it('is one when two arrive at the same time', async () => {
    const answers = await Promise.all(['a', 'b', 'c'].map(draft));
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true);
    expect(await logs()).toHaveLength(1);
  });

  it('is completed by the response that follows, which is answered the same when it comes again', async () => {
    await draft('Mon');
    const first = await send();
    const again = await send();
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect((await logs()).map(({ status }) => status)).toEqual(['completed']);
    expect((await draft('late')).status).toBe(410);
  });

  it('is nobody’s but the form’s: no source system reads or ends it, and none is unlimited', async () => {
    await draft('okapi');
    const [log] = await logs();
    const token = await doors.token('north');
    expect((await doors.call('GET', `/fhir/north/QuestionnaireResponse/${log?.id}`, { token })).status).toBe(404);
    expect((await doors.call('POST', `/api/v1/logs/${log?.id}/complete`, { token })).status).toBe(404);
    const { text } = await doors.call('GET', `/api/v1/plans/${planId}`, { token });
    expect(text).not.toContain(log?.id);
  });

  it('that is given up again and again is heard five times', async () => {
    const statuses = [];
    for (const n of [1, 2, 3, 4, 5, 6]) statuses.push((await send({ status: 'stopped', ...situation(`${n}`) })).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 410]);
    expect(await logs()).toHaveLength(5);
    expect((await send()).status).toBe(201);
  });
});

describe('what was sent there, sent again after the patient has changed it in the app', () => {
  const patient = { type: 'user', userReference: 'Patient/sarah', role: 'patient', sessionId: 's' } as const;
  const change = {
    corrected: (logId: string) =>
      amendLog(actingAs(doors.test.record, patient), 'north', {
        ...{ logId, answers: { situation: 'okapi', 'belief-before': 13, 'suds-peak': 14 } },
      }),
    'taken back': (logId: string) => retractLog(actingAs(doors.test.record, patient), 'north', { logId }),
  };

  it.each(Object.keys(change) as (keyof typeof change)[])('shows nothing of how it stands now: %s', async (how) => {
    await send({ status: 'in-progress', ...situation('M') });
    const first = await send();
    expect(first.text).toContain('Monday team meeting');
    const [log] = await logs();
    await change[how](log?.id ?? '');
    for (const again of [await send(), await send({ status: 'in-progress', ...situation('M') })]) {
      expect([again.status, again.headers.get('etag')]).toEqual([200, null]);
      expect(again.headers.get('location')).toBe(`${publicUrl}/fhir/north/QuestionnaireResponse/${log?.id}`);
      expect(again.body).toMatchObject({ resourceType: 'OperationOutcome' });
      expect(again.text).not.toMatch(/okapi|Monday|entered-in-error|1[34]/);
    }
  });
});

describe('tries', () => {
  it('at one address are bounded, and nobody else’s are', async () => {
    const statuses = [];
    for (let n = 0; n < 31; n += 1) statuses.push((await send({ status: 'no such' })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    const { headers } = await send();
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    doors.test.setTime('2026-03-02T16:01:01.000Z');
    expect((await send()).status).toBe(201);
  });

  it('at addresses that are none are bounded by who tries', async () => {
    const few = await openDoors({ doorsPerMinute: 3 });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) {
      const answer = await few.call('POST', `/fhir/north/response/x.${n}/${'A'.repeat(43)}`, { body: filled });
      statuses.push(answer.status);
    }
    await few.close();
    expect(statuses).toEqual([404, 404, 404, 429, 429]);
  });
});
