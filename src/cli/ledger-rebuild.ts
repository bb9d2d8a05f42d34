import { operatorFor } from './open-operator.ts';

/**
 * Makes a tenant's ledger anew from the record, and says what came back.
 * @returns the exit code
 */
export async function rebuildLedgerOf(tenantId: string, json: boolean): Promise<number> {
  const { operator, close } = await operatorFor(tenantId, 'a record');
  try {
    const { plans, resources, wanted } = await operator.rebuildLedger();
    const words = `${plans} plans: ${resources} resources were not as the record has them, ${wanted} rows are wanted in the EHR.`;
    console.log(json ? JSON.stringify({ plans, resources, wanted }) : words);
    return 0;
  } finally {
    await close();
  }
}
