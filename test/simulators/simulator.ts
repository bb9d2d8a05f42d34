import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, type Reply, readLines, reply } from '../sandbox/open-sandbox.ts';

/** Where a simulator answers and keeps its data, however it was started. */
export interface SimulatorAddress {
  /** Origin of the record and the chart. */
  url: string;
  /** Origin of the authorization server. */
  authUrl: string;
  dataDir: string;
  vendor: string;
}

/** A running simulator from outside: its FHIR base, its commit log, what administrators and staff of the site do. */
export class Simulator {
  readonly url: string;
  readonly authUrl: string;
  readonly dataDir: string;
  readonly vendor: string;

  constructor({ url, authUrl, dataDir, vendor }: SimulatorAddress) {
    this.url = url;
    this.authUrl = authUrl;
    this.dataDir = dataDir;
    this.vendor = vendor;
  }

  get fhirBase(): string {
    return `${this.url}/fhir/${this.vendor}`;
  }

  get tokenEndpoint(): string {
    return `${this.authUrl}/${this.vendor}/token`;
  }

  /** Every committed write of this vendor, oldest first: `{time, face, interaction, type, id, version, identifier, requestId}`. */
  commits(): Json[] {
    return readLines(join(this.dataDir, 'sandbox/commits.ndjson')).filter(({ face }) => face === this.vendor);
  }

  /** The commits by which something came to stand there. */
  created(): Json[] {
    return this.commits().filter(({ interaction }) => interaction === 'create');
  }

  /** Every FHIR request, refused ones too: `{time, face, method, type, id, status, requestId}`. */
  requests(): Json[] {
    return readLines(join(this.dataDir, 'sandbox/requests.ndjson')).filter(({ face }) => face === this.vendor);
  }

  /** Client id and private key of the read-only client. */
  readerClient(): Json {
    return JSON.parse(readFileSync(join(this.dataDir, 'sandbox/reader-client.json'), 'utf8'));
  }

  /** Changes the settings of the site that are named (`src/sandbox/site.ts` lists them); an unknown one throws. */
  async site(settings: Json): Promise<Json> {
    return this.#control('PATCH', `/site/${this.vendor}`, settings);
  }

  async resetSite(): Promise<void> {
    await this.#control('DELETE', `/site/${this.vendor}`);
  }

  /** Begins a visit of a patient that goes on. @returns the Encounter's id */
  async beginVisit(patient: string, clinician?: string): Promise<string> {
    const order = { patient, visit: 'begin', ...(clinician === undefined ? {} : { clinician }) };
    return String((await this.#control('POST', `/site/${this.vendor}/visits`, order)).ids[0]);
  }

  /** Ends every visit of the patient that goes on. @returns the ids of their Encounters */
  async endVisits(patient: string): Promise<string[]> {
    return (await this.#control('POST', `/site/${this.vendor}/visits`, { patient, visit: 'end' })).ids;
  }

  /** Writes answered 202 that were not accepted: held, or refused with a reason. */
  async reviews(): Promise<Json[]> {
    return (await this.#control('GET', `/site/${this.vendor}/reviews`)) as Json[];
  }

  /** Ends the review of the oldest held write on `Type/id`. */
  async decide(reference: string, decision: 'accept' | 'refuse', reason?: string): Promise<void> {
    const [type, id] = reference.split('/');
    const order = { type, id, decision, ...(reason === undefined ? {} : { reason }) };
    await this.#control('POST', `/site/${this.vendor}/reviews`, order);
  }

  /** Orders a disturbance of the next requests (`src/sandbox/faults.ts`): a lost answer, an error, a delay. */
  async fault(order: Json): Promise<void> {
    await this.#control('POST', '/faults', { face: this.vendor, ...order });
  }

  async clearFaults(): Promise<void> {
    await this.#control('DELETE', '/faults');
  }

  /** Makes every token that a person authorized void. */
  async endSessions(): Promise<void> {
    await this.#control('DELETE', '/sessions');
  }

  /** A click in the chart: `{user: 'Practitioner/dr-okafor', patient: 'sarah', encounter?, scopesDenied?, …}`. */
  async launch(order: Json): Promise<{ iss: string; launch: string; launchUrl: string }> {
    return (await this.#control('POST', '/launch', { face: this.vendor, ...order })) as Awaited<
      ReturnType<Simulator['launch']>
    >;
  }

  async #control(method: string, path: string, body?: Json): Promise<Json> {
    const headers = { 'content-type': 'application/json' };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const { status, body: answer }: Reply = await reply(await fetch(`${this.url}/control${path}`, init));
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }
}
