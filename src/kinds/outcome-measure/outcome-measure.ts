import type { ScoreDeclaration } from '../../homework/log/score.ts';
import type { Kind, KindVersion } from '../kind.ts';

/** What differs from one instrument to another. */
interface Instrument {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly questionnaire: KindVersion['questionnaire'];
  /** What is calculated from the answers; the first is the total. */
  readonly scores: readonly [ScoreDeclaration, ...ScoreDeclaration[]];
  readonly safety?: KindVersion['safety'];
  /** Lines that stand after those of the scores. */
  readonly also?: KindVersion['summary'];
  /** Every so many days, when a clinician says nothing else. */
  readonly everyDays: number;
  /** How it is filled in, where it is not answered here; absent: all of it in one go. */
  readonly instructions?: string;
}

/**
 * A standard questionnaire as a kind: it stands beside the ladder, comes again at its interval, may be filled in three days later,
 * and tells its scores.
 */
export function outcomeMeasure(instrument: Instrument): Kind {
  const { slug, title, description, questionnaire, scores, safety, also = [], everyDays } = instrument;
  const answered = `Answer the ${title} in one go, by what was true in the time it asks about. There are no right or wrong answers. You may leave out what you do not want to answer, but there is a total only when every question has an answer.`;
  return {
    slug,
    title,
    description,
    family: 'outcome-measure',
    defaults: {
      lateGraceHours: 72,
      instructions: instrument.instructions ?? answered,
      rationale:
        'The same questions, asked again and again, show what changes sooner than memory does. Your clinician looks at the score with you.',
      schedule: { type: 'series', pattern: { type: 'days', every: everyDays }, ends: { type: 'open' } },
      standing: true,
    },
    versions: [
      {
        questionnaire,
        scores,
        ...(safety !== undefined && { safety }),
        summary: [...scores.map(({ label, linkId }) => ({ type: 'score', label, linkId }) as const), ...also],
        offers: ['score-reached', 'score-changed', 'logs-done', 'clinician-approves'],
      },
    ],
  };
}
