import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { sameAnswer } from '../../../src/homework/log/same-answer.ts';
import { pageWithin, withinPage } from '../session/within-page.ts';
import type { AnswerIssue } from './check-answers.ts';
import { type FormPage, pageOf } from './form-pages.ts';
import { type Answers, valuesOf } from './is-enabled.ts';
import { focusQuestion } from './question.tsx';
import { questionsOf } from './read-questionnaire.ts';

export interface FormPages {
  readonly pages: readonly FormPage[];
  readonly at: number;
  readonly page: FormPage;
  readonly isLast: boolean;
  readonly next: () => void;
  readonly back: () => void;
  /** Leads to a question, on whichever page it is. */
  readonly show: (linkId: string) => void;
}

interface Options {
  readonly pages: readonly FormPage[];
  readonly core: ReadonlySet<string>;
  /** What was answered when the form was opened. */
  readonly answers: Answers;
  readonly issues: readonly AnswerIssue[];
  /** What was sent, where that is put right: one begins where it is another by now. */
  readonly sent?: Answers | undefined;
}

/** Where one was on a page: how far down, and in which field or at which button. */
interface Left {
  readonly scroll: number;
  readonly focus: string | undefined;
}

/** The ids of the heading of the page that is shown, and of the list of what needs another look. */
export const pageHeadingId = 'form-page';
export const issueListId = 'form-issues';

/**
 * Which page of a long form is shown. It stands in the browser's history, so that its back button and a reload lead to where
 * one was, with scroll and focus; a page that one goes on to begins at its top. What is wrong on another page takes one there.
 */
export function useFormPages({ pages, core, answers, issues, sent }: Options): FormPages {
  const [first] = useState(() =>
    sent === undefined ? firstPage(pages, core, answers) : firstOther(pages, answers, sent),
  );
  const [open, setOpen] = useState(() => withinPage(history.state)?.part ?? first);
  const at = Math.min(open, pages.length - 1);
  const left = useRef(new Map<number, Left>());
  const then = useRef<(() => void) | undefined>(undefined);
  const shown = useRef(at);
  shown.current = at;

  const turn = useCallback((to: number, afterwards: () => void): void => {
    const focus = document.activeElement?.closest('form [id]')?.id;
    left.current.set(shown.current, { scroll: window.scrollY, focus });
    then.current = afterwards;
    setOpen(to);
  }, []);
  const several = pages.length > 1;
  useEffect(() => {
    // so that a reload shows this one, whatever has been answered by then
    if (several && withinPage(history.state) === undefined)
      history.replaceState(pageWithin(history.state, { part: first }), '');
  }, [several, first]);
  useEffect(() => {
    const before = history.scrollRestoration;
    history.scrollRestoration = 'manual';
    const back = ({ state }: PopStateEvent): void => {
      const to = withinPage(state)?.part ?? first;
      turn(to, () => comeBack(left.current.get(to)));
    };
    window.addEventListener('popstate', back);
    return () => {
      window.removeEventListener('popstate', back);
      history.scrollRestoration = before;
    };
  }, [turn, first]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the page's change after which there is something to do
  useLayoutEffect(() => {
    then.current?.();
    then.current = undefined;
  }, [open]);

  const goOn = (to: number, afterwards: () => void): void => {
    history.pushState(pageWithin(history.state, { part: to, from: at }), '');
    turn(to, afterwards);
  };
  const known = useRef<readonly AnswerIssue[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for what was found wrong, whatever page is opened then
  useEffect(() => {
    // one of them was put right: whoever does that is not taken away from there
    const found = issues.some((issue) => !known.current.includes(issue));
    known.current = issues;
    if (!found) return;
    const places = issues.map(({ linkId }) => pageOf(pages, linkId)).filter((place) => place >= 0);
    if (places[0] !== undefined && !places.includes(at)) goOn(Math.min(...places), () => bringUp(issueListId));
  }, [issues]);
  return {
    ...{ pages, at, page: pages[at] ?? { fields: [] }, isLast: at === pages.length - 1 },
    next: () => goOn(at + 1, () => bringUp(pageHeadingId)),
    back() {
      const to = at - 1;
      if (withinPage(history.state)?.from === to) return history.back();
      history.replaceState(pageWithin(history.state, { part: to }), '');
      turn(to, () => comeBack(left.current.get(to)));
    },
    show(linkId) {
      const to = pageOf(pages, linkId);
      if (to < 0 || to === at) focusQuestion(linkId);
      else goOn(to, () => focusQuestion(linkId));
    },
  };
}

/** Where one goes on: at the last page with an answer; where its short version is answered already, at the one after it. */
function firstPage(pages: readonly FormPage[], core: ReadonlySet<string>, answers: Answers): number {
  const isAnswered = ({ linkId }: { readonly linkId: string }) => valuesOf(answers[linkId]).length > 0;
  const begun = pages.findLastIndex(({ fields }) => questionsOf(fields).some(isAnswered));
  if (begun < 0) return 0;
  const asked = questionsOf(pages[begun]?.fields ?? []).filter(({ linkId }) => core.has(linkId));
  return asked.every(isAnswered) ? Math.min(begun + 1, pages.length - 1) : begun;
}

/** The first page with an answer that is not as it was sent; the first of all where there is none. */
function firstOther(pages: readonly FormPage[], answers: Answers, sent: Answers): number {
  const isOther = ({ linkId }: { readonly linkId: string }) => !sameAnswer(answers[linkId], sent[linkId]);
  return Math.max(
    0,
    pages.findIndex(({ fields }) => questionsOf(fields).some(isOther)),
  );
}

/** Brings something to the top of the window, with the focus on it. */
function bringUp(id: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  element.focus({ preventScroll: true });
  const room = 16;
  window.scrollTo(0, window.scrollY + element.getBoundingClientRect().top - room);
}

function comeBack(to: Left | undefined): void {
  if (to === undefined) {
    bringUp(pageHeadingId);
    return;
  }
  const kept = to.focus === undefined ? null : document.getElementById(to.focus);
  (kept ?? document.getElementById(pageHeadingId))?.focus({ preventScroll: true });
  window.scrollTo(0, to.scroll);
}
