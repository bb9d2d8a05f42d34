// An EHR that takes everything and keeps nothing, as its own process: it answers at once, or after SINK_DELAY_MS. It stands
// for a computer of its own but lives on the cores of what is measured, and direct posting leaves it one of them to itself
// while delivery, with its database, does not: so it does no more for an answer than it must, and parses no bundle.
import { createServer } from 'node:http';

const delayMs = Number(process.env.SINK_DELAY_MS ?? '0');
const types = [
  'CarePlan',
  'Task',
  'QuestionnaireResponse',
  'Observation',
  'DocumentReference',
  'Communication',
  'Flag',
];
const interaction = ['create', 'read', 'update', 'search-type'].map((code) => ({ code }));
const statement = JSON.stringify({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-01-01',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [
    {
      mode: 'server',
      interaction: [{ code: 'transaction' }, { code: 'batch' }],
      resource: ['Patient', ...types].map((type) => ({
        ...{ type, interaction, conditionalCreate: true, conditionalUpdate: true },
        searchParam: [
          { name: 'identifier', type: 'token' },
          { name: 'patient', type: 'reference' },
        ],
      })),
    },
  ],
});
/** What was posted last: the same bundles are then posted directly. */
const kept: string[] = [];
let served = 0;
let id = 0;

const creation = Buffer.from('"request":{"method":"POST","url":"');

/** The types that a bundle's entries create, in their order, as delivery writes an entry; none for a single resource. */
function typesCreatedBy(posted: Buffer): string[] {
  const found: string[] = [];
  for (let at = posted.indexOf(creation); at >= 0; at = posted.indexOf(creation, at)) {
    at += creation.length;
    found.push(posted.toString('latin1', at, posted.indexOf('"', at)));
  }
  return found;
}

/** What stands there: it keeps nothing, and says of everything that it is the one patient's. */
function resourceAt(resourceType: string, at: string) {
  const about = { reference: 'Patient/patient' };
  const whose = resourceType === 'Patient' ? {} : resourceType === 'Task' ? { for: about } : { subject: about };
  return { resourceType, id: at, meta: { versionId: '1' }, ...whose };
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = (body: string): void => {
      response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    };
    if (request.url?.endsWith('/metadata')) return answer(statement);
    if (request.url === '/kept') return answer(JSON.stringify(kept));
    if (request.url === '/served') return answer(JSON.stringify(served));
    const read = request.method === 'GET' ? /\/([A-Z][A-Za-z]+)\/([^/?]+)$/.exec(request.url ?? '') : null;
    if (read !== null) return answer(JSON.stringify(resourceAt(read[1] ?? '', read[2] ?? '')));
    if (request.method === 'GET') return answer('{"resourceType":"Bundle","type":"searchset","total":0}');
    const [first] = chunks;
    const posted = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
    served += 1;
    const created = typesCreatedBy(posted);
    if (created.length === 0) {
      id += 1;
      response.writeHead(200, { 'content-type': 'application/fhir+json', etag: 'W/"2"' });
      const written = request.method === 'PUT' ? request.url?.split('/').at(-1) : String(id);
      return response.end(JSON.stringify({ ...JSON.parse(posted.toString()), id: written }));
    }
    if (kept.length < 128) kept.push(posted.toString());
    const entry = created.map((type) => {
      id += 1;
      const location = `${type}/${id}/_history/1`;
      return { response: { status: '201 Created', location, etag: 'W/"1"', lastModified: '2026-01-05T10:00:00Z' } };
    });
    const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction-response', entry });
    if (delayMs === 0) answer(body);
    else setTimeout(answer, delayMs, body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.once('disconnect', () => process.exit(0));
