import { asQuestionnaire } from '../as-questionnaire.ts';
import type { Kind } from '../kind.ts';
import first from './questionnaires/1.0.0.json' with { type: 'json' };
import { sleepScores } from './scores.ts';

/** A night, as its sleeper recalls it in the morning; its date is that of the waking. */
export const sleepDiary: Kind = {
  slug: 'sleep-diary',
  title: 'Sleep diary',
  description: 'One night: times in bed and asleep, wakings and quality, with time asleep and sleep efficiency.',
  defaults: {
    // a night that is recalled two days later is guesswork
    lateGraceHours: 24,
    schedule: {
      type: 'series',
      pattern: { type: 'days', every: 1 },
      ends: { type: 'open' },
      enough: 5,
    },
    standing: true,
    instructions:
      'Fill it in each morning within an hour of getting up, for the night that has just ended. Guess the times; please don’t look at the clock at night. Five nights a week are enough.',
    rationale:
      'What we remember of our sleep is mostly the worst nights. A week of short notes shows how it really is, and by its mean we plan your time in bed together.',
  },
  versions: [
    {
      questionnaire: asQuestionnaire(first),
      scores: sleepScores,
      // the week's mean of the first decides; the rest says why it is as it is
      summary: [
        { type: 'score', label: 'Sleep efficiency', linkId: 'sleep-efficiency' },
        { type: 'minutes', label: 'Asleep', linkId: 'total-sleep-time' },
        { type: 'minutes', label: 'In bed', linkId: 'time-in-bed' },
        { type: 'minutes', label: 'Fell asleep after', linkId: 'minutes-to-sleep' },
        { type: 'value', label: 'Wakings', linkId: 'wakings' },
        { type: 'minutes', label: 'Awake in the night', linkId: 'minutes-awake' },
        { type: 'value', label: 'Into bed', linkId: 'into-bed' },
        { type: 'value', label: 'Tried to sleep', linkId: 'tried-to-sleep' },
        { type: 'value', label: 'Last woke', linkId: 'final-waking' },
        { type: 'value', label: 'Out of bed', linkId: 'out-of-bed' },
        { type: 'value', label: 'Quality', linkId: 'sleep-quality' },
        { type: 'text', label: 'Comment', linkId: 'comments' },
      ],
      offers: ['mean-of-days', 'in-a-row', 'score-reached', 'score-changed', 'logs-done', 'clinician-approves'],
    },
  ],
};
