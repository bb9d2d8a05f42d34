import type { Questionnaire } from 'fhir/r4';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { PlanView, StepView } from '../../../src/contract/app/plan-view.ts';
import { asOnPaper } from '../forms/as-on-paper.ts';
import { type AnswerIssue, checkAnswers, sendableAnswers } from '../forms/check-answers.ts';
import { Fields } from '../forms/form-fields.tsx';
import type { Answers } from '../forms/is-enabled.ts';
import { IssueList } from '../forms/issue-list.tsx';
import { focusQuestion } from '../forms/question.tsx';
import { questionsOf, readQuestionnaire } from '../forms/read-questionnaire.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { useNowSince } from '../session/use-now-since.ts';
import { writeTime } from '../words/dates.ts';
import { changeProblem } from '../words/problem-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { readPaperTime } from './paper-time.ts';
import { dayId, PaperWhen, timeId } from './paper-when.tsx';
import '../styles/paper-log.css';

interface PaperLogFormProps {
  readonly view: PlanView;
  readonly step: StepView;
  readonly questionnaire: Questionnaire;
}

interface Sheet {
  readonly logId: string;
  readonly day: string;
  readonly time: string;
  readonly answers: Answers;
}

const isSheet = (value: unknown): value is Sheet =>
  typeof value === 'object' && value !== null && 'logId' in value && 'day' in value && 'answers' in value;
const emptySheet = (): Sheet => ({ logId: crypto.randomUUID(), day: '', time: '', answers: {} });

/** What stands on one sheet of paper after the other, typed in without a mouse; what is not saved yet is kept on this device. */
export function PaperLogForm({ view, step, questionnaire }: PaperLogFormProps) {
  const { homework, place, change, open, mayChange } = useClinicianPages();
  const { expired, online } = useAppSession();
  const now = useNowSince(homework.now);
  const fields = useMemo(() => asOnPaper(readQuestionnaire(questionnaire)), [questionnaire]);
  const [sheet, write, forget] = useKeptState<Sheet>(`paper-log:${step.id}`, emptySheet(), isSheet);
  const [issues, setIssues] = useState<readonly AnswerIssue[]>([]);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [saved, setSaved] = useState<{ readonly count: number; readonly last: string }>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const read = readPaperTime(sheet, { planStart: view.plan.period.start, now: now(), place });
  const mayBeSaved = mayChange && !busy && !expired && online;
  const saves = useRef(0);
  const count = saved?.count;
  useEffect(() => {
    if (count !== undefined) document.getElementById(dayId)?.focus();
  }, [count]);

  const save = async (then: 'next' | 'finish'): Promise<void> => {
    const found = checkAnswers(fields, sheet.answers, true);
    setTried(true);
    setIssues(found);
    setProblem(undefined);
    if (!('at' in read)) document.getElementById(read.field === 'day' ? dayId : timeId)?.focus();
    if (!('at' in read) || found.length > 0) return;
    setBusy(true);
    try {
      const answers = sendableAnswers(fields, sheet.answers);
      const body = { id: sheet.logId, performedAt: read.at, answers, status: 'completed' } as const;
      await change({ method: 'POST', path: `/assignments/${step.id}/logs`, body });
      saves.current += 1;
      write(emptySheet());
      forget();
      setTried(false);
      if (then === 'finish') open({ name: 'logs' });
      else setSaved({ count: saves.current, last: writeTime(read.at, place) });
    } catch (error) {
      const thrown = problemOf(error);
      const known = new Set(questionsOf(fields).map(({ linkId }) => linkId));
      setIssues(
        thrown.issues.flatMap(({ linkId, problem: words }) =>
          linkId !== undefined && known.has(linkId) ? [{ linkId, problem: `This ${words}.` }] : [],
        ),
      );
      if (thrown.code !== 'session-expired') setProblem(changeProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      className="paper-log"
      noValidate
      onKeyDown={(event) => goOnByEnter(event, () => form.current?.requestSubmit())}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayBeSaved) void save('next');
      }}
    >
      <IssueList fields={fields} issues={issues} pages={[]} onShow={focusQuestion} />
      <p className="saved" role="status">
        {saved === undefined
          ? null
          : `Saved: ${saved.last}. ${saved.count === 1 ? 'One log' : `${saved.count} logs`} entered so far; here is room for the next one.`}
      </p>
      <PaperWhen
        {...{ view, step, place, read }}
        now={now()}
        when={sheet}
        problem={tried && !('at' in read) ? read : undefined}
        onChange={write}
      />
      <h2>What the paper says</h2>
      <Fields
        key={sheet.logId}
        fields={fields}
        answers={sheet.answers}
        withheld={[]}
        issues={issues}
        mayWithhold={false}
        onAnswer={(linkId, value) => {
          write({ answers: { ...sheet.answers, [linkId]: value } });
          setIssues(issues.filter((issue) => issue.linkId !== linkId));
        }}
        onWithhold={() => undefined}
      />
      <ProblemNotice problem={problem} />
      <div className="form-end">
        <button type="submit" className="primary" disabled={!mayBeSaved}>
          {busy ? 'Saving …' : 'Save and enter the next one'}
        </button>
        <button type="button" className="secondary" disabled={!mayBeSaved} onClick={() => void save('finish')}>
          Save and finish
        </button>
        <p className="quiet">Enter goes to the next box; Ctrl and Enter save and begin the next one.</p>
      </div>
    </form>
  );
}

/** Enter goes on to the next field, as whoever types from paper expects it to; in a text it is a new line. */
function goOnByEnter(event: KeyboardEvent<HTMLFormElement>, save: () => void): void {
  const { target, currentTarget } = event;
  if (event.key !== 'Enter' || !(target instanceof HTMLElement)) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    save();
  } else if (target instanceof HTMLInputElement) {
    event.preventDefault();
    const fields = [...currentTarget.querySelectorAll<HTMLElement>('input, textarea, select, button')].filter(
      (field) => !(field instanceof HTMLInputElement && field.type === 'radio' && field.name === target.name),
    );
    const after = fields.find(
      (field) => (target.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    after?.focus();
  }
}
