import { invalid } from '../config/configuration-problem.ts';
import { appPages } from './app-pages.ts';

/**
 * Checks that the service can be started without what only development has: the sandbox EHR and the builder of the app's pages.
 * @param environment as it is read for the configuration
 * @param built whether the app's pages are in `dist/app`
 * @throws `configuration-invalid`: no TENANTS_FILE, or the pages are not built
 */
export function checkStandsAlone(
  environment: Readonly<Record<string, string | undefined>>,
  built: boolean = appPages() !== undefined,
): void {
  if ((environment.TENANTS_FILE ?? '') === '') {
    const problem = 'names the EHRs, and is needed here: the sandbox EHR is no part of a production install';
    throw invalid([{ variable: 'TENANTS_FILE', problem }]);
  }
  if (!built) {
    const problem =
      'the app is not built; run "npm run build" in a full install ("npm ci") and bring its dist folder along';
    throw invalid([{ variable: 'dist/app', problem }]);
  }
}
