import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { storedTypes } from '../../../src/http/fhir/parse-include.ts';
import { type AppWithSources, openAppWithSources } from '../app/open-app-with-sources.ts';
import type { Answer } from '../open-doors.ts';
import { clinician, coordinator, integration, patient, type Tab } from '../smart/open-app.ts';
import { comeToTheEhr } from './come-to-the-ehr.ts';
import { crawlDoors, opened } from './crawl-doors.ts';

/** A word for each sort of text: it stands in every text of that sort, and in no other. */
export const words = {
  plan: 'Abelia',
  goal: 'Begonia',
  task: 'Camellia',
  shared: 'Dahlia',
  withheld: 'Erica',
  'withheld later': 'Freesia',
  draft: 'Gardenia',
  'draft before it was sent': 'Hibiscus',
  'draft thrown away': 'Ixora',
  barrier: 'Jasmine',
  feedback: 'Kerria',
  'safety reason': 'Lantana',
  'safety text': 'Oleander',
  'contact note': 'Magnolia',
  'the EHR’s words': 'Nerine',
  'the patient’s name': 'Whitfield',
  report: 'Homework between visits',
} as const;
export type Sort = keyof typeof words;

const made = z.looseObject({ id: z.string() });
const planned = z.object({
  plan: made,
  assignments: z.array(z.looseObject({ id: z.string(), key: z.string() })),
});

export interface Clinic {
  readonly app: AppWithSources;
  readonly planId: string;
  readonly sarah: Tab;
  readonly assignmentId: (key: string) => string;
  /** What each door tells each caller, as text: by `caller: door`. */
  crawl(): Promise<ReadonlyMap<string, string>>;
  roster(q: string): Promise<number>;
  /** The reports that were filed before and after an answer was withheld. */
  readonly reports: { readonly before: string; readonly after: string };
  /** All that ever came to the EHR, delivered now. */
  atTheEhr(): Promise<string>;
}

function taken(answer: Answer): Answer {
  if (answer.status < 300) return answer;
  throw new Error(`the test's own request was refused: ${answer.status} ${answer.text}`);
}

