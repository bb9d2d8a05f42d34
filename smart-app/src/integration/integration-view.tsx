import { useEffect, useMemo, useState } from 'react';
import { AppHeader } from '../parts/app-header.tsx';
import { fetchAhead, lazyPart } from '../parts/lazy-part.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useAppSession } from '../session/app-session.tsx';
import { usePageOf } from '../session/use-page-of.ts';
import { checkSection } from './check-part.ts';
import { IntegrationContext, type IntegrationPage } from './integration-context.ts';
import { OverviewPage } from './overview-page.tsx';
import { checkSheet, mergeSheet } from './overview-sheets.ts';
import '../styles/integration.css';

// what the first page does not need
const ledgerPage = lazyPart(async () => (await import('./ledger-page.tsx')).LedgerPage);
const rowPage = lazyPart(async () => (await import('./row-page.tsx')).RowPage);

const first: IntegrationPage = { name: 'overview' };

function isPage(value: unknown): value is IntegrationPage {
  if (typeof value !== 'object' || value === null || !('name' in value)) return false;
  if (value.name === 'row') return 'artefact' in value && 'id' in value;
  return value.name === 'overview' || value.name === 'ledger';
}

const tabs = [
  { name: 'overview', words: 'Connection' },
  { name: 'ledger', words: 'Ledger' },
] as const;

/** The pages of the integration team: the connection to one EHR, what needs them, and the ledger. */
export default function IntegrationView() {
  const { session } = useAppSession();
  const [page, open] = usePageOf(first, isPage);
  const { canWrite } = session;
  const { language, timeZone } = session.tenant;
  const [find, setFind] = useState('');
  const pages = useMemo(
    () => ({ open, find, setFind, mayDecide: canWrite, place: { language, timeZone } }),
    [open, find, canWrite, language, timeZone],
  );
  useEffect(() => fetchAhead([checkSection, ledgerPage, rowPage, mergeSheet, checkSheet]), []);
  const here = page.name === 'row' ? 'ledger' : page.name;
  return (
    <>
      <AppHeader>
        <Tabs tabs={tabs} here={here} onOpen={(name) => open({ name })} />
      </AppHeader>
      <IntegrationContext value={pages}>
        <Page page={page} />
      </IntegrationContext>
    </>
  );
}

function Page({ page }: { readonly page: IntegrationPage }) {
  switch (page.name) {
    case 'overview':
      return <OverviewPage />;
    case 'ledger':
      return <ledgerPage.Part choice={page} />;
    case 'row':
      return <rowPage.Part key={`${page.artefact} ${page.id}`} artefact={page.artefact} id={page.id} />;
  }
}
