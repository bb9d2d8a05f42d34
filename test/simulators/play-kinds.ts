import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import type { BackendClient } from '../../src/cli/backend-client.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { currentVersions } from '../kinds/current-of.ts';

/** An answer to every question, as its type and limits allow, by linkId. */
function answersTo({ item }: Pick<Questionnaire, 'item'>): Record<string, unknown> {
  const answered = (items: readonly QuestionnaireItem[] = []): [string, unknown][] =>
    items.flatMap((item): [string, unknown][] => {
      if (item.type === 'group') return item.repeats === true ? [] : answered(item.item);
      const value = answerTo(item);
      return value === undefined ? [] : [[item.linkId, value]];
    });
  return Object.fromEntries(answered(item));
}

function answerTo(item: QuestionnaireItem): unknown {
  const least = item.extension?.find(({ url }) => url.endsWith('/minValue'));
  switch (item.type) {
    case 'boolean':
      // a risk item is answered by the safety tests, not here
      return !item.linkId.includes('harm');
    case 'integer':
      return (least?.valueInteger ?? 0) + 5;
    case 'decimal':
      return (least?.valueDecimal ?? 0) + 0.5;
    case 'string':
    case 'text':
      return 'A meeting, eight people';
    default:
      return undefined;
  }
}

/**
 * One plan with a step of every kind there is, one complete log of each, and a report.
 * @returns the plan's id
 */
export async function playKinds(api: BackendClient, tenant: string, patientId: string): Promise<string> {
  const at = (set: string) => api.request('POST', '/sandbox/clock', { tenant, set });
  await at('2026-03-02T15:00:00.000Z');
  const assignments = registeredKinds.kinds.map(({ slug, title }, index) => ({
    key: String(index + 1),
    kind: slug,
    title,
    schedule: { type: 'once', by: '2026-03-09' },
    unlock: { type: 'at-start' },
  }));
  const plan = { sourceId: 'every-kind', patientId, title: 'Every kind', period: { start: '2026-03-02' }, assignments };
  const { body } = await api.request('POST', '/api/v1/plans', plan);
  const made = body as { plan: { id: string }; assignments: { id: string; kind: string }[] };
  for (const [index, { kind, questionnaire }] of currentVersions.entries()) {
    const assignment = made.assignments.find((made) => made.kind === kind.slug);
    const performedAt = `2026-03-0${3 + (index % 5)}T15:00:00.000Z`;
    await at(performedAt);
    await api.request('POST', `/api/v1/assignments/${assignment?.id}/logs`, {
      sourceId: `log-${kind.slug}`,
      patientId,
      performedAt,
      status: 'completed',
      answers: answersTo(questionnaire),
    });
  }
  await at('2026-03-08T15:00:00.000Z');
  await api.request('POST', `/api/v1/plans/${made.plan.id}/reports`, { sourceId: 'every-kind-report' });
  return made.plan.id;
}
