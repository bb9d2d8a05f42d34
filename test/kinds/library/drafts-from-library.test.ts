import { describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import type { Schedule } from '../../../src/homework/model.ts';
import { draftsFromLibrary, type Tailoring } from '../../../src/kinds/library/drafts-from-library.ts';
import { libraryPlanByVersion, libraryPlans } from '../../../src/kinds/library/registry.ts';
import { socialAnxietySpeakingUp as sarah } from '../../../src/kinds/library/social-anxiety-speaking-up.ts';
import { registeredKinds } from '../../../src/kinds/registry.ts';

const start = '2026-03-02';

const meetings = (count: number): Schedule => ({
  ...{ type: 'event', event: 'team meeting', count, text: 'as the clinician says' },
  window: { start, end: '2026-03-16' },
});

function refusal(tailoring: Tailoring): readonly { path: string; problem: string }[] {
  try {
    draftsFromLibrary(sarah, tailoring);
  } catch (error) {
    if (hasCode(error, 'invalid-request')) return error.fields.issues;
    throw error;
  }
  return [];
}

describe('draftsFromLibrary', () => {
  it("makes Sarah's six steps, each unlocked by the one before", () => {
    const { assignments } = draftsFromLibrary(sarah, { start });
    expect(assignments.map(({ key, step, kind, unlock }) => [key, step, kind, unlock])).toEqual([
      ['1', 1, 'self-monitoring', { type: 'at-start' }],
      ['2', 2, 'behavioural-experiment', { type: 'after', after: '1', criterion: { type: 'logs-done', count: 3 } }],
      ['3', 3, 'graded-exposure', { type: 'after', after: '2', criterion: { type: 'behaviour-done' } }],
      ['4a', 4, 'communication-practice', { type: 'after', after: '3', criterion: { type: 'behaviour-done' } }],
      ['4b', 5, 'communication-practice', { type: 'after', after: '4a', criterion: { type: 'behaviour-done' } }],
      ['4c', 6, 'communication-practice', { type: 'after', after: '4b', criterion: { type: 'behaviour-done' } }],
    ]);
  });

  it('pins the versions of plan, definitions and questionnaires', () => {
    const drafts = draftsFromLibrary(sarah, { start });
    expect(drafts.libraryPlan).toBe('https://intersession.dev/fhir/PlanDefinition/social-anxiety-speaking-up|1.0.0');
    expect(drafts.assignments[3]).toMatchObject({
      definition: 'https://intersession.dev/fhir/ActivityDefinition/social-anxiety-speaking-up-4a|1.0.0',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/communication-practice|1.0.0',
      lateGraceHours: 24,
    });
  });

  it('gives an event its window from the first day, over the end of a month', () => {
    const [first, second] = draftsFromLibrary(sarah, { start: '2026-02-20' }).assignments;
    expect(first?.schedule).toEqual({
      type: 'event',
      event: 'team meeting',
      count: 3,
      text: 'next three team meetings',
      window: { start: '2026-02-20', end: '2026-03-06' },
    });
    expect(second?.schedule).toEqual({ type: 'once-within', days: 4 });
  });

  it('starts the goals with the plan', () => {
    expect(draftsFromLibrary(sarah, { start }).goals).toEqual(
      sarah.goals.map((goal) => ({ ...goal, startDate: start })),
    );
  });

  it('tailors one step and leaves the others', () => {
    const plain = draftsFromLibrary(sarah, { start }).assignments;
    const tailored = draftsFromLibrary(sarah, {
      start,
      steps: { '3': { title: 'Say one number', schedule: { type: 'once', by: '2026-03-16' } } },
    }).assignments;
    expect(tailored[2]).toEqual({
      ...plain[2],
      title: 'Say one number',
      schedule: { type: 'once', by: '2026-03-16' },
    });
    expect(tailored.toSpliced(2, 1)).toEqual(plain.toSpliced(2, 1));
  });

  it.each([
    [1, 'Notice what happens in one meeting', 'In your next team meeting, note', 1],
    [2, 'Notice what happens in two meetings', 'In your next two team meetings, note', 2],
    [3, 'Notice what happens in three meetings', 'In your next three team meetings, note', 3],
    [5, 'Notice what happens in five meetings', 'In your next five team meetings, note', 5],
  ])('%i meetings: words and the rule that counts them go together', (count, title, instructions, logs) => {
    const schedule = meetings(count);
    const [first, second] = draftsFromLibrary(sarah, { start, steps: { '1': { schedule } } }).assignments;
    expect(first).toMatchObject({ title, schedule });
    expect(first?.instructions).toContain(instructions);
    expect(second?.unlock).toEqual({ type: 'after', after: '1', criterion: { type: 'logs-done', count: logs } });
  });

  it('keeps a rule that asks for some of the logs, and never lets it ask for more than there will be', () => {
    const some = (count: number, asked: number) => {
      const steps = sarah.steps.map((step) =>
        step.key === '2'
          ? { ...step, unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count } } as const }
          : step,
      );
      const tailored = { '1': { schedule: meetings(asked) } };
      const { assignments } = draftsFromLibrary({ ...sarah, steps }, { start, steps: tailored });
      const unlock = assignments[1]?.unlock;
      return unlock?.type === 'after' && unlock.criterion.type === 'logs-done' ? unlock.criterion.count : undefined;
    };
    expect([some(2, 5), some(2, 3), some(2, 2), some(2, 1)]).toEqual([2, 2, 2, 1]);
    expect(some(3, 1)).toBe(1);
  });

  it('asks for one log where what was to be done several times is done once', () => {
    const steps = { '1': { schedule: { type: 'once', by: '2026-03-16' } } } as const;
    const [first, second] = draftsFromLibrary(sarah, { start, steps }).assignments;
    expect(first?.title).toBe('Notice what happens in one meeting');
    expect(second?.unlock).toMatchObject({ criterion: { type: 'logs-done', count: 1 } });
  });

  it('takes words of the clinician as they are, whatever the number', () => {
    const steps = { '1': { title: 'Just notice', schedule: { type: 'once', by: '2026-03-16' } } } as const;
    const [first] = draftsFromLibrary(sarah, { start, steps }).assignments;
    expect(first?.title).toBe('Just notice');
    expect(first?.instructions).toContain('In your next team meeting, note');
  });

  it('leaves out the last steps, and closes the gap in the numbering', () => {
    const { assignments } = draftsFromLibrary(sarah, { start, steps: { '4c': { omit: true }, '4b': { omit: true } } });
    expect(assignments.map(({ key, step }) => [key, step])).toEqual([
      ['1', 1],
      ['2', 2],
      ['3', 3],
      ['4a', 4],
    ]);
  });

  it('refuses a step that the plan does not have', () => {
    expect(refusal({ start, steps: { '5': { title: 'More' } } })).toEqual([
      {
        path: 'tailor.steps.5',
        problem: 'is not a step of social-anxiety-speaking-up|1.0.0; its steps are 1, 2, 3, 4a, 4b, 4c',
      },
    ]);
  });

  it('refuses to leave out a step that another depends on', () => {
    expect(refusal({ start, steps: { '2': { omit: true } } })).toEqual([
      { path: 'tailor.steps.2.omit', problem: 'cannot be left out: step 3 is unlocked by it' },
    ]);
    const all = Object.fromEntries(sarah.steps.map(({ key }) => [key, { omit: true }]));
    expect(refusal({ start, steps: all })).toEqual([{ path: 'tailor.steps', problem: 'leaves no step of the plan' }]);
  });
});

