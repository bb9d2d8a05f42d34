import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { defined } from '../../../src/foundation/defined.ts';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import type { RiskTold } from '../patient/risk-notice.tsx';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import type { DraftCopy } from '../session/draft-copy.ts';
import { useNowSince } from '../session/use-now-since.ts';
import { changeProblem } from '../words/problem-words.ts';
import { type AnswerIssue, checkAnswers, sendableAnswers, timeOfLog } from './check-answers.ts';
import { pagesOf } from './form-pages.ts';
import { FormProgress } from './form-progress.tsx';
import { FormTurn } from './form-turn.tsx';
import { isBlank } from './is-enabled.ts';
import { IssueList } from './issue-list.tsx';
import type { LogEditorProps } from './log-editor-props.ts';
import { LogForm } from './log-form.tsx';
import { cameMeanwhile, issuesOf, namesIn, twoAnswers } from './log-issues.ts';
import { type Field, readQuestionnaire } from './read-questionnaire.ts';
import { NotSavedHere, SavedWords } from './saved-words.tsx';
import { coreQuestions } from './short-first.ts';
import { SentBefore, TwoAnswers, TwoTimes } from './two-answers.tsx';
import { useFormPages } from './use-form-pages.ts';
import { useLogDraft } from './use-log-draft.ts';
import { WhenField } from './when-field.tsx';

