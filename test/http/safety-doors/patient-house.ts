import { z } from 'zod';
import { responseEndpoint } from '../../../src/record/use-cases/response-endpoint.ts';
import { planIn, stepOf } from '../app/app-homework.ts';
import type { AppWithSources } from '../app/open-app-with-sources.ts';
import { type Answer, publicUrl } from '../open-doors.ts';
import { clinician, type Tab } from '../smart/open-app.ts';
import { steps } from './random-acts.ts';
import type { Step } from './signals-oracle.ts';

const signal = z.looseObject({
  ...{ id: z.string(), rule: z.string(), ordinal: z.number(), status: z.enum(['open', 'closed']) },
  closedBy: z.string().optional(),
  evidence: z.array(
    z.looseObject({
      ...{ logId: z.string().optional(), linkId: z.string().optional() },
      value: z.union([z.boolean(), z.number(), z.string()]).optional(),
    }),
  ),
});
export type ShownSignal = z.output<typeof signal>;
const signalsShape = z.object({ signals: z.array(signal) });
const planShape = z.looseObject({
  assignments: z.array(z.looseObject({ id: z.string(), questionnaire: z.string() })),
  occurrences: z.array(
    z.looseObject({
      ...{ id: z.string(), assignmentId: z.string(), status: z.string(), logId: z.string().optional() },
    }),
  ),
});
const flagsShape = z.looseObject({
  entry: z.array(z.looseObject({ resource: z.looseObject({ status: z.string() }) })).default([]),
});

type Who = 'patient' | 'clinician';
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** One patient with a plan whose four steps ask for what may be a risk, and all who can tell of it. */
export class PatientHouse {
  readonly #app: AppWithSources;
  readonly #patientId: string;
  readonly #tabs = new Map<Who, Tab>();
  readonly #tokens = new Map<string, string>();
  #planId = '';
  readonly #assignments = new Map<Step, string>();

  constructor(app: AppWithSources, patientId: string) {
    this.#app = app;
    this.#patientId = patientId;
  }

  /** The patient becomes known to the EHR, and their clinician assigns the plan. */
  async assign(): Promise<void> {
    const name = [{ use: 'official', given: ['Test'], family: this.#patientId }];
    const patient = { resourceType: 'Patient', id: this.#patientId, name, birthDate: '1990-01-01' };
    this.#app.north.resources.set(`Patient/${this.#patientId}`, patient);
    const assignments = steps.map((kind) => ({
      ...{ key: kind, kind, title: kind, unlock: { type: 'at-start' } },
      schedule: {
        ...{ type: 'event', event: 'evening', count: 40, text: 'the next evenings' },
        window: { start: '2025-12-01', end: '2026-12-31' },
      },
    }));
    const period = { start: '2025-12-01', end: '2026-12-31' };
    const plan = planIn(
      await this.page('clinician', 'POST', '/plans', { title: 'Every door', period, assignments, goals: [] }),
    );
    this.#planId = plan.plan.id;
    for (const kind of steps) this.#assignments.set(kind, stepOf(plan, kind).id);
  }

  assignment(step: Step): string {
    return this.#assignments.get(step) ?? '';
  }

  get closePath(): string {
    return `/plans/${this.#planId}/close`;
  }

  /** A call of the app by one of the two; a session that a jump of the clock has ended is begun anew. */
  async page(who: Who, method: Method, path: string, body?: unknown): Promise<Answer> {
    const call = async () => this.#app.call(await this.#tab(who), method, `/app/v1${path}`, body);
    const answer = await call();
    if (answer.status !== 401) return answer;
    this.#tabs.delete(who);
    return call();
  }

  async #tab(who: Who): Promise<Tab> {
    const known = this.#tabs.get(who);
    if (known !== undefined) return known;
    const patient = this.#patientId;
    const tab = await this.#app.signIn(
      who === 'patient' ? { user: `Patient/${patient}`, patient } : { user: clinician.user, patient },
    );
    this.#tabs.set(who, tab);
    return tab;
  }

  /** A call by a source system, with a token anew where a jump of the clock has ended the last. */
  async source(client: 'alpha' | 'gamma', method: Method, path: string, body?: unknown): Promise<Answer> {
    const call = async () => {
      const token = this.#tokens.get(client) ?? (await this.#app.sourceToken(client));
      this.#tokens.set(client, token);
      return this.#app.doors.call(method, path, { token, ...(body === undefined ? {} : { body }) });
    };
    const answer = await call();
    if (answer.status !== 401) return answer;
    this.#tokens.delete(client);
    return call();
  }

  /** What a form filler sends to the address of an occurrence. */
  form(occurrenceId: string, response: object): Promise<Answer> {
    const url = responseEndpoint(this.#app.doors.test.record, 'north', occurrenceId);
    return this.#app.doors.call('POST', url.slice(publicUrl.length), { body: response });
  }

  /** An occurrence of the step that nobody has answered, and the form that the step asks for. */
  async openOccurrence(step: Step): Promise<{ readonly id: string; readonly questionnaire: string } | undefined> {
    const { body } = await this.source('gamma', 'GET', `/api/v1/plans/${this.#planId}`);
    const { assignments, occurrences } = planShape.parse(body);
    const asked = assignments.find(({ id }) => id === this.assignment(step));
    const open = occurrences.find(
      ({ assignmentId, status, logId }) =>
        assignmentId === asked?.id && ['due', 'overdue'].includes(status) && logId === undefined,
    );
    return asked === undefined || open === undefined ? undefined : { id: open.id, questionnaire: asked.questionnaire };
  }

  async signals(): Promise<readonly ShownSignal[]> {
    const answer = await this.source('gamma', 'GET', `/api/v1/safety-signals?patientId=${this.#patientId}`);
    return signalsShape.parse(answer.body).signals;
  }

  /** The statuses of the patient's Flags at our FHIR endpoint. */
  async flags(): Promise<readonly string[]> {
    const answer = await this.source('gamma', 'GET', `/fhir/north/Flag?patient=${this.#patientId}&_count=100`);
    return flagsShape.parse(answer.body).entry.map(({ resource }) => resource.status);
  }
}
