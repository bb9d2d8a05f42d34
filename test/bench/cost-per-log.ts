import type { QuestionnaireResponse } from 'fhir/r4';
import { checkAnswers } from '../../src/fhir/answers/check-answers.ts';
import { fromResponseItems } from '../../src/fhir/answers/read-items.ts';
import { extractObservations } from '../../src/fhir/extract/extract-observations.ts';
import { toQuestionnaireResponse } from '../../src/fhir/to-questionnaire-response.ts';
import { buildFixtures } from '../../src/fixtures/build-fixtures.ts';
import { noneNotDone } from '../../src/homework/log/not-done-in-plan.ts';
import type { Log, Plan } from '../../src/homework/model.ts';
import { currentVersions } from '../kinds/current-of.ts';
import { median } from './median.ts';

/**
 * Microseconds to parse, validate, map and extract one log that arrives as FHIR JSON, and to JSON.parse it alone: of the kind whose fullest
 * log among the fixtures is the largest.
 */
export function costPerLog(): { whole: number; parse: number; kind: string; kilobytes: number } {
  const { kind, questionnaire, scores, sample } = largestLog();
  const text = JSON.stringify(sample);
  const plan: Plan = {
    id: 'plan',
    patientId: 'patient',
    title: 'Bench',
    status: 'active',
    timeZone: 'America/New_York',
    language: 'en',
    period: { start: '2026-03-01' },
    createdAt: '2026-03-01T15:00:00.000Z',
    addresses: [],
    goals: [],
  };
  const context = {
    tenantName: 'Bench',
    sensitivity: 'MH' as const,
    kindOf: () => kind,
    questionnaireOf: () => questionnaire,
    scoresOf: () => scores,
    responseEndpoint: () => 'http://127.0.0.1/',
    previousMeasures: () => [],
    adherences: [],
    notDone: noneNotDone,
  };
  const whole = (): number => {
    const response: QuestionnaireResponse = JSON.parse(text);
    const { items, withheld } = fromResponseItems(questionnaire, response.item ?? []);
    const issues = checkAnswers(questionnaire, items, { complete: true });
    if (issues.length > 0) throw new Error(`the sample log does not fit: ${JSON.stringify(issues)}`);
    const log: Log = {
      ...{ id: 'log', planId: 'plan', assignmentId: 'assignment', patientId: 'patient', resolution: 'resolved' },
      ...{
        questionnaire: response.questionnaire ?? '',
        status: 'completed',
        source: { type: 'patient' },
        items,
        withheld,
      },
      ...{ performedAt: '2026-03-02T15:00:00.000Z', authored: '2026-03-02T15:30:00.000Z' },
    };
    const mapped = toQuestionnaireResponse(log, { plan, view: 'shared' }, context);
    const performedAt = '2026-03-02T10:00:00-05:00';
    return extractObservations({ questionnaire, response: mapped, performedAt, scores }).length;
  };
  const time = (work: () => unknown, times: number): number => {
    const started = performance.now();
    for (let turn = 0; turn < times; turn += 1) work();
    return ((performance.now() - started) * 1000) / times;
  };
  time(whole, 3000);
  time(() => JSON.parse(text), 3000);
  const wholes: number[] = [];
  const parses: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    wholes.push(time(whole, 1000));
    parses.push(time(() => JSON.parse(text), 1000));
  }
  return { whole: median(wholes), parse: median(parses), kind: kind.slug, kilobytes: text.length / 1000 };
}

/** The largest completed log that the fixtures have of any kind's current version, by its own form. */
function largestLog() {
  const logs = buildFixtures().files.flatMap(({ resource }) =>
    resource.resourceType === 'QuestionnaireResponse' && resource.status === 'completed' ? [resource] : [],
  );
  const candidates = currentVersions.flatMap(({ kind, canonical, questionnaire, scores = [] }) =>
    logs
      .filter((log) => log.questionnaire === canonical)
      .map((sample) => ({ kind, questionnaire, scores, sample, size: JSON.stringify(sample).length })),
  );
  const [largest] = candidates.sort((a, b) => b.size - a.size);
  if (largest === undefined) throw new Error('no completed log among the fixtures');
  return largest;
}
