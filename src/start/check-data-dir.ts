import { accessSync, constants, mkdirSync } from 'node:fs';
import { IntersessionError } from '../foundation/intersession-error.ts';

/**
 * Makes the data folder if it is not there, and sees that we may write in it.
 * @throws `configuration-invalid`, naming DATA_DIR and the folder
 */
export function checkDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const problem = `the folder ${dataDir} cannot be made or written (${code})`;
    const issues = [{ variable: 'DATA_DIR', problem }];
    throw new IntersessionError('configuration-invalid', { issues }, `Configuration: DATA_DIR: ${problem}`, { cause });
  }
}
