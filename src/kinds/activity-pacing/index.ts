import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import { measureCode } from '../measure-code.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };

/** An activity for a set time, whatever the pain: progress is tied to keeping to the time, never to less pain. */
export const activityPacing: Kind = {
  slug: 'activity-pacing',
  title: 'Activity pacing',
  description: 'An activity by the clock: minutes planned and done, why it ended, pain before and after.',
  defaults: {
    lateGraceHours: 24,
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'after', count: 7 },
      enough: 5,
    },
    instructions:
      'Do the activity for the time that we planned, once a day. Stop when the time is up, on good days and on bad days, and write down how long it was.',
    rationale:
      'Doing much on good days and nothing on bad ones keeps pain going. The same time each day teaches your body that moving is safe, and lets us add a little every week.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      scores: [
        {
          linkId: 'planned-share',
          label: 'Of the plan',
          code: measureCode('planned-share', 'Share of the planned minutes'),
          unit: '%',
          // more than ten times the plan is a slip of the finger
          range: { least: 0, most: 1000 },
          calculation: { type: 'percent', of: 'actual-minutes', in: 'planned-minutes' },
          bands: [
            { from: 0, label: 'less than planned' },
            { from: 80, label: 'kept' },
            { from: 120.1, label: 'over-activity' },
          ],
          higherIs: 'neither',
        },
      ],
      summary: [
        { type: 'text', label: 'What', linkId: 'activity' },
        { type: 'pair', label: 'Activity', planned: 'planned-minutes', actual: 'actual-minutes', unit: 'min' },
        { type: 'score', label: 'Of the plan', linkId: 'planned-share' },
        { type: 'value', label: 'Stopped because', linkId: 'stopped-because' },
        { type: 'change', label: 'Pain', before: 'pain-before', after: 'pain-after', unit: 'of 10' },
        { type: 'value', label: 'Fear of moving', linkId: 'movement-fear', unit: 'of 10' },
        { type: 'value', label: 'Rested', linkId: 'rest-minutes', unit: 'min' },
        { type: 'value', label: 'Worse the next morning', linkId: 'flare-next-day' },
      ],
      offers: ['quota-kept', 'logs-done', 'clinician-approves'],
    },
  ],
};
