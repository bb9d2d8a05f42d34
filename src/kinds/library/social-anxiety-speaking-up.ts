import type { LibraryPlan } from '../../homework/plan/library-plan.ts';

/** Speaking up in meetings with mild social anxiety: from noticing, over one experiment, to leading a small segment. */
export const socialAnxietySpeakingUp: LibraryPlan = {
  slug: 'social-anxiety-speaking-up',
  version: '1.0.0',
  title: 'Speaking up in meetings',
  description:
    'For people with mild social anxiety who fear speaking in meetings. Six small steps, each unlocked by the one before: notice, test the thought once, say one sentence, then ask, offer and lead.',
  goals: [
    {
      key: 'speak-up',
      description: 'I say what I have to say in team meetings',
    },
    {
      key: 'belief',
      description: 'The thought “If I speak, I will sound foolish and be judged” loses its grip',
      measure: {
        system: 'https://intersession.dev/fhir/CodeSystem/measure',
        code: 'belief-after',
        display: 'Belief strength after',
      },
      target: { value: 50, unit: '%', comparator: '<=' },
    },
  ],
  steps: [
    {
      key: '1',
      step: 1,
      kind: 'self-monitoring',
      title: 'Notice what happens in three meetings',
      instructions:
        'In your next three team meetings, note what you think, feel and notice in your body before, during and after. Count how many times you had something to say and kept it back, and write down what you feared would happen. You don’t have to speak up yet.',
      rationale:
        'We start by looking at what is there. Your notes show when the fear comes and what it makes you do, and every later step is compared with them.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/self-monitoring|1.0.0',
      schedule: { type: 'event', event: 'team meeting', count: 3, text: 'next three team meetings', days: 14 },
      unlock: { type: 'at-start' },
      counted: {
        one: {
          title: 'Notice what happens in one meeting',
          instructions:
            'In your next team meeting, note what you think, feel and notice in your body before, during and after. Count how many times you had something to say and kept it back, and write down what you feared would happen. You don’t have to speak up yet.',
          text: 'next team meeting',
        },
        other: {
          title: 'Notice what happens in # meetings',
          instructions:
            'In your next # team meetings, note what you think, feel and notice in your body before, during and after. Count how many times you had something to say and kept it back, and write down what you feared would happen. You don’t have to speak up yet.',
          text: 'next # team meetings',
        },
      },
    },
    {
      key: '2',
      step: 2,
      kind: 'behavioural-experiment',
      title: 'Tell one colleague what you think',
      instructions:
        'Choose one colleague you trust and, outside the meeting, tell them one opinion about your work. Before you do, write down what you expect them to say. Afterwards write down what they really said.',
      rationale:
        'The thought “I will sound foolish” has never been put to the test. One person, one sentence, at a moment you choose, is a safe place to find out.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/behavioural-experiment|1.0.0',
      schedule: { type: 'once-within', days: 4 },
      unlock: { type: 'after', after: '1', criterion: { type: 'logs-done', count: 3 } },
    },
    {
      key: '3',
      step: 3,
      kind: 'graded-exposure',
      title: 'Say one factual sentence in the meeting',
      instructions:
        'Prepare one brief, factual statement of under 30 seconds and say it in your next meeting. Speaking once is the whole task: you don’t have to debate, answer questions or lead.',
      rationale:
        'Your voice may shake and it still counts. Staying with it once, and seeing that what you feared did not come, teaches more than any amount of thinking.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/graded-exposure|1.0.0',
      schedule: { type: 'once-within', days: 5 },
      unlock: { type: 'after', after: '2', criterion: { type: 'behaviour-done' } },
    },
    {
      key: '4a',
      step: 4,
      kind: 'communication-practice',
      title: 'Ask a question in the meeting',
      instructions:
        'Ask one real question in your next meeting. It may be short. Afterwards note what you asked and how the others responded.',
      rationale: 'A question invites the others in. You practise being heard without having to defend a view.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/communication-practice|1.0.0',
      schedule: { type: 'once-within', days: 4 },
      unlock: { type: 'after', after: '3', criterion: { type: 'behaviour-done' } },
    },
    {
      key: '4b',
      step: 5,
      kind: 'communication-practice',
      title: 'Offer a small opinion',
      instructions:
        'Say what you think about one small point on the agenda: “I would prefer …”, “I think … works better.” Afterwards note what the others really answered.',
      rationale: 'Others may disagree, and that is bearable. Being valued does not depend on being agreed with.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/communication-practice|1.0.0',
      schedule: { type: 'once-within', days: 5 },
      unlock: { type: 'after', after: '4a', criterion: { type: 'behaviour-done' } },
    },
    {
      key: '4c',
      step: 6,
      kind: 'communication-practice',
      title: 'Lead a small part of the meeting',
      instructions:
        'Take over one short item of the agenda, five minutes at most, that you know well. Agree it with your manager beforehand. A slip of the tongue is allowed.',
      rationale: '“My colleagues value my input, and even a minor error is not catastrophic.” Here you live it.',
      questionnaire: 'https://intersession.dev/fhir/Questionnaire/communication-practice|1.0.0',
      schedule: { type: 'once-within', days: 7 },
      unlock: { type: 'after', after: '4b', criterion: { type: 'behaviour-done' } },
    },
  ],
};
