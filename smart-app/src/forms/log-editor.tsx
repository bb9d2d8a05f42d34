import type { Questionnaire } from 'fhir/r4';
import { type ReactNode, useMemo, useState } from 'react';
import type { LogView } from '../../../src/contract/app/plan-view.ts';
import { defined } from '../../../src/foundation/defined.ts';
import type { PredictionParts } from '../../../src/homework/homework-rules.ts';
import type { SummaryLine } from '../../../src/homework/log/summary-line.ts';
import type { Instant } from '../../../src/homework/model.ts';
import type { SafetyDeclaration } from '../../../src/homework/safety/safety-signal.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Notice } from '../parts/tone.tsx';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { fromWallClock, type Place, toWallClock, writeTime } from '../words/dates.ts';
import { changeProblem } from '../words/problem-words.ts';
import { type AnswerIssue, checkAnswers, sendableAnswers } from './check-answers.ts';
import { pagesOf } from './form-pages.ts';
import { FormProgress } from './form-progress.tsx';
import { FormTurn } from './form-turn.tsx';
import type { Answers } from './is-enabled.ts';
import { IssueList } from './issue-list.tsx';
import { LogForm } from './log-form.tsx';
import { questionsOf, readQuestionnaire } from './read-questionnaire.ts';
import { coreQuestions } from './short-first.ts';
import { useFormPages } from './use-form-pages.ts';
import { type Saved, useLogDraft } from './use-log-draft.ts';

export interface FinishedLog {
  readonly logId: string;
  readonly occurrenceId?: string;
  readonly performedAt: Instant;
  readonly answers: Answers;
  readonly withheld: readonly string[];
}

interface LogEditorProps {
  readonly questionnaire: Questionnaire;
  readonly behaviourLinkId: string | undefined;
  /** Where predictions are locked before the outcome is written; absent: nowhere. */
  readonly predictionParts?: PredictionParts | undefined;
  /** What is read of a log in brief: those questions come first. */
  readonly summary?: readonly SummaryLine[] | undefined;
  readonly subject: string;
  readonly assignmentId: string;
  readonly occurrenceId?: string;
  readonly now: Instant;
  readonly place: Place;
  readonly begun?: LogView;
  readonly saveAtService: boolean;
  readonly mayWithhold: boolean;
  /** Which answers are risk answers, where the patient writes. */
  readonly safety?: readonly SafetyDeclaration[];
  /** When it happened can't be changed any more in a log that is being corrected. */
  readonly timeFixed?: boolean;
  readonly finishWords: string;
  /** @throws ServiceProblem */
  readonly onFinish: (log: FinishedLog) => Promise<void>;
  /** It was left with something of it saved. */
  readonly onAway?: () => void;
  /** Leaves with everything saved, to go on another time. */
  readonly onLater?: () => void;
  readonly children?: ReactNode;
}

const savedWords: Readonly<Record<Saved, string>> = {
  untouched: '',
  saving: 'Saving …',
  saved: 'Saved. You can leave and come back.',
  partly: 'Saved, but for what can’t be sent as it is: that is kept on this device, encrypted.',
  'on-device': 'Kept on this device, encrypted.',
};

