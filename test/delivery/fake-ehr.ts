import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: a foreign server's own loose view of resources
type Json = Record<string, any>;

/** What the fake offers, so that every way of sending is tried. */
export interface FakeOffer {
  readonly transaction: boolean;
  readonly batch: boolean;
  readonly conditionalCreate: boolean;
  readonly searchByIdentifier: boolean;
  readonly types: readonly string[];
}

/** What was asked, and what the EHR itself answered; absent: it was never asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly sent: Json | undefined;
  readonly base: string;
  readonly genuine?: {
    readonly status: number;
    readonly body?: Json | undefined;
    readonly headers: Record<string, string>;
  };
}

/** An answer, byte by byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The connection ends before the body does. */
  readonly cutOff?: boolean;
}

/** What happens to the next request. */
export type Fault =
  | { readonly type: 'none' }
  | { readonly type: 'drop-before' }
  | { readonly type: 'drop-after' }
  /** Something else answers: in the EHR's place, or after it. */
  | { readonly type: 'answer'; readonly after: boolean; readonly make: (asked: Asked) => RawAnswer }
  /** Gets no answer, or something else's, and is done when the test says so. */
  | { readonly type: 'late'; readonly answered?: RawAnswer }
  /** Is done at once; its answer drips, and never ends. */
  | { readonly type: 'drip' }
  | { readonly type: 'status'; readonly status: number; readonly after?: boolean };

/** An R4 server in memory, written for these tests from the specification; it imports nothing of ours. */
export class FakeEhr {
  readonly stored = new Map<string, Json>();
  readonly requests: { method: string; path: string; requestId: string | undefined; token: string | undefined }[] = [];
  readonly writes: string[] = [];
  /** Asked for each request other than metadata. */
  fault: (method: string, path: string) => Fault = () => ({ type: 'none' });
  /** Awaited while a request is under way, before it is processed. */
  meanwhile: (request: number) => Promise<void> = async () => {};
  /** The scope that the service's own token gets; undefined: the server takes no tokens. */
  systemScope: string | undefined;
  /** No resource can be updated. */
  createOnly = false;
  /** No search parameter is offered. */
  unsearchable = false;
  /** Attachments are answered as a Binary of their own, as real EHRs do. */
  binaries = false;
  /** How a create says where it stands: an address, one that cannot be read, or nothing. */
  locations: 'said' | 'garbled' | 'silent' = 'said';
  /** Searches and reads do not show these yet: `Task/17`. */
  hidden: (reference: string) => boolean = () => false;
  /** Told of every write that is kept, with what stood there before. */
  onStore: (before: Json | undefined, after: Json) => void = () => {};
  /** Refuses a resource with 422 when it gives words. */
  refuse: (resource: Json) => string | undefined = () => undefined;
  /** How a patient is answered; undefined: they were there, and are no more. */
  patient: (id: string) => Json | undefined = (id) => ({ resourceType: 'Patient', id });
  /** Updates heed If-Match, and the statement says so. */
  versioned = false;
  /** No update heeds If-Match. */
  heedless = false;
  offer: FakeOffer;
  /** What came and is not done yet. */
  private readonly underWay: (() => void)[] = [];
  private readonly server: Server;
  private next = 0;
  /** What the last write made, changed or found. */
  private touched = '';

