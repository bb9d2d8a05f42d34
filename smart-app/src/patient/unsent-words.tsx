import type { LogView, PlanView } from '../../../src/contract/app/plan-view.ts';
import { isFinished } from '../../../src/homework/log/log.ts';
import { answersTo } from '../../../src/homework/log/merge-drafts.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import { saidOf } from '../forms/draft-said.ts';
import { type Field, questionsOf } from '../forms/read-questionnaire.ts';
import { keptWords } from '../forms/saved-words.tsx';
import { wordsOf } from '../forms/two-answers.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAppSession } from '../session/app-session.tsx';
import type { DraftCopy } from '../session/draft-copy.ts';
import type { LocalCopy } from '../session/local-copy.ts';
import { type Place, writeTime } from '../words/dates.ts';
import { usePatientPages } from './patient-context.ts';

/** Words on this device that their log does not take any more, and what has become of it. */
export interface UnsentWordsOf {
  readonly copy: DraftCopy;
  readonly log: LogView | undefined;
}

/** What was written here of a step and never came to the service, though its log was sent or has ended. */
export function unsentOf(drafts: LocalCopy, { logs }: PlanView, subject: string): UnsentWordsOf | undefined {
  for (const copy of drafts.find(subject)) {
    const log = logs.find(({ id }) => id === copy.logId);
    if (!copy.synced && log !== undefined && log.status !== 'in-progress') return { copy, log };
  }
  return undefined;
}

interface UnsentWordsProps extends UnsentWordsOf {
  readonly place: Place;
  readonly fields: readonly Field[];
  /** It was put somewhere else, or given up. */
  readonly onDone: () => void;
}

/** That words were not sent, which they are, and what can be done with them. */
export function UnsentWords({ copy, log, place, fields, onDone }: UnsentWordsProps) {
  const { open } = usePatientPages();
  const { drafts } = useAppSession();
  const sent = log !== undefined && isFinished(log) ? log : undefined;
  const news = questionsOf(fields).filter(({ linkId }) => hasNews(copy, sent, linkId));
  const give = (): void => {
    const [first, ...rest] = drafts.find(copy.subject).filter((draft) => draft !== copy);
    if (first === undefined) drafts.drop(copy.subject);
    else drafts.keep(first, rest);
    onDone();
  };
  return (
    <Notice tone="care" live="status" title={sent === undefined ? 'This was not sent' : 'This note was sent already'}>
      <p>
        {sent === undefined
          ? 'The step takes no notes just now. What you wrote stands below.'
          : `You sent it from another tab or device, ${writeTime(sent.authored, place)}. What you wrote here is not in it:`}
      </p>
      <dl className="answers">
        {news.map((field) => (
          <div key={field.linkId}>
            <dt dir="auto">{field.text}</dt>
            <dd dir="auto">{wordsOf(field, copy.answers[field.linkId])}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{keptWords(drafts.where())}</p>
      <div className="buttons">
        {sent === undefined ? null : (
          <button
            type="button"
            className="primary"
            onClick={() => {
              drafts.keep({ ...copy, subject: `log:${sent.id}` }, drafts.find(`log:${sent.id}`));
              give();
              open({ name: 'correct', logId: sent.id });
            }}
          >
            Put it into the note you sent
          </button>
        )}
        <button type="button" className="plain" onClick={give}>
          Leave it out for good
        </button>
      </div>
    </Notice>
  );
}

function hasNews(copy: DraftCopy, sent: LogView | undefined, linkId: string): boolean {
  const [mine] = answersTo({ ...copy, others: undefined }, linkId);
  if (mine === undefined) return false;
  const known = sent === undefined ? [] : answersTo(saidOf(sent), linkId);
  return !known.some((answer) => sameAnswer(answer, mine));
}
