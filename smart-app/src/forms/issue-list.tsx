import { useEffect, useRef } from 'react';
import type { AnswerIssue } from './check-answers.ts';
import { type FormPage, pageOf } from './form-pages.ts';
import { namesIn } from './log-issues.ts';
import { questionId } from './question.tsx';
import type { Field } from './read-questionnaire.ts';
import { issueListId } from './use-form-pages.ts';

interface IssueListProps {
  readonly fields: readonly Field[];
  readonly issues: readonly AnswerIssue[];
  /** The pages of a form that has more than one. */
  readonly pages: readonly FormPage[];
  readonly onShow: (linkId: string) => void;
}

/**
 * What needs another look, each leading to its question, with its page named; takes the focus when something is found, and
 * not when one of them is put right: then somebody is writing.
 */
export function IssueList({ fields, issues, pages, onShow }: IssueListProps) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<readonly AnswerIssue[]>([]);
  useEffect(() => {
    if (issues.some((issue) => !before.current.includes(issue))) box.current?.focus();
    before.current = issues;
  }, [issues]);
  if (issues.length === 0) return null;
  const words = namesIn(fields);
  return (
    <div className="notice care" role="alert" id={issueListId} tabIndex={-1} ref={box}>
      <h2>
        {issues.length === 1 ? 'One question needs another look' : `${issues.length} questions need another look`}
      </h2>
      <ul>
        {issues.map(({ linkId, problem }) => (
          <li key={linkId}>
            <a
              href={`#${questionId(linkId)}`}
              dir="auto"
              onClick={(event) => {
                event.preventDefault();
                onShow(linkId);
              }}
            >
              {words.get(linkId) ?? linkId}
            </a>{' '}
            <PageName pages={pages} at={pageOf(pages, linkId)} />
            {problem}
          </li>
        ))}
      </ul>
    </div>
  );
}

function PageName({ pages, at }: { readonly pages: readonly FormPage[]; readonly at: number }) {
  if (pages.length < 2 || at < 0) return null;
  return (
    <span className="quiet">
      (page {at + 1}, <bdi>{pages[at]?.title}</bdi>){' '}
    </span>
  );
}
