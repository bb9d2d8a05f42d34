import type { ReactNode } from 'react';
import { SessionNotices } from '../parts/session-notices.tsx';
import { Notice } from '../parts/tone.tsx';
import { useIntegrationPages } from './integration-context.ts';

/** What surrounds each page: how the sign-in stands, and whether it may decide anything. */
export function PageFrame({ children }: { readonly children: ReactNode }) {
  const { mayDecide } = useIntegrationPages();
  return (
    <main className="integration">
      <SessionNotices />
      {mayDecide ? null : (
        <Notice tone="quiet" title="Read only">
          <p>
            The EHR has granted this sign-in no writing, so you see everything and decide nothing here. The command
            “intersession ledger” can, or a sign-in that the EHR lets write.
          </p>
        </Notice>
      )}
      {children}
    </main>
  );
}