describe('the library', () => {
  it('finds a plan by slug and version only', () => {
    expect(libraryPlanByVersion('social-anxiety-speaking-up|1.0.0')).toBe(sarah);
    for (const wrong of ['social-anxiety-speaking-up', 'social-anxiety-speaking-up|2.0.0', 'toString']) {
      try {
        libraryPlanByVersion(wrong);
        expect.unreachable();
      } catch (error) {
        expect(hasCode(error, 'unknown-artefact') && error.fields).toEqual({ artefact: 'library-plan', id: wrong });
      }
    }
  });

  it.each(libraryPlans.map((plan) => ({ slug: plan.slug, plan })))('$slug holds together', ({ plan }) => {
    const keys = plan.steps.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(plan.steps.map(({ step }) => step)).toEqual(keys.map((_, at) => at + 1));
    for (const [at, step] of plan.steps.entries()) {
      expect(step.key).toMatch(/^[A-Za-z0-9-]{1,16}$/);
      expect(`${plan.slug}-${step.key}`.length).toBeLessThanOrEqual(64);
      expect(registeredKinds.version(step.questionnaire).kind.slug).toBe(step.kind);
      if (step.counted !== undefined && step.schedule.type === 'event') {
        const { count, text } = step.schedule;
        const number = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'][count] ?? String(count);
        const say = (words: string) => words.replaceAll('#', number);
        const { other } = step.counted;
        expect(say(other.title)).toBe(step.title);
        expect(say(other.instructions)).toBe(step.instructions);
        expect(say(other.text)).toBe(text);
      }
      if (step.unlock.type !== 'after') continue;
      expect(keys.slice(0, at)).toContain(step.unlock.after);
      const before = plan.steps.find(({ key }) => step.unlock.type === 'after' && key === step.unlock.after);
      expect(registeredKinds.version(before?.questionnaire ?? '').offers).toContain(step.unlock.criterion.type);
    }
  });
});
