import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { storedTypes } from '../../../src/http/fhir/parse-include.ts';
import { type Clinic, openMarkedClinic, type Sort, words } from './marked-clinic.ts';

let clinic: Clinic;
/** What each door told each caller. */
let told: ReadonlyMap<string, string>;
beforeAll(async () => {
  clinic = await openMarkedClinic();
  told = await clinic.crawl();
}, 180_000);
afterAll(() => clinic.app.close());

const everyPage = ['patient: /patient', 'clinician: /patient', 'coordinator: /patient'];
const staffPages = everyPage.slice(1);
const notes = ['clinician: preview', 'clinician: preview pdf', 'clinician: report pdf'];
const lists = ['coordinator: /roster', 'coordinator: /roster/search'];
/** Where a source reads a type in FHIR: who made it, who sees the tenant, and who has no scope but that type's. */
const fhir = (type: string) => [`alpha: ${type}`, `gamma: ${type}`, `alpha with ${type}: ${type}`];
const both = (door: string) => [`alpha: ${door}`, `gamma: ${door}`];
/** A report that was filed: as a resource, in the plan's view, and as PDF. */
const filed = [
  ...[...both('/plans/{id}'), ...fhir('DocumentReference')],
  ...[...both('report pdf'), 'alpha with DocumentReference: report pdf', 'clinician: report pdf'],
];
/** What comes along with a plan when everything is asked for. */
const along = both('all included');

/** What of the app is read; a new one is to be crawled by `crawlDoors`, and named here. */
const doorsOfTheApp = [
  ...['/connection', '/copy-key', '/encounters', '/ledger/:artefact/:id', '/ledger/check', '/ledger/summary'],
  ...['/merges', '/own-name', '/patient', '/people', '/reports/:reportId/pdf', '/roster'],
];

/** Who is told what, by which door. Whatever is not named here is nowhere. `beta` made nothing, and is told nothing. */
const whoIsTold: Readonly<Record<Sort, readonly string[]>> = {
  plan: [
    ...[...everyPage, ...notes, ...lists, ...filed, ...along, ...both('/plans'), 'alpha with CarePlan: /plans'],
    ...fhir('CarePlan'),
  ],
  // a plan names its goals and its steps
  goal: [...everyPage, ...both('/plans/{id}'), ...along, ...fhir('CarePlan'), ...fhir('Goal')],
  task: [...everyPage, ...notes, ...lists, ...filed, ...along, ...fhir('CarePlan'), ...fhir('Task')],
  shared: [...everyPage, ...notes, ...filed, ...along, ...fhir('QuestionnaireResponse')],
  withheld: ['patient: /patient'],
  // what was filed while it was shared is in the chart, and stays as it was filed
  'withheld later': [...everyPage, ...filed],
  draft: ['patient: /patient'],
  'draft before it was sent': [],
  'draft thrown away': [],
  barrier: [...everyPage, ...notes, ...filed, ...along, ...fhir('Observation')],
  feedback: [...everyPage, ...notes, ...filed, ...along, ...fhir('Communication')],
  // raised and closed by a clinician: no source's own; staff read in the app, and a clinician in the next note, that it was closed and why
  'safety reason': [
    ...['gamma: /safety-signals', 'gamma: Flag', 'gamma: Task', 'gamma: DocumentReference'],
    ...['clinician: /patient', 'coordinator: /patient', 'clinician: preview', 'clinician: preview pdf'],
  ],
  // what was seen or said is no source's own; staff read it in the app
  'safety text': [
    ...['gamma: /safety-signals', 'gamma: Flag', 'gamma: DocumentReference'],
    ...['clinician: /patient', 'coordinator: /patient'],
  ],
  'contact note': [...staffPages, ...lists],
  'the EHR’s words': [
    ...[...both('/plans/{id}'), ...both('/ledger'), ...both('/ledger/plan/{id}')],
    'integration: a row of the ledger',
  ],
  // a PDF for a person names the patient; one for a system does not
  'the patient’s name': [
    ...everyPage,
    'patient: /own-name',
    ...lists,
    'clinician: preview pdf',
    'clinician: report pdf',
  ],
  report: [...staffPages, ...notes, ...filed],
};

describe('a text of each sort, through every door, for every caller', () => {
  it('has been looked for by each of them, and by nobody in particular', () => {
    const callers = new Set([...told.keys()].map((place) => place.split(':')[0]));
    expect([...callers].sort()).toEqual(
      [
        ...['patient', 'clinician', 'coordinator', 'integration', 'alpha', 'beta', 'gamma', 'nobody'],
        ...storedTypes.map((type) => `alpha with ${type}`),
      ].sort(),
    );
    for (const [place, text] of told) expect([place, text.length > 0]).toEqual([place, true]);
  });

  it('has been looked for at every door of the app that is read', () => {
    const { routes } = clinic.app.doors;
    const read = routes.filter(({ methods, path }) => path.startsWith('/app/v1/') && methods.includes('get'));
    const paths = read.map(({ path }) => path.replace('/app/v1', '')).sort();
    expect(paths, 'a new one is crawled in crawl-doors.ts, and named in `doorsOfTheApp`').toEqual(doorsOfTheApp);
  });

  it.each(Object.keys(whoIsTold) as Sort[])('%s is told where the table says, and nowhere else', (sort) => {
    const places = [...told].filter(([, text]) => text.includes(words[sort])).map(([place]) => place);
    expect(places.sort()).toEqual([...new Set(whoIsTold[sort])].sort());
  });

  it('is in no answer to a source that made nothing', () => {
    const texts = [...told].filter(([place]) => place.startsWith('beta:'));
    expect(texts.length).toBeGreaterThan(8);
    for (const [place, text] of texts) {
      expect([place, Object.values(words).filter((word) => text.includes(word))]).toEqual([place, []]);
    }
  });
});

