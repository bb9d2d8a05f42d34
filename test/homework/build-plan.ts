import type { HomeworkRules } from '../../src/homework/homework-rules.ts';
import type { TakeLog } from '../../src/homework/log/take-log.ts';
import type { AnswerItem, AnswerValue } from '../../src/homework/model.ts';
import type { DesignAssignment, DesignPlan } from '../../src/homework/plan/design.ts';

/** The last part of a questionnaire's url, which is its kind's name here. */
export const kindNamed = (canonical: string): string => /([^/]+)\|[^|]*$/.exec(canonical)?.[1] ?? '';

/** Only `experiment` has an item that says that the behaviour was done. */
export const rules: HomeworkRules = {
  safetyOf: (questionnaire) =>
    kindNamed(questionnaire) === 'monitoring'
      ? [{ rule: 'self-harm-thoughts', linkId: 'self-harm', test: { type: 'yes' } }]
      : [],
  behaviourLinkId: (questionnaire) => (kindNamed(questionnaire) === 'experiment' ? 'experiment-done' : undefined),
  predictionParts: (questionnaire) =>
    kindNamed(questionnaire) === 'experiment'
      ? { predictions: ['prediction', 'likelihood'], outcomes: ['experiment-done', 'outcome'] }
      : undefined,
};

/** A step done once by 13 March 2026, at the start of the plan; `with` says what is different. */
export function anAssignment(changes: Partial<DesignAssignment> & { readonly key: string }): DesignAssignment {
  return {
    id: `a-${changes.key}`,
    kind: 'experiment',
    title: `Step ${changes.key}`,
    questionnaire: `https://example.org/Questionnaire/${changes.kind ?? 'experiment'}|1.0.0`,
    schedule: { type: 'once', by: '2026-03-13' },
    unlock: { type: 'at-start' },
    lateGraceHours: 24,
    ...changes,
  };
}

/** Made on 1 March 2026, for six weeks in New York. */
export function aPlan(assignments: readonly DesignAssignment[], changes: Partial<DesignPlan> = {}): DesignPlan {
  return {
    id: 'plan-1',
    patientId: 'sarah',
    title: 'Speaking up',
    timeZone: 'America/New_York',
    language: 'en-US',
    period: { start: '2026-03-01', end: '2026-04-12' },
    addresses: [],
    goals: [],
    assignments,
    ...changes,
  };
}

export function answers(values: Readonly<Record<string, number | boolean | string>>): readonly AnswerItem[] {
  return Object.entries(values).map(([linkId, value]) => ({ linkId, answers: [answer(value)], items: [] }));
}

function answer(value: number | boolean | string): AnswerValue {
  if (typeof value === 'number') return { type: 'integer', value };
  return typeof value === 'boolean' ? { type: 'boolean', value } : { type: 'string', value };
}

/** A completed log by the patient. */
export function aLog(changes: Partial<TakeLog> & Pick<TakeLog, 'id' | 'assignmentId' | 'performedAt'>): TakeLog {
  return {
    status: 'completed',
    source: { type: 'patient' },
    items: answers({ 'experiment-done': true }),
    withheld: [],
    ...changes,
  };
}
