import type { Logger } from 'pino';
import { IntersessionError } from '../../foundation/intersession-error.ts';

/**
 * Passes an error on and tells the people who look after the connection why nobody was signed in: tenant, code, and the
 * words that the error keeps for them (OAuth's own, the name of a field); never who tried.
 */
export function thrownAndLogged(logger: Logger): (error: unknown) => never {
  return (error) => {
    if (error instanceof IntersessionError && 'tenant' in error.fields) {
      const { tenant, ...words } = error.fields;
      logger.warn({ tenant, code: error.code, ...words }, 'a sign-in was refused');
    }
    throw error;
  };
}