/** A clinic in which every text of one plan is marked by its sort. Source `alpha` has sent the plan, people live with it. */
export async function openMarkedClinic(): Promise<Clinic> {
  const app = await openAppWithSources({ app: { doorsPerMinute: 100_000 } }, { reach: 'own' });
  const { database } = app.doors.test;
  const step = (key: string) => ({
    ...{ key, kind: 'self-monitoring', title: `${words.task} ${key}`, instructions: words.task, rationale: words.task },
    schedule: { type: 'once', by: '2026-03-20' },
    unlock: { type: 'at-start' },
  });
  const body = {
    ...{ sourceId: 'plan', patientId: 'sarah', title: `${words.plan} plan`, description: words.plan },
    period: { start: '2026-03-01', end: '2026-04-12' },
    goals: [{ description: words.goal }],
    assignments: ['1', '2', '3', '4', '5'].map(step),
  };
  const { plan, assignments } = planned.parse(taken(await app.source('alpha', 'POST', '/api/v1/plans', body)).body);
  const idOf = (key: string): string => assignments.find((assignment) => assignment.key === key)?.id ?? '';

  app.doors.test.setTime('2026-03-02T16:00:00.000Z');
  const [sarah, therapist, reyes] = [
    await app.signIn(patient),
    await app.signIn(clinician),
    await app.signIn(coordinator),
  ];
  const as = async (tab: typeof sarah, method: string, path: string, given?: object) =>
    taken(await app.call(tab, method, `/app/v1${path}`, given));
  const rest = { 'belief-before': 60, 'suds-before': 40 };
  const logged = async (key: string, answers: object, withheld: readonly string[]) => {
    const id = randomUUID();
    const given = { id, performedAt: '2026-03-02T10:00:00-05:00', answers: { ...answers, ...rest }, withheld };
    await as(sarah, 'POST', `/assignments/${idOf(key)}/logs`, given);
    return id;
  };
  const shared = await logged('1', { situation: words.shared, prediction: words.withheld }, ['prediction']);
  const later = await logged('2', { situation: words['withheld later'] }, []);
  const draft = async (key: string, text: string) => {
    const id = randomUUID();
    await as(sarah, 'PUT', `/drafts/${id}`, { assignmentId: idOf(key), answers: { situation: text, ...rest } });
    return id;
  };
  await draft('3', words.draft);
  const sent = await draft('4', words['draft before it was sent']);
  await as(sarah, 'POST', `/assignments/${idOf('4')}/logs`, { id: sent, answers: { situation: 'sent', ...rest } });
  await as(sarah, 'DELETE', `/logs/${await draft('5', words['draft thrown away'])}`);
  await as(sarah, 'POST', `/assignments/${idOf('1')}/barriers`, { code: 'fear', text: words.barrier });
  await as(therapist, 'POST', `/logs/${shared}/feedback`, { text: words.feedback });
  for (const rule of ['harm-by-others', 'other-concern']) {
    const raised = await as(therapist, 'POST', '/safety-signals', { rule, text: words['safety text'] });
    const { signal } = z.object({ signal: made }).parse(raised.body);
    if (rule === 'other-concern') continue;
    await as(therapist, 'POST', `/safety-signals/${signal.id}/close`, { reason: words['safety reason'] });
  }
  await as(reyes, 'POST', '/contacts', { patientId: 'sarah', note: words['contact note'] });
  const report = async (sourceId: string) =>
    made.parse(taken(await app.source('alpha', 'POST', `/api/v1/plans/${plan.id}/reports`, { sourceId })).body).id;
  // a note that was filed while it was shared tells it, and none that is written afterwards
  const reportBefore = await report('before');
  app.doors.test.setTime('2026-03-02T16:02:00.000Z');
  await as(sarah, 'PATCH', `/logs/${later}`, { withheld: ['situation'] });
  const reportId = await report('after');
  app.doors.test.setTime('2026-03-02T16:04:00.000Z');
  await database.query(
    `update ledger set state = 'rejected', last_outcome = $1, last_status = 422 where artefact = 'plan'`,
    [words['the EHR’s words']],
  );
  await database.query(`update landing_group set attention = true where id = $1`, [`plan:${plan.id}`]);
  const lee = await app.signIn(integration);

  return {
    app,
    planId: plan.id,
    assignmentId: idOf,
    sarah,
    reports: { before: reportBefore, after: reportId },
    async crawl() {
      await as(reyes, 'POST', '/open-patient', { patientId: 'sarah' });
      const scopes = {
        all: 'system/*.cruds',
        ...Object.fromEntries(storedTypes.map((type) => [type, `system/${type}.rs`])),
      };
      const sources = (['alpha', 'beta', 'gamma'] as const).flatMap((client) =>
        Object.entries(scopes)
          .filter(([name]) => client === 'alpha' || name === 'all')
          .map(([name, scope]) => ({ client, scope, name: name === 'all' ? client : `${client} with ${name}` })),
      );
      const tabs = { patient: sarah, clinician: therapist, coordinator: reyes, integration: lee };
      const ids = { planId: plan.id, reportId: reportBefore };
      const found = await crawlDoors(app, { ...ids, tabs, sources, q: words.plan });
      return new Map(
        [...found].map(([place, { texts, headers }]) => [place, [...texts.map(opened), ...headers].join('\n')]),
      );
    },
    async roster(q) {
      const answer = await as(reyes, 'POST', '/roster/search', { q });
      return z.looseObject({ rows: z.array(z.unknown()) }).parse(answer.body).rows.length;
    },
    async atTheEhr() {
      return (await comeToTheEhr(database)).map(opened).join('\n');
    },
  };
}
