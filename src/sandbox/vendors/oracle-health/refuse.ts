import { refusalsOf } from '../refusal.ts';

/** A refusal as Oracle Health's. */
export const refuseAsOracleHealth = refusalsOf('Oracle Health');
