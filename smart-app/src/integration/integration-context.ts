import { createContext, useContext } from 'react';
import type { LedgerState } from '../../../src/homework/ledger/ledger-state.ts';
import type { ReasonCode } from '../../../src/homework/ledger/row-reason.ts';
import type { Artefact } from '../../../src/homework/model.ts';
import type { Place } from '../words/dates.ts';

/** Which rows of the ledger; absent: any. What is looked for is not among it: that may be a patient's id, and is kept nowhere. */
export interface LedgerChoice {
  readonly state?: LedgerState;
  readonly artefact?: Artefact;
  readonly reasonCode?: ReasonCode;
}

/** The pages of whoever looks after the connection. */
export type IntegrationPage =
  | { readonly name: 'overview' }
  | ({ readonly name: 'ledger' } & LedgerChoice)
  | { readonly name: 'row'; readonly artefact: Artefact; readonly id: string };

export interface IntegrationPages {
  readonly open: (page: IntegrationPage) => void;
  /** What is looked for in the ledger, in this page's memory alone. */
  readonly find: string;
  readonly setFind: (find: string) => void;
  /** Whether this sign-in may decide about rows, not only look at them. */
  readonly mayDecide: boolean;
  readonly place: Place;
}

const Context = createContext<IntegrationPages | undefined>(undefined);
export const IntegrationContext = Context.Provider;

/** @throws Error outside of the integration view */
export function useIntegrationPages(): IntegrationPages {
  const pages = useContext(Context);
  if (pages === undefined) throw new Error('used outside of the integration view');
  return pages;
}
