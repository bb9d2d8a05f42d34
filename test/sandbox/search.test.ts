import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox, survey, task } from './open-sandbox.ts';

const SYSTEM = 'https://example.org/id';

let ehr: OpenSandbox;
let plan: Json;
let parent: Json;
let child: Json;
beforeAll(async () => {
  ehr = await openSandbox();
  const create = async (body: Json) => (await ehr.fhir('native', 'POST', `/${body.resourceType}`, { body })).body;
  parent = await create(
    task({
      identifier: [{ system: SYSTEM, value: 'parent' }],
      groupIdentifier: { system: SYSTEM, value: 'plan-1' },
      businessStatus: { coding: [{ system: 'https://example.org/bs', code: 'assigned' }], text: 'Assigned to Sarah' },
      authoredOn: '2026-03-01T15:30:00-05:00',
    }),
  );
  child = await create(
    task({
      partOf: [{ reference: `Task/${parent.id}` }],
      status: 'completed',
      authoredOn: '2026-03-04T10:00:00-05:00',
    }),
  );
  plan = await create({
    resourceType: 'CarePlan',
    status: 'active',
    intent: 'plan',
    subject: { reference: 'Patient/sarah' },
    period: { start: '2026-03-01' },
    activity: [{ reference: { reference: `Task/${parent.id}` } }],
  });
  const response = await create({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: 'https://example.org/Questionnaire/log|1',
    basedOn: [{ reference: `CarePlan/${plan.id}` }],
    subject: { reference: 'Patient/sarah' },
    authored: '2026-03-02T10:05:00-05:00',
    item: [{ linkId: 'suds', text: 'Distress', answer: [{ valueInteger: 75 }] }],
  });
  const derivedFrom = [{ reference: `QuestionnaireResponse/${response.id}` }];
  for (const [day, value] of [
    ['02', 75],
    ['04', 70],
    ['09', 70],
  ] as const) {
    await create(survey({ effectiveDateTime: `2026-03-${day}T10:00:00-05:00`, valueInteger: value, derivedFrom }));
  }
});
afterAll(() => ehr.close());

const search = (path: string, headers: Record<string, string> = {}) => ehr.fhir('native', 'GET', path, { headers });
const total = async (path: string) => (await search(path)).body.total;

describe('parameters by their R4 names', () => {
  it.each([
    ['/Task?identifier=https://example.org/id|parent', 1],
    ['/Task?identifier=parent', 1],
    ['/Task?identifier=https://other.example|parent', 0],
    ['/Task?group-identifier=https://example.org/id|plan-1', 1],
    ['/Task?business-status=assigned', 1],
    ['/Task?business-status:text=assigned', 1],
    ['/Task?patient=sarah', 2],
    ['/Task?patient=Patient/sarah&status=completed', 1],
    ['/Task?status=completed,requested', 2],
    ['/Task?status:not=completed', 1],
    ['/Task?subject:Patient=sarah', 2],
    ['/Task?part-of:missing=true', 1],
    ['/Task?authored-on=2026-03-01', 1],
    ['/Task?authored-on=ge2026-03-02', 1],
    ['/Task?authored-on=lt2026-03-01T15:30:00-05:00', 0],
    ['/Observation?date=2026-03-02', 1],
    ['/Observation?date=ge2026-03-02&date=lt2026-03-09', 2],
    ['/Observation?code=https://example.org/codes|suds', 3],
    ['/Observation?code=https://example.org/codes|', 3],
    ['/Observation?category=survey', 3],
    ['/QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/log', 1],
    ['/QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/log|2', 0],
    ['/QuestionnaireResponse?authored=2026-03-02', 1],
    ['/Patient?name=whit', 1],
    ['/Patient?name=ines', 1],
    ['/Patient?birthdate=1991', 1],
    ['/Patient?family:exact=whitfield', 0],
    ['/Encounter?patient=sarah&date=ge2026-03-25&status=in-progress', 1],
    ['/CarePlan?date=2026-04', 0],
    ['/CarePlan?date=ge2026-03-01', 1],
  ])('%s → %i', async (path, expected) => {
    expect(await total(path)).toBe(expected);
  });

  it('finds by reference parameters', async () => {
    expect(await total(`/Task?part-of=Task/${parent.id}`)).toBe(1);
    expect(await total(`/Task?part-of=${ehr.base('native')}/Task/${parent.id}`)).toBe(1);
    expect(await total(`/CarePlan?activity-reference=Task/${parent.id}`)).toBe(1);
    expect(await total(`/QuestionnaireResponse?based-on=${plan.id}`)).toBe(1);
    expect(await total(`/Task?_id=${parent.id},${child.id}`)).toBe(2);
    expect(await total(`/Task?_lastUpdated=ge${parent.meta.lastUpdated}`)).toBe(2);
  });

  it('composite: both parts within one element', async () => {
    expect(await total('/Observation?code-value-quantity=suds$75')).toBe(0);
    const quantity = { valueInteger: undefined, valueQuantity: { value: 30, unit: '%' } };
    await ehr.fhir('native', 'POST', '/Observation', {
      body: survey({ ...quantity, subject: { reference: 'Patient/ruth-abrams' } }),
    });
    expect(await total('/Observation?code-value-quantity=suds$ge30')).toBe(1);
    expect(await total('/Observation?code-value-quantity=suds$gt30')).toBe(0);
  });
});

