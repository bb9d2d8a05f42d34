import { AsyncLocalStorage } from 'node:async_hooks';

interface Scope {
  open: boolean;
}

const scope = new AsyncLocalStorage<Scope>();

/** Runs a transaction's work so that a call to the database itself from inside it is told apart. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const own = { open: true };
  try {
    return await scope.run(own, work);
  } finally {
    own.open = false;
  }
}

/**
 * Refuses at once what would otherwise wait for ever on the embedded store, and on PostgreSQL would read past its own
 * transaction: asking the database, instead of the transaction, from inside a transaction.
 */
export function refuseInsideTransaction(): void {
  if (scope.getStore()?.open) throw new Error('inside a transaction ask the transaction, not the database');
}
