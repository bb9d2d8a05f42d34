// What a tutorial teaches: create, and try again when it did not work. The same for every EHR.
import { Client } from 'fhir-kit-client';

type Resource = { resourceType: string } & Record<string, unknown>;

/** Sends things one after another. @returns which of them this client believes to have arrived */
export async function sendNaively(
  baseUrl: string,
  bearerToken: string,
  things: Readonly<Record<string, Resource>>,
): Promise<string[]> {
  const client = new Client({ baseUrl, bearerToken });
  const arrived: string[] = [];
  for (const [name, body] of Object.entries(things)) {
    for (let retries = 0; retries <= 3; retries++) {
      try {
        await client.create({ resourceType: body.resourceType, body: body as never });
        arrived.push(name);
        break;
      } catch {
        // perhaps next time
      }
    }
  }
  return arrived;
}