  private constructor(offer: FakeOffer) {
    this.offer = offer;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(offer: Partial<FakeOffer> = {}): Promise<FakeEhr> {
    const types = ['CarePlan', 'Task', 'QuestionnaireResponse', 'Observation', 'Communication', 'DocumentReference'];
    const all = { transaction: true, batch: true, conditionalCreate: true, searchByIdentifier: true, types };
    const fake = new FakeEhr({ ...all, ...offer });
    await new Promise<void>((resolve) => fake.server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/fhir`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** What is still under way gets done, in the order in which it came; nobody hears of it. @returns how many */
  commitLate(): number {
    const late = this.underWay.splice(0);
    for (const commit of late) commit();
    return late.length;
  }

  /** All stored resources of a type. */
  all(type: string): Json[] {
    return [...this.stored.values()].filter((json) => json.resourceType === type);
  }

  identifierOf(resource: Json): string | undefined {
    const first = Array.isArray(resource.identifier) ? resource.identifier[0] : resource.identifier;
    return first === undefined ? undefined : `${first.system}|${first.value}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace(/^\/fhir\/?/, '');
    const method = request.method ?? 'GET';
    if (path === 'metadata') return send(response, 200, this.metadata());
    if (path.startsWith('.well-known')) {
      const open = this.systemScope === undefined;
      return send(response, open ? 404 : 200, open ? {} : { token_endpoint: `${this.base}/token` });
    }
    if (path === 'token') {
      const token = { access_token: 'own', token_type: 'bearer', expires_in: 3600, scope: this.systemScope };
      return send(response, 200, token);
    }
    const requestId = request.headers['x-request-id'];
    this.requests.push({
      method,
      path: path + url.search,
      requestId: Array.isArray(requestId) ? requestId[0] : requestId,
      token: request.headers.authorization?.replace('Bearer ', ''),
    });
    await this.meanwhile(this.requests.length);
    const fault = this.fault(method, path);
    if (fault.type === 'drop-before') return void request.socket.destroy();
    if (fault.type === 'status' && fault.after !== true)
      return send(response, fault.status, outcome('fault', fault.status));
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? undefined : (JSON.parse(text) as Json);
    const asked = { method, path, sent: body, base: this.base };
    if (fault.type === 'answer' && !fault.after) return sendRaw(request, response, fault.make(asked));
    if (fault.type === 'late') {
      this.underWay.push(() => {
        // servers look for what a condition names first, and write when they get to it
        const { offer } = this;
        this.offer = { ...offer, conditionalCreate: false };
        this.perform(method, path, url.searchParams, request.headers, body);
        this.offer = offer;
      });
      return fault.answered === undefined ? void request.socket.destroy() : sendRaw(request, response, fault.answered);
    }
    const { status, body: out, headers } = this.perform(method, path, url.searchParams, request.headers, body);
    if (fault.type === 'drip') return drip(response, status, headers);
    if (fault.type === 'drop-after') return void request.socket.destroy();
    if (fault.type === 'answer') {
      return sendRaw(request, response, fault.make({ ...asked, genuine: { status, body: out, headers } }));
    }
    if (fault.type === 'status') return send(response, fault.status, outcome('fault after', fault.status), headers);
    send(response, status, out, headers);
  }

  private perform(method: string, path: string, query: URLSearchParams, headers: Json, body: Json | undefined) {
    if (method === 'POST' && path === '' && body !== undefined) return this.bundle(body);
    const [type = '', id] = path.split('/');
    if (method === 'GET' && type === 'Binary') {
      const note = this.stored.get(`DocumentReference/${id}`);
      return ok(200, { resourceType: 'Binary', contentType: 'text/plain', data: note?.content[0].attachment.data });
    }
    if (method === 'GET' && id !== undefined) {
      if (type === 'Patient') {
        const patient = id === 'nobody' ? undefined : this.patient(id);
        return patient === undefined ? refusal(404, 'no such patient') : ok(200, patient);
      }
      const found = this.hidden(`${type}/${id}`) ? undefined : this.stored.get(`${type}/${id}`);
      return found === undefined ? refusal(404, 'not found') : ok(200, found, { etag: `W/"${found.meta.versionId}"` });
    }
    if (method === 'GET') return ok(200, this.search(type, query));
    return this.write(method, path, body ?? {}, headers['if-none-exist'], headers['if-match']);
  }

  private search(type: string, query: URLSearchParams): Json {
    const wanted = this.offer.searchByIdentifier ? query.get('identifier')?.split(',') : undefined;
    const patient = query.get('patient');
    const hits = this.all(type).filter(
      (json) =>
        (wanted === undefined || wanted.includes(this.identifierOf(json) ?? '')) &&
        (patient === null || subjectOf(json) === `Patient/${patient}`) &&
        !this.hidden(`${type}/${json.id}`),
    );
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: hits.map((resource) => ({ resource: this.shown(resource) })),
    };
  }

  private shown(resource: Json): Json {
    if (!this.binaries || resource.resourceType !== 'DocumentReference') return resource;
    const { data: _apart, ...attachment } = resource.content[0].attachment;
    return { ...resource, content: [{ attachment: { ...attachment, url: `Binary/${resource.id}` } }] };
  }

  private write(method: string, path: string, body: Json, ifNoneExist?: string, ifMatch?: string) {
    const [type = '', id] = path.split('/');
    if (!this.offer.types.includes(type)) return refusal(405, `${type} is not written here`);
    const words = this.refuse(body);
    if (words !== undefined) return refusal(422, words);
    if (JSON.stringify(body).includes('"urn:uuid:')) return refusal(400, 'a placeholder outside a transaction');
    for (const reference of literal(body)) {
      if (!reference.startsWith('Patient/') && !this.stored.has(reference))
        return refusal(422, `${reference} is not here`);
    }
    if (method === 'PUT' && this.createOnly) return refusal(405, 'no updates');
    if (method === 'PUT') {
      const key = `${type}/${id}`;
      const old = this.stored.get(key);
      if (old === undefined) return refusal(404, 'nothing to update');
      if (!this.heedless && ifMatch !== undefined && ifMatch !== `W/"${old.meta.versionId}"`)
        return refusal(412, 'stale');
      return this.store(key, body, Number(old.meta.versionId) + 1, 200);
    }
    if (ifNoneExist !== undefined && this.offer.conditionalCreate) {
      const criteria = new URLSearchParams(ifNoneExist);
      const there = this.all(type).find(
        (json) =>
          this.identifierOf(json) === criteria.get('identifier') &&
          (criteria.get('patient') === null || subjectOf(json) === `Patient/${criteria.get('patient')}`) &&
          !this.hidden(`${type}/${json.id}`),
      );
      if (there !== undefined) {
        this.touched = `${type}/${there.id}`;
        return ok(200, undefined, place(there));
      }
    }
    this.next += 1;
    return this.store(`${type}/${this.next}`, body, 1, 201);
  }

  private store(key: string, body: Json, version: number, status: number) {
    const id = key.slice(key.indexOf('/') + 1);
    const meta = { ...body.meta, versionId: String(version), lastUpdated: '2026-03-01T00:00:00Z' };
    const resource: Json = { ...body, id, meta };
    this.onStore(this.stored.get(key), resource);
    this.stored.set(key, resource);
    this.touched = key;
    this.writes.push(`${status === 201 ? 'create' : 'update'} ${this.identifierOf(resource)}`);
    if (status !== 201 || this.locations === 'said') return ok(status, undefined, place(resource));
    return ok(status, undefined, this.locations === 'garbled' ? { location: 'urn:ehr:opaque:4711' } : {});
  }

  private bundle(bundle: Json) {
    if (bundle.type === 'transaction' && !this.offer.transaction) return refusal(400, 'no transactions');
    if (bundle.type === 'batch' && !this.offer.batch) return refusal(400, 'no batches');
    if (bundle.type === 'batch') {
      const entry = bundle.entry.map(({ resource, request }: Json) =>
        toEntry(this.write(request.method, request.url, resource, request.ifNoneExist, request.ifMatch)),
      );
      return ok(200, { resourceType: 'Bundle', type: 'batch-response', entry });
    }
    const before = new Map(this.stored);
    const written = this.writes.length;
    const resolved = new Map<string, string>();
    const answers: Json[] = new Array(bundle.entry.length);
    let left = bundle.entry.map((entry: Json, at: number) => ({ entry, at }));
    while (left.length > 0) {
      const ready = left.filter(({ entry }: Json) => urns(entry.resource).every((urn) => resolved.has(urn)));
      if (ready.length === 0) break;
      for (const { entry, at } of ready) {
        const text = JSON.stringify(entry.resource).replace(/urn:uuid:[0-9a-f-]+/g, (urn) => resolved.get(urn) ?? urn);
        const { method, url, ifNoneExist, ifMatch } = entry.request;
        const answer = this.write(method, url, JSON.parse(text), ifNoneExist, ifMatch);
        if (answer.status >= 300) {
          this.stored.clear();
          for (const [key, value] of before) this.stored.set(key, value);
          this.writes.length = written;
          return { ...answer, headers: {} };
        }
        resolved.set(entry.fullUrl, this.touched);
        answers[at] = toEntry(answer);
      }
      left = left.filter((json: Json) => !ready.includes(json));
    }
    if (left.length > 0) return refusal(400, 'unresolved references');
    return ok(200, { resourceType: 'Bundle', type: 'transaction-response', entry: answers });
  }

  private metadata(): Json {
    const { offer } = this;
    const interaction = [
      ...(offer.transaction ? [{ code: 'transaction' }] : []),
      ...(offer.batch ? [{ code: 'batch' }] : []),
    ];
    const resource = offer.types.map((type) => ({
      type,
      interaction: (this.createOnly
        ? ['create', 'read', 'search-type']
        : ['create', 'update', 'read', 'search-type']
      ).map((code) => ({
        code,
      })),
      conditionalCreate: offer.conditionalCreate,
      ...(this.versioned ? { versioning: 'versioned-update' } : {}),
      searchParam: this.unsearchable
        ? []
        : [{ name: 'patient' }, ...(offer.searchByIdentifier ? [{ name: 'identifier' }] : [])],
    }));
    return { resourceType: 'CapabilityStatement', rest: [{ mode: 'server', interaction, resource }] };
  }
}

function subjectOf(resource: Json): string | undefined {
  return (resource.subject ?? resource.for)?.reference;
}

function place(resource: Json): Record<string, string> {
  const { resourceType, id, meta } = resource;
  return { location: `${resourceType}/${id}/_history/${meta.versionId}`, etag: `W/"${meta.versionId}"` };
}

function ok(status: number, body?: Json, headers: Record<string, string> = {}) {
  return { status, body, headers };
}

function refusal(status: number, words: string) {
  return ok(status, outcome(words));
}

function outcome(words: string, status = 500): Json {
  const severity = status < 300 ? 'information' : 'error';
  return { resourceType: 'OperationOutcome', issue: [{ severity, code: 'processing', diagnostics: words }] };
}

function toEntry({ status, body, headers }: ReturnType<typeof ok>): Json {
  return { response: { status: String(status), ...headers, ...(status >= 300 ? { outcome: body } : {}) } };
}

function literal(value: unknown): string[] {
  const found = JSON.stringify(value).matchAll(/"reference":"([A-Z][A-Za-z]+\/[^"]+)"/g);
  return [...found].map((match) => match[1] ?? '');
}

function urns(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/urn:uuid:[0-9a-f-]+/g)].map((match) => match[0]);
}

function send(response: ServerResponse, status: number, body?: Json, headers: Record<string, string> = {}): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { ...headers, 'content-type': 'application/fhir+json' }).end(text);
}

function sendRaw(request: IncomingMessage, response: ServerResponse, answer: RawAnswer): void {
  const { status, headers = {}, body = '', cutOff } = answer;
  if (cutOff !== true) return void response.writeHead(status, headers).end(body);
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body) + 100) });
  response.write(body, () => request.socket.destroy());
}

function drip(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/fhir+json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.once('close', () => clearInterval(timer));
}