/** Writes, finishes or corrects a log, whoever does it; nothing typed is ever taken off the page by an error. */
export function LogEditor(props: LogEditorProps) {
  const { questionnaire, place, now, onFinish, onLater, timeFixed = false, signalsWait = false } = props;
  const { expired, online, session } = useAppSession();
  const fields = useMemo(() => readQuestionnaire(questionnaire), [questionnaire]);
  const editing = useLogDraft({ ...props, fields, now: useNowSince(now) });
  const { draft, update, settle, drop } = editing;
  const [issues, setIssues] = useState<readonly AnswerIssue[]>([]);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const away = useRef(false);
  const { saved } = editing;
  // that the service can't be reached is over as soon as something is saved there again, or the connection is back
  useEffect(() => {
    if (!away.current || !online || saved !== 'saved') return;
    away.current = false;
    setProblem(undefined);
  }, [online, saved]);
  const [written, setWritten] = useState<string>();
  const decided = useRef(new Set<string>());
  const isOwn = (linkId: string): boolean => props.keptToSelf?.includes(linkId) === true;
  // what the service has refused stands at its field, whether or not anybody has tried to send it
  const shown = [
    ...issues,
    ...editing.refused.filter(({ linkId }) => issues.every((issue) => issue.linkId !== linkId)),
  ];
  const named = namesIn(fields);
  const unsendable = [...checkAnswers(fields, draft.answers, false), ...editing.refused];
  const left = [...new Set(unsendable.map(({ linkId }) => named.get(linkId) ?? linkId))];
  const standing = { ...editing, left, saveAtService: props.saveAtService };
  const core = coreQuestions(fields, props);
  const pages = useFormPages({
    pages: pagesOf(fields, props.behaviourLinkId, draft.answers),
    ...{ core, answers: draft.answers, issues, sent: timeFixed ? props.begun?.answers : undefined },
  });

  /** Whether the care team is told of a risk answer, in each state that it can be in. */
  const riskTold = (linkId: string): RiskTold => {
    if (editing.saved === 'ended' || !session.canWrite) return 'nobody';
    const { anew = [], base, answers } = draft;
    const soon = signalsWait ? 'waits-when-saved' : 'when-saved';
    if (anew.includes(linkId) || !sameAnswer(base?.answers[linkId], answers[linkId])) return soon;
    if (editing.risk.riskWaits?.includes(linkId)) return 'waits';
    if (editing.risk.riskTold?.includes(linkId)) return 'told';
    return !props.saveAtService ? 'before' : signalsWait ? soon : 'when-sent';
  };
  const answer = (linkId: string, value: unknown): void => {
    const given = { answers: { ...draft.answers, [linkId]: value } };
    update(keepsAgain(linkId) ? { ...given, withheld: [...draft.withheld, linkId] } : given);
    setWritten(linkId);
    if (issues.some((issue) => issue.linkId === linkId)) setIssues(issues.filter((issue) => issue.linkId !== linkId));
  };
  /** What is one's own is so again when it is written anew, unless somebody has just said otherwise. */
  const keepsAgain = (linkId: string): boolean =>
    isOwn(linkId) && !decided.current.has(linkId) && isBlank(draft.answers[linkId]) && !draft.withheld.includes(linkId);
  const withhold = (linkIds: readonly string[], on: boolean): void => {
    const others = draft.withheld.filter((text) => !linkIds.includes(text));
    for (const linkId of linkIds) decided.current.add(linkId);
    update({ withheld: on ? [...others, ...linkIds] : others });
  };
  /** Shows what keeps it from being sent, and what has come to it since `before`. @returns whether there is anything */
  const showIssues = (now: DraftCopy, before = now): boolean => {
    const found = issuesOf(fields, { now, before, time: timeFixed ? [] : editing.refused });
    setIssues(found.issues);
    if (found.news) setProblem(cameMeanwhile);
    return found.issues.length > 0;
  };
  const choose = (linkId: string, value: unknown, rest: readonly unknown[]): void => {
    const { answers = {}, performedAt = [] } = draft.others ?? {};
    update({
      answers: { ...draft.answers, [linkId]: value },
      others: { answers: { ...answers, [linkId]: rest }, performedAt },
    });
    if (rest.length === 0) setIssues(issues.filter((issue) => issue.linkId !== linkId || issue.problem !== twoAnswers));
  };
  const beside = (field: Field): ReactNode => {
    const others = draft.others?.answers[field.linkId] ?? [];
    const locked = draft.locked?.includes(field.linkId) ?? false;
    return (
      <>
        {timeFixed ? <SentBefore field={field} value={draft.answers[field.linkId]} sent={props.begun} /> : null}
        {others.length === 0 ? null : (
          <TwoAnswers
            {...{ field, others, locked, value: draft.answers[field.linkId] }}
            onChoose={(value, rest) => choose(field.linkId, value, rest)}
          />
        )}
        {written === field.linkId ? <NotSavedHere {...standing} /> : null}
      </>
    );
  };
  const finish = async (): Promise<void> => {
    setProblem(undefined);
    if (showIssues(draft)) return;
    setBusy(true);
    try {
      const settled = timeFixed ? draft : await settle();
      if (showIssues(settled, draft)) return;
      const answers = sendableAnswers(fields, settled.answers);
      const { logId, occurrenceId, performedAt, base, savedAt, anew } = settled;
      const withheld = settled.withheld.filter((linkId) => Object.hasOwn(answers, linkId));
      const finished = { logId, ...defined({ occurrenceId, performedAt }), answers, withheld };
      await onFinish(
        props.saveAtService ? { ...finished, ...defined({ base }) } : { ...finished, ...defined({ anew }) },
        savedAt,
      );
      drop();
    } catch (error) {
      const thrown = problemOf(error);
      if (thrown.code === 'version-conflict' && props.saveAtService) {
        // asked for now, as what is loaded by itself comes when it comes
        if (!showIssues(await editing.askAnew(), draft)) setProblem(changeProblem(thrown));
        return;
      }
      if (thrown.code === 'not-supported') props.onAway?.();
      setIssues(
        thrown.issues.flatMap(({ linkId, path, problem: words }) => {
          const part = path === 'performedAt' ? timeOfLog : linkId;
          return part !== undefined && named.has(part) ? [{ linkId: part, problem: `This ${words}.` }] : [];
        }),
      );
      away.current = thrown.code === 'offline';
      if (thrown.code !== 'session-expired') setProblem(changeProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  /** What was left out is asked for at the end; what is not right is told where it stands. */
  const turn = (): void => {
    const time = pages.at > 0 ? [] : editing.refused.filter(({ linkId }) => linkId === timeOfLog);
    const found = [...time, ...checkAnswers(pages.page.fields, draft.answers, false)];
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
      {pages.at === 0 ? (
        <p className="quiet form-hint">A few words are enough. Only what is marked “needed” has to be answered.</p>
      ) : null}
      {timeFixed || pages.at > 0 ? null : (
        <>
          <WhenField
            {...{ performedAt: draft.performedAt, now, place, wasDue: props.wasDue, ofDay: props.ofDay }}
            problem={shown.find(({ linkId }) => linkId === timeOfLog)?.problem}
            onChange={(performedAt) => {
              update({ performedAt });
              setIssues(issues.filter(({ linkId }) => linkId !== timeOfLog));
            }}
          />
          <TwoTimes
            others={draft.others?.performedAt ?? []}
            place={place}
            onChoose={(time, performedAt) => {
              const answers = draft.others?.answers ?? {};
              update({ ...(time === undefined ? {} : { performedAt: time }), others: { answers, performedAt } });
            }}
          />
        </>
      )}
      <LogForm
        fields={fields}
        behaviourLinkId={props.behaviourLinkId}
        pages={pages}
        core={core}
        answers={draft.answers}
        withheld={draft.withheld}
        locked={draft.locked ?? []}
        issues={shown}
        mayWithhold={props.mayWithhold}
        {...(props.safety === undefined ? {} : { safety: props.safety, riskTold })}
        below={beside}
        lastTime={props.lastTime}
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
        <SavedWords {...standing} />
      </div>
    </form>
  );
}
