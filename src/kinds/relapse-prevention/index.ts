import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import { measureCode } from '../measure-code.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** A skill carried into many places after the worst is over, and the early signs that a plan names; a slip is no alarm. */
export const relapsePrevention: Kind = {
  slug: 'relapse-prevention',
  title: 'Relapse prevention',
  description: 'A skill in varied places, the early signs that were agreed on, and slips with what helped.',
  defaults: {
    lateGraceHours: 72,
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 7 },
      ends: { type: 'after', count: 4 },
    },
    instructions:
      'Once a week, note a skill that you used and where, and say which of the early signs you noticed. Try the skill in a new place when you can.',
    rationale:
      'Skills last when they are used in many places, also in good times. Early signs are the moment at which little is needed to turn things round.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      ownParts: [
        {
          name: 'signs',
          label: 'Early signs',
          pattern: 'sign',
          least: 1,
          most: 12,
          defaults: [
            { id: 'sleep', text: 'I slept badly for three nights' },
            { id: 'people', text: 'I pulled back from people' },
            { id: 'routine', text: 'I dropped what does me good' },
            { id: 'thoughts', text: 'Old thoughts came back' },
            { id: 'upset', text: 'I was easily upset' },
          ],
        },
      ],
      scores: [
        {
          linkId: 'warning-signs',
          label: 'Early signs noticed',
          code: measureCode('warning-signs', 'Warning signs noticed'),
          // for each sign that the plan names
          range: { least: 0, most: 1 },
          calculation: { type: 'count', linkIds: ['sign'], atLeast: 1 },
          higherIs: 'worse',
        },
      ],
      summary: [
        { type: 'text', label: 'Skill', linkId: 'skill' },
        { type: 'list', label: 'Where', linkId: 'context' },
        { type: 'text', label: 'What they did', linkId: 'what-i-did' },
        { type: 'value', label: 'How it went', linkId: 'how-it-went', unit: 'of 10' },
        { type: 'score', label: 'Early signs', linkId: 'warning-signs' },
        { type: 'items', label: 'Signs', items: [{ linkId: 'sign', label: '“{name}”' }] },
        { type: 'value', label: 'Slipped', linkId: 'lapse' },
        { type: 'text', label: 'What helped', linkId: 'what-helped' },
        { type: 'text', label: 'Next', linkId: 'next' },
      ],
      offers: ['logs-done', 'clinician-approves', 'measure-reached'],
    },
  ],
};