/** Writes, finishes or corrects a log, whoever does it; nothing typed is ever taken off the page by an error. */
export function LogEditor(props: LogEditorProps) {
  const { questionnaire, place, now, onFinish, onLater, timeFixed = false } = props;
  const { expired, online, session } = useAppSession();
  const fields = useMemo(() => readQuestionnaire(questionnaire), [questionnaire]);
  const { draft, saved, showOther, update, settle, drop } = useLogDraft({ ...props, fields, performedAt: now });
  const [issues, setIssues] = useState<readonly AnswerIssue[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const core = coreQuestions(fields, props);
  const pages = useFormPages({
    pages: pagesOf(fields, props.behaviourLinkId, draft.answers),
    ...{ core, answers: draft.answers, issues },
  });

  const answer = (linkId: string, value: unknown): void => {
    update({ answers: { ...draft.answers, [linkId]: value } });
    if (issues.some((issue) => issue.linkId === linkId)) setIssues(issues.filter((issue) => issue.linkId !== linkId));
  };
  const withhold = (linkId: string, on: boolean): void =>
    update({ withheld: on ? [...draft.withheld, linkId] : draft.withheld.filter((text) => text !== linkId) });
  const finish = async (): Promise<void> => {
    const found = checkAnswers(fields, draft.answers, true);
    setIssues(found);
    setProblem(undefined);
    if (found.length > 0) return;
    setBusy(true);
    try {
      if (!timeFixed) await settle();
      const answers = sendableAnswers(fields, draft.answers);
      const { logId, occurrenceId, performedAt } = draft;
      const withheld = draft.withheld.filter((linkId) => Object.hasOwn(answers, linkId));
      await onFinish({
        logId,
        ...defined({ occurrenceId }),
        performedAt,
        answers,
        withheld,
      });
      drop();
    } catch (error) {
      const thrown = problemOf(error);
      const questions = new Set(questionsOf(fields).map(({ linkId }) => linkId));
      setIssues(
        thrown.issues.flatMap(({ linkId, problem: words }) =>
          linkId !== undefined && questions.has(linkId) ? [{ linkId, problem: `This ${words}.` }] : [],
        ),
      );
      if (thrown.code !== 'session-expired') setProblem(changeProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  /** What was left out is asked for at the end; what is not right is told where it stands. */
  const turn = (): void => {
    const found = checkAnswers(pages.page.fields, draft.answers, false);
    setIssues(found);
    if (found.length === 0) pages.next();
  };
  const pause =
    onLater === undefined ? null : (
      <button type="button" className="secondary" onClick={() => void settle().then(onLater)}>
        Save this part and go on later
      </button>
    );
  return (
    <form
      className="log-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (pages.isLast || timeFixed) void finish();
        else turn();
      }}
    >
      <FormProgress {...pages} />
      <IssueList fields={fields} issues={issues} {...pages} onShow={pages.show} />
      {pages.at === 0 ? props.children : null}
      {showOther === undefined ? null : (
        <Notice tone="open" title="There is another version of this log">
          <p>
            It was written here or on another device, and says something else. It is kept on this device until you have
            finished the one that you see.
          </p>
          <button
            type="button"
            className="secondary"
            onClick={() => {
              setIssues([]);
              showOther();
            }}
          >
            Show the other version
          </button>
        </Notice>
      )}
      {pages.at === 0 ? (
        <p className="quiet form-hint">A few words are enough. Only what is marked “needed” has to be answered.</p>
      ) : null}
      {timeFixed || pages.at > 0 ? null : (
        <div className="question when">
          <label htmlFor="performed-at">When was it?</label>
          <p className="help" id="performed-at-help">
            {writeTime(draft.performedAt, place)}. Change it if you are writing this down later.
          </p>
          <input
            id="performed-at"
            type="datetime-local"
            aria-describedby="performed-at-help"
            value={toWallClock(draft.performedAt, place.timeZone)}
            max={toWallClock(now, place.timeZone)}
            onChange={(event) => {
              const at = fromWallClock(event.currentTarget.value, place.timeZone);
              if (at !== undefined) update({ performedAt: at });
            }}
          />
        </div>
      )}
      <LogForm
        fields={fields}
        behaviourLinkId={props.behaviourLinkId}
        pages={pages}
        core={core}
        answers={draft.answers}
        withheld={draft.withheld}
        locked={draft.locked ?? []}
        issues={issues}
        mayWithhold={props.mayWithhold}
        {...(props.safety === undefined ? {} : { safety: props.safety })}
        onAnswer={answer}
        onWithhold={withhold}
        pause={pause}
      />
      <ProblemNotice problem={problem} />
      <div className="form-end">
        <FormTurn pages={pages} onNext={turn} nextIsSubmit={!timeFixed} pause={pause}>
          <button type="submit" className="primary large" disabled={busy || expired || !session.canWrite}>
            {busy ? 'Saving …' : props.finishWords}
          </button>
        </FormTurn>
        <p className="saved quiet" role="status">
          {expired || !online ? savedWords[saved === 'untouched' ? 'untouched' : 'on-device'] : savedWords[saved]}
        </p>
      </div>
    </form>
  );
}
