import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Learned } from '../../ehr/ehr-tenant.ts';
import { defined } from '../../foundation/defined.ts';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { Logger } from '../../logger.ts';
import type { HomeworkRecord } from '../../record/homework-record.ts';
import { type OperatedTenant, type Operator, operatorOf } from './operator.ts';

/** Where the operator's door stands beside the embedded database. */
export const operatorSocket = (dataDir: string): string => join(dataDir, 'operator.sock');

/** Bytes of a socket's address, on Linux. */
const longest = 107;

export interface OperatorDoor {
  readonly dataDir: string;
  readonly record: HomeworkRecord;
  readonly tenants: readonly OperatedTenant[];
  /** What practice taught of a tenant's EHR. */
  readonly learned: (tenantId: string) => Promise<Learned | undefined>;
  readonly logger: Logger;
}

/**
 * Opens the operator's door of a service that holds the embedded database: a Unix socket in the data folder, which
 * nobody but the folder's owner can use, and no network leads to. Whoever can open it could read the database itself.
 * @returns how to close it
 */
export async function openOperatorDoor({
  dataDir,
  record,
  tenants,
  learned,
  logger,
}: OperatorDoor): Promise<() => Promise<void>> {
  const address = operatorSocket(dataDir);
  if (Buffer.byteLength(address) > longest) {
    logger.warn(
      { folder: dataDir },
      'the path of DATA_DIR is too long for a socket: export, import and ledger rebuild need the service stopped',
    );
    return async () => {};
  }
  const operators = new Map(tenants.map((tenant) => [tenant.id, operatorOf(record, tenant)]));
  // an import takes as long as it takes
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    answer({ operators, learned }, request, response).catch((error: unknown) => {
      logger.error(
        { code: error instanceof IntersessionError ? error.code : 'unknown' },
        'an order of the operator failed',
      );
      refuse(response, error);
    });
  });
  // we hold the folder's lock: a socket that stands there is left over
  rmSync(address, { force: true });
  const before = process.umask(0o177);
  const listening = new Promise<void>((done, failed) => server.once('error', failed).listen(address, done));
  process.umask(before);
  await listening;
  chmodSync(address, 0o600);
  return () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
}

async function answer(
  { operators, learned }: { readonly operators: ReadonlyMap<string, Operator> } & Pick<OperatorDoor, 'learned'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://operator');
  const asked = (name: string) => searchParams.get(name) ?? undefined;
  const tenant = asked('tenant') ?? '';
  const operator = operators.get(tenant);
  if (operator === undefined)
    throw new IntersessionError('unknown-tenant', { tenant }, `There is no tenant "${tenant}".`);
  switch (`${request.method} ${pathname}`) {
    case 'POST /export':
      return sendLines(response, operator.exportLines(defined({ planId: asked('plan'), patientId: asked('patient') })));
    case 'POST /import':
      return sendLines(
        response,
        asJson(operator.importLines(createInterface({ input: request, crlfDelay: Infinity }))),
      );
    case 'POST /ledger/rebuild':
      return sendJson(response, await operator.rebuildLedger());
    case 'POST /ehr/learned':
      return sendJson(response, (await learned(tenant)) ?? null);
    default:
      throw new IntersessionError('not-supported', { what: pathname }, 'The operator’s door knows no such order.');
  }
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function* asJson(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield JSON.stringify(value);
}

/** The first line is waited for, so that what fails before it is answered as an error; what fails later breaks off. */
async function sendLines(response: ServerResponse, lines: AsyncIterable<string>): Promise<void> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const rest = async function* () {
    for (let next = first; next.done !== true; next = await iterator.next()) yield `${next.value}\n`;
  };
  await pipeline(Readable.from(rest()), response);
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const ours = error instanceof IntersessionError;
  const body = ours
    ? { code: error.code, fields: error.fields, message: error.message }
    : { code: 'internal', message: 'Something went wrong on the service’s side; its log says what.' };
  response.writeHead(ours ? 409 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