describe('what is not understood', () => {
  it('strict → 400; lenient → left out and named', async () => {
    const strict = await search('/Task?due-date=2026', { prefer: 'handling=strict' });
    expect([strict.status, strict.body.resourceType]).toEqual([400, 'OperationOutcome']);
    const lenient = await search('/Task?due-date=2026&status=completed');
    const outcome = lenient.body.entry.find((entry: Json) => entry.search.mode === 'outcome');
    expect([lenient.body.total, outcome.resource.issue[0].diagnostics]).toEqual([
      1,
      expect.stringContaining('due-date'),
    ]);
    expect(lenient.body.link[0].url).not.toContain('due-date');
  });

  it.each(['/Task?authored-on=yesterday', '/Task?status:above=completed', '/Task?_count=many', '/Task?status='])(
    '%s → 400',
    async (path) => {
      expect((await search(path)).status).toBe(400);
    },
  );
});

describe('pages, order, includes', () => {
  it('pages by next links of its own origin until each was seen once', async () => {
    const seen: string[] = [];
    let url: string | undefined = `${ehr.base('native')}/Patient?_count=5`;
    let pages = 0;
    while (url !== undefined) {
      expect(new URL(url).origin).toBe(ehr.url);
      const page: Json = await ehr.fhir('native', 'GET', url.slice(ehr.base('native').length));
      seen.push(...page.body.entry.map((entry: Json) => entry.resource.id));
      url = page.body.link.find((link: Json) => link.relation === 'next')?.url;
      pages++;
    }
    expect([pages, seen.length, new Set(seen).size]).toEqual([3, 12, 12]);
  });

  it('sorts up and down', async () => {
    const dates = async (sort: string) =>
      (await search(`/Observation?patient=sarah&_sort=${sort}`)).body.entry.map((entry: Json) =>
        entry.resource.effectiveDateTime.slice(8, 10),
      );
    expect(await dates('date')).toEqual(['02', '04', '09']);
    expect(await dates('-date')).toEqual(['09', '04', '02']);
  });

  it('_summary=count has no entries; _total=none no total', async () => {
    const counted = await search('/Observation?patient=sarah&_summary=count');
    expect([counted.body.total, counted.body.entry]).toEqual([3, undefined]);
    expect((await search('/Observation?_total=none')).body.total).toBeUndefined();
  });

  it('_include and _revinclude', async () => {
    const modes = (bundle: Json) => bundle.entry.map((entry: Json) => [entry.resource.resourceType, entry.search.mode]);
    const forward = await search(`/CarePlan?_id=${plan.id}&_include=CarePlan:activity-reference`);
    expect(modes(forward.body)).toEqual([
      ['CarePlan', 'match'],
      ['Task', 'include'],
    ]);
    const both = await search(
      `/CarePlan?_id=${plan.id}&_include=CarePlan:activity-reference&_revinclude:iterate=Task:part-of&_revinclude=QuestionnaireResponse:based-on`,
    );
    expect(modes(both.body)).toEqual([
      ['CarePlan', 'match'],
      ['Task', 'include'],
      ['QuestionnaireResponse', 'include'],
      ['Task', 'include'],
    ]);
    expect(both.body.total).toBe(1);
  });

  it('POST _search asks the same', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const found = await ehr.fhir('native', 'POST', '/Task/_search', { body: 'status=completed', headers });
    expect(found.body.total).toBe(1);
  });
});
