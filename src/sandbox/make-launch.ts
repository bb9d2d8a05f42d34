import type { AuthorizationServer } from './auth/authorization-server.ts';
import { issOf } from './auth/iss-of.ts';
import type { Launch } from './auth/launches.ts';
import { userOf } from './auth/users.ts';
import type { FaceServer } from './fhir/served-face.ts';

/** A launch that was made: what an app gets, and the address that opens it. */
export interface MadeLaunch {
  iss: string;
  launch: string;
  launchUrl: string;
}

/**
 * Makes a launch at a face for the app of the homework service.
 * @throws LaunchError naming what does not exist
 * @see https://hl7.org/fhir/smart-app-launch/app-launch.html#launch-app-ehr-launch
 */
export async function makeLaunch(
  { server, launches }: AuthorizationServer,
  serviceUrl: string,
  order: Launch,
): Promise<MadeLaunch> {
  const problem = problemOf(server, order);
  if (problem !== undefined) throw new LaunchError(problem);
  const launch = await launches.issue(order);
  const iss = issOf(server);
  const url = new URL(`${serviceUrl.replace(/\/$/, '')}/launch`);
  url.search = new URLSearchParams({ iss, launch }).toString();
  return { iss, launch, launchUrl: url.href };
}

/** A launch that cannot be made, because of what it names. */
export class LaunchError extends Error {
  override name = 'LaunchError';
}

function problemOf(server: FaceServer, { user, patient, encounter }: Launch): string | undefined {
  if (userOf(server, user) === undefined) return 'user: nobody of that name can sign in';
  const exists = (type: string, id: string) => server.store.current(type, id)?.resource !== undefined;
  if (patient !== undefined && !exists('Patient', patient)) return 'patient: no such patient';
  if (encounter !== undefined && !exists('Encounter', encounter)) return 'encounter: no such encounter';
  return undefined;
}
