import type { Bundle, Questionnaire } from 'fhir/r4';
import type { BackendClient } from '../../src/cli/backend-client.ts';
import type { RegisteredVersion } from '../../src/kinds/kind-register.ts';
import { answersFor, itemsOf } from '../kinds/answers-for.ts';
import { currentVersions } from '../kinds/current-of.ts';

/** Stands in every text that is kept to oneself, and in nothing else. */
export const keptWord = 'Quokka';

/** What was logged of one kind. */
export interface PlayedLog {
  readonly version: RegisteredVersion;
  /** What its step asks, which may be a form of its plan's own, as our endpoint has it. */
  readonly form: Questionnaire;
  readonly assignmentId: string;
  readonly id: string;
  readonly performedAt: string;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
}

interface MadeStep {
  readonly id: string;
  readonly kind: string;
  readonly questionnaire: string;
}

async function formOf(api: BackendClient, tenant: string, { questionnaire }: MadeStep): Promise<Questionnaire> {
  const { body } = await api.request('GET', `/fhir/${tenant}/Questionnaire?url=${encodeURIComponent(questionnaire)}`);
  const [entry] = (body as Bundle<Questionnaire>).entry ?? [];
  if (entry?.resource === undefined) throw new Error(`no Questionnaire ${questionnaire}`);
  return entry.resource;
}

/** What the kind keeps by itself, and the last question that has room for words. */
function keptOf({ keptToSelf = [] }: RegisteredVersion, { item }: Questionnaire): readonly string[] {
  const texts = itemsOf(item).filter(({ type, required }) => type === 'text' && required !== true);
  const last = texts.at(-1);
  return [...new Set([...keptToSelf, ...(last === undefined ? [] : [last.linkId])])];
}

interface PlayOptions {
  readonly tenant: string;
  readonly patientId: string;
  /** Absent: of every kind there is, the current one. */
  readonly versions?: readonly RegisteredVersion[];
}

/** One plan with a step of every kind, one complete log of each, of which a part is kept, and a report. */
export async function playKinds(
  api: BackendClient,
  { tenant, patientId, versions = currentVersions }: PlayOptions,
): Promise<{ readonly planId: string; readonly logs: readonly PlayedLog[] }> {
  const at = (set: string) => api.request('POST', '/sandbox/clock', { tenant, set });
  await at('2026-03-02T15:00:00.000Z');
  const assignments = versions.map(({ kind: { slug, title } }, index) => ({
    key: String(index + 1),
    kind: slug,
    title,
    schedule: { type: 'once', by: '2026-03-09' },
    unlock: { type: 'at-start' },
  }));
  const plan = { sourceId: 'every-kind', patientId, title: 'Every kind', period: { start: '2026-03-02' }, assignments };
  const { body } = await api.request('POST', '/api/v1/plans', plan);
  const made = body as { plan: { id: string }; assignments: MadeStep[] };
  const logs: PlayedLog[] = [];
  for (const [index, version] of versions.entries()) {
    const { kind, safety = [] } = version;
    const step = made.assignments.find((assignment) => assignment.kind === kind.slug);
    if (step === undefined) throw new Error(`no step of ${kind.slug}`);
    const form = await formOf(api, tenant, step);
    const performedAt = `2026-03-0${3 + (index % 5)}T15:00:00.000Z`;
    await at(performedAt);
    const withheld = keptOf(version, form);
    const answers = answersFor(form, {
      safety,
      words: (linkId) => (withheld.includes(linkId) ? `${keptWord}, eight people` : 'A meeting, eight people'),
    });
    const sent = { sourceId: `log-${kind.slug}`, patientId, performedAt, status: 'completed', answers, withheld };
    const logged = await api.request('POST', `/api/v1/assignments/${step.id}/logs`, sent);
    const { id } = logged.body as { id: string };
    logs.push({ ...{ version, form, assignmentId: step.id, id, performedAt, answers, withheld } });
  }
  await at('2026-03-08T15:00:00.000Z');
  await api.request('POST', `/api/v1/plans/${made.plan.id}/reports`, { sourceId: 'every-kind-report' });
  return { planId: made.plan.id, logs };
}
