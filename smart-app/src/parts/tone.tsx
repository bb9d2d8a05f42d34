import type { ReactNode } from 'react';
import type { Tone } from '../words/status-words.ts';

/** A status in words, with a sign and a colour that say the same. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`status ${tone}`}>{children}</span>;
}

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly live?: 'status' | 'alert';
  readonly children?: ReactNode;
}

/** Something to know, in a box of its own. */
export function Notice({ tone, title, live, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} {...(live === undefined ? {} : { role: live })}>
      {title === undefined ? null : <p className="notice-title">{title}</p>}
      {children}
    </div>
  );
}
