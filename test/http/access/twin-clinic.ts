import type { Bundle, Questionnaire } from 'fhir/r4';
import { z } from 'zod';
import { exportPlans } from '../../../src/record/archive/export-plans.ts';
import { itemsOf } from '../../kinds/answers-for.ts';
import { currentVersions } from '../../kinds/current-of.ts';
import { openAppWithSources } from '../app/open-app-with-sources.ts';
import type { Answer } from '../open-doors.ts';
import { clinician, coordinator, integration, patient } from '../smart/open-app.ts';
import { comeToTheEhr } from './come-to-the-ehr.ts';
import { crawlDoors, type Told } from './crawl-doors.ts';
import { marks, type Telling, type Twin, tellings, toldBy } from './tellings.ts';

export interface TwinClinic {
  readonly told: ReadonlyMap<string, Told>;
  /** Every version of every resource that the EHR kept. */
  readonly atTheEhr: readonly string[];
  /** The plan as an operator exports it. */
  readonly archive: string;
  /** What was kept and said: log by log. */
  readonly logs: readonly {
    readonly kind: string;
    readonly telling: Telling;
    readonly kept: object;
  }[];
  /** What answers that fit no question were refused with, by kind. */
  readonly refusals: ReadonlyMap<string, Answer>;
}

const made = z.object({
  plan: z.object({ id: z.string() }),
  assignments: z.array(z.object({ id: z.string(), kind: z.string(), questionnaire: z.string() })),
});
const withId = z.looseObject({ id: z.string() });

function taken(answer: Answer, what: string): Answer {
  if (answer.status < 300) return answer;
  throw new Error(`${what} was refused: ${answer.status} ${answer.text}`);
}

/**
 * A clinic with a plan of every kind, and logs of each in which the patient keeps one part or another to themself, or all of it.
 * Two of them are the same but for the answers that are kept: whatever differs at a door tells something of these.
 */
export async function openTwinClinic(twin: Twin): Promise<TwinClinic> {
  const app = await openAppWithSources({ app: { doorsPerMinute: 100_000 } }, { reach: 'own' });
  try {
    const assignments = currentVersions.map(({ kind }, index) => ({
      ...{ key: String(index + 1), kind: kind.slug, title: `Step of ${kind.title}`, unlock: { type: 'at-start' } },
      schedule: {
        ...{ type: 'event', event: 'occasion', count: 9, text: 'nine occasions' },
        window: { start: '2026-03-01', end: '2026-04-12' },
      },
    }));
    const period = { start: '2026-03-01', end: '2026-04-12' };
    const body = { sourceId: 'plan', patientId: 'sarah', title: 'Every kind', period, assignments };
    const plan = made.parse(taken(await app.source('alpha', 'POST', '/api/v1/plans', body), 'the plan').body);
    app.doors.test.setTime('2026-03-02T23:00:00.000Z');
    const sarah = await app.signIn(patient);
    const token = await app.sourceToken('alpha');

    const logs: TwinClinic['logs'][number][] = [];
    const refusals = new Map<string, Answer>();
    for (const version of currentVersions) {
      const step = plan.assignments.find(({ kind }) => kind === version.kind.slug);
      const form = await formOf(step?.questionnaire ?? '');
      const path = `/api/v1/assignments/${step?.id}/logs`;
      const post = (sent: object) => app.doors.call('POST', path, { token, body: sent });
      for (const telling of tellings) {
        for (const { answers, withheld } of toldBy(telling, twin, { version, form })) {
          const performedAt = new Date(Date.parse('2026-03-02T12:00:00Z') + logs.length * 60_000).toISOString();
          const sent = { sourceId: `log-${logs.length}`, performedAt, answers, withheld };
          taken(await post(sent), `${version.kind.slug}, ${telling} kept`);
          const kept = Object.fromEntries(Object.entries(answers).filter(([linkId]) => withheld.includes(linkId)));
          logs.push({ kind: version.kind.slug, telling, kept });
        }
      }
      const linkIds = [...itemsOf(form.item).map(({ linkId }) => linkId), `${marks[twin]}-nowhere`];
      const wrong = Object.fromEntries(linkIds.map((linkId) => [linkId, { [marks[twin]]: [marks[twin]] }]));
      const unfit = { sourceId: 'unfit', performedAt: '2026-03-02T12:00:00Z', answers: wrong, withheld: linkIds };
      refusals.set(version.kind.slug, await post(unfit));
    }

    const [therapist, reyes, lee] = [
      await app.signIn(clinician),
      await app.signIn(coordinator),
      await app.signIn(integration),
    ];
    taken(await app.call(reyes, 'POST', '/app/v1/open-patient', { patientId: 'sarah' }), 'opening the patient');
    const reported = await app.source('alpha', 'POST', `/api/v1/plans/${plan.plan.id}/reports`, { sourceId: 'report' });
    const told = await crawlDoors(app, {
      ...{ planId: plan.plan.id, reportId: withId.parse(taken(reported, 'the report').body).id, q: 'Every kind' },
      tabs: { patient: sarah, clinician: therapist, coordinator: reyes, integration: lee },
      sources: (['alpha', 'gamma'] as const).map((client) => ({ client, scope: 'system/*.cruds', name: client })),
    });
    const archived: Bundle[] = [];
    const { record, database } = app.doors.test;
    for await (const bundle of exportPlans(record, 'north', { fhirBase: app.north.fhirBase })) archived.push(bundle);
    const atTheEhr = await comeToTheEhr(database);
    return { told, atTheEhr, archive: JSON.stringify(archived), logs, refusals };
  } finally {
    await app.close();
  }

  async function formOf(canonical: string): Promise<Questionnaire> {
    const path = `/fhir/north/Questionnaire?url=${encodeURIComponent(canonical)}`;
    const answer = taken(await app.source('alpha', 'GET', path), canonical);
    const found = z.object({ entry: z.array(z.object({ resource: z.custom<Questionnaire>() })) }).parse(answer.body);
    const [first] = found.entry;
    if (first === undefined) throw new Error(`no Questionnaire ${canonical}`);
    return first.resource;
  }
}
