import type { RebuiltLedger } from '../record/ledger/rebuild-ledger.ts';
import { operatorFor } from './open-operator.ts';

/**
 * Makes a tenant's ledger anew from the record, and says what came back.
 * @returns the exit code
 */
export async function rebuildLedgerOf(tenantId: string, json: boolean): Promise<number> {
  const { operator, close } = await operatorFor(tenantId, 'a record');
  try {
    const rebuilt = await operator.rebuildLedger();
    console.log(json ? JSON.stringify(rebuilt) : rebuiltWords(rebuilt));
    return 0;
  } finally {
    await close();
  }
}

/** What came back, and what cannot: of a withdrawal the record has nothing but the row and the evidence of the decision. */
export function rebuiltWords({ plans, resources, wanted, withdrawn }: RebuiltLedger): string {
  const told = `${plans} plans: ${resources} resources were not as the record has them, ${wanted} rows are wanted in the EHR.`;
  if (wanted === 0) return told;
  return `${told}
${withdrawn} of these rows had been withdrawn by a person: they are looked for in the EHR, and not sent.
A withdrawal whose row and evidence (the row's attempts) are both lost is not known any more: such a row is sent unless it
stands in the EHR. Who knows of one withdraws it again (ledger withdraw).`;
}