describe('a report', () => {
  it('that is filed after an answer was withheld does not tell it', async () => {
    const { rows } = await clinic.app.doors.test.database.query<{ id: string; text: string }>(
      `select id, body::text as text from report`,
    );
    const tells = (id: string) => rows.find((row) => row.id === id)?.text.includes(words['withheld later']);
    expect([tells(clinic.reports.before), tells(clinic.reports.after)]).toEqual([true, false]);
    // nor does an addendum that the service wrote of it
    const others = rows.filter(({ id }) => id !== clinic.reports.before);
    expect(others.filter(({ text }) => text.includes(words['withheld later']))).toEqual([]);
    for (const word of [words.withheld, words.draft]) {
      expect(rows.filter(({ text }) => text.includes(word))).toEqual([]);
    }
  });
});

describe('what nobody may read is not found by its words', () => {
  const secret: readonly Sort[] = ['withheld', 'withheld later', 'draft', 'draft thrown away'];
  const searchset = z.looseObject({ entry: z.array(z.unknown()).default([]) });

  it.each(secret)('in FHIR: %s', async (sort) => {
    const parameters = ['_content', '_text', 'value-string', 'title', 'description', '_filter', 'identifier', 'item'];
    for (const type of ['QuestionnaireResponse', 'Observation', 'Task', 'DocumentReference']) {
      for (const parameter of parameters) {
        const counts = [];
        for (const word of [words[sort], 'Nothinglikeit']) {
          const path = `/fhir/north/${type}?${parameter}=${word}&_count=200`;
          const answer = await clinic.app.doors.call('GET', path, { token: await clinic.app.sourceToken('gamma') });
          counts.push([answer.status, searchset.parse(answer.body).entry.length]);
        }
        expect([type, parameter, counts[0]]).toEqual([type, parameter, counts[1]]);
      }
    }
  });

  it('in the coordinator’s list, which is searched by name and by title alone', async () => {
    expect(await clinic.roster(words.plan)).toBe(1);
    expect(await clinic.roster(words['the patient’s name'])).toBe(1);
    const others = Object.keys(words).filter((sort) => sort !== 'plan' && sort !== 'the patient’s name') as Sort[];
    for (const sort of others) expect([sort, await clinic.roster(words[sort])]).toEqual([sort, 0]);
  });
});

describe('a risk answer', () => {
  const signals = z.object({
    signals: z.array(z.looseObject({ rule: z.string(), evidence: z.array(z.record(z.string(), z.unknown())) })),
  });
  const evidenceOf = async (logId: string) => {
    const answer = await clinic.app.source('gamma', 'GET', '/api/v1/safety-signals?patientId=sarah');
    return signals
      .parse(answer.body)
      .signals.flatMap(({ evidence }) => evidence.filter((entry) => entry.logId === logId));
  };
  const log = async (key: string, withheld: readonly string[]) => {
    const id = randomUUID();
    const answers = { 'self-harm-thoughts': true, situation: 'there', 'belief-before': 60, 'suds-before': 40 };
    const path = `/app/v1/assignments/${clinic.assignmentId(key)}/logs`;
    const answer = await clinic.app.call(clinic.sarah, 'POST', path, {
      ...{ id, performedAt: '2026-03-02T10:30:00-05:00', answers, withheld },
    });
    expect(answer.status).toBe(201);
    return id;
  };
  const response = async (id: string) =>
    (await clinic.app.source('gamma', 'GET', `/fhir/north/QuestionnaireResponse/${id}`)).text;

  it('that is withheld is evidence without its value; one that was shared stays what it was when it was raised', async () => {
    const kept = await log('1', ['self-harm-thoughts']);
    const [without] = await evidenceOf(kept);
    expect(without).toMatchObject({ logId: kept, linkId: 'self-harm-thoughts' });
    expect(without).not.toHaveProperty('value');
    expect(await response(kept)).not.toContain('"valueBoolean":true');

    const shared = await log('2', []);
    expect((await evidenceOf(shared)).map(({ value }) => value)).toEqual([true]);
    expect(await response(shared)).toContain('"valueBoolean":true');
    const hide = { withheld: ['self-harm-thoughts'] };
    expect((await clinic.app.call(clinic.sarah, 'PATCH', `/app/v1/logs/${shared}`, hide)).status).toBe(200);
    expect((await evidenceOf(shared)).map(({ value }) => value)).toContain(true);
    expect(await response(shared)).not.toContain('"valueBoolean":true');
  });
});

describe('what comes to the EHR', () => {
  it('is what is shared: nothing withheld, no draft, no note among the staff', async () => {
    const text = await clinic.atTheEhr();
    const sorts = (Object.keys(words) as Sort[]).filter((sort) => text.includes(words[sort]));
    expect(sorts).toEqual([
      ...[
        'plan',
        'goal',
        'task',
        'shared',
        'withheld later',
        'barrier',
        'feedback',
        'safety reason',
        'safety text',
        'report',
      ],
    ]);
    // only by the note that was filed before
    const log = text.split('\n').filter((line) => line.includes(words['withheld later']));
    expect(log.filter((line) => line.startsWith('{') && !line.includes('DocumentReference'))).toEqual([]);
  }, 60_000);
});
