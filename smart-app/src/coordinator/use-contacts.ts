import { useCallback, useState } from 'react';
import type { NotedContact, RosterRow } from '../../../src/contract/app/roster.ts';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer, isNothing } from '../service/answer-shape.ts';
import { useAppSession } from '../session/app-session.tsx';
import { calledWords } from './roster-words.ts';

/** What was done, in words, and what of it can be taken back. */
export type Noted = Partial<NotedContact> & { readonly words: string };

export interface Contacts {
  readonly said: Noted | undefined;
  readonly say: (noted: Noted) => void;
  /** Takes the contact back that was noted last; absent when there is none. */
  readonly undo: (() => Promise<void>) | undefined;
  /** Puts somebody who is set aside back on the list. */
  readonly putBack: (row: RosterRow) => Promise<void>;
  readonly busy: boolean;
  readonly problem: string | undefined;
}

/** What is done about contacts from the list, with what is said of it; `reload` reads the list anew. */
export function useContacts(reload: () => void): Contacts {
  const { call } = useAppSession();
  const [said, say] = useState<Noted>();
  const { busy, problem, run } = useAction();
  const noted = said?.id;
  const undo = useCallback(async () => {
    const path = `/app/v1/contacts/${noted}`;
    const was = await run(async () => expectAnswer(await call({ method: 'DELETE', path }), isNothing));
    if (!was) return;
    say({ words: 'The contact was taken back.' });
    reload();
  }, [noted, call, run, reload]);
  const putBack = useCallback(
    async (row: RosterRow) => {
      if (row.contact === undefined) return;
      const path = `/app/v1/contacts/${row.contact.id}/end`;
      const was = await run(async () => expectAnswer(await call({ method: 'POST', path, body: {} }), isNothing));
      if (!was) return;
      say({
        words:
          row.openSignals > 0
            ? `Not to be set aside any more: ${calledWords(row)}.`
            : `Back on the list: ${calledWords(row)}.`,
      });
      reload();
    },
    [call, run, reload],
  );
  return { said, say, undo: noted === undefined ? undefined : undo, putBack, busy, problem };
}
