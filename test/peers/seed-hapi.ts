import { seed } from '../../src/sandbox/seed/seed-face.ts';

/**
 * Puts the hospital's own record into a FHIR server under the ids that it has in the sandbox: patients, staff, problems,
 * goals, visits.
 * @throws Error with the server's words when it refuses one of them
 */
export async function seedHapi(base: string): Promise<void> {
  const entry = seed.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }));
  const response = await fetch(base, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`the seed was answered with ${response.status}: ${body.slice(0, 2000)}`);
}
