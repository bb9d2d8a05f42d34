import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Learned } from '../../ehr/ehr-tenant.ts';
import { type ErrorCode, type ErrorFields, IntersessionError } from '../../foundation/intersession-error.ts';
import { parsedJson } from '../../foundation/parsed-json.ts';
import type { RebuiltLedger } from '../../record/ledger/rebuild-ledger.ts';
import type { ImportedLine, Operator } from './operator.ts';

/** The service broke off, or its operator's door said what no door of ours says. */
export class DoorFailed extends Error {}

const refusalSchema = z.object({ code: z.string(), fields: z.unknown().optional(), message: z.string() });

/** The operator's work, done by the running service that holds the embedded database. */
export function doorOperator(socketPath: string, tenantId: string): Operator {
  const ask = (path: string, query: Record<string, string | undefined> = {}, body?: AsyncIterable<string>) =>
    askDoor(socketPath, addressOf(path, { tenant: tenantId, ...query }), body);
  return {
    async *exportLines({ planId, patientId }) {
      yield* linesOf(await ask('/export', { plan: planId, patient: patientId }));
    },
    async *importLines(lines) {
      for await (const line of linesOf(await ask('/import', {}, lines))) yield JSON.parse(line) as ImportedLine;
    },
    async rebuildLedger() {
      return JSON.parse(await text(await ask('/ledger/rebuild'))) as RebuiltLedger;
    },
  };
}

const instant = z.iso.datetime().transform((at) => new Date(at));
const learnedSchema = z
  .strictObject({
    grantedScope: z.string().exactOptional(),
    personScope: z.string().exactOptional(),
    corrections: z.array(
      z.strictObject({
        ...{ type: z.string(), interaction: z.enum(['create', 'update']) },
        ...{ identity: z.enum(['system', 'delegated', 'any']), status: z.number(), attemptId: z.string() },
        ...{ at: instant, statementDigest: z.string(), againAt: instant.exactOptional() },
      }),
    ),
  })
  .nullable();

/** What the running service that holds the embedded database has learned of a tenant's EHR. @throws DoorFailed */
export async function askLearned(socketPath: string, tenantId: string): Promise<Learned | undefined> {
  const answer = await askDoor(socketPath, addressOf('/ehr/learned', { tenant: tenantId }));
  const said = learnedSchema.safeParse(parsedJson(await text(answer)));
  if (!said.success) throw new DoorFailed('The service at the operator’s door answered nothing that is known.');
  return said.data ?? undefined;
}

function addressOf(path: string, query: Record<string, string | undefined>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, value);
  return `${path}?${parameters}`;
}

async function askDoor(socketPath: string, path: string, body?: AsyncIterable<string>): Promise<IncomingMessage> {
  const answer = await new Promise<IncomingMessage>((done, failed) => {
    const asked = request({ socketPath, path, method: 'POST' }, done).once('error', failed);
    if (body === undefined) asked.end();
    else Readable.from(withBreaks(body)).once('error', failed).pipe(asked);
  });
  if (answer.statusCode === 200) return answer;
  const said = refusalSchema.safeParse(parsedJson(await text(answer)));
  if (!said.success) throw new DoorFailed('The service at the operator’s door answered nothing that is known.');
  const { code, fields, message } = said.data;
  if (code === 'internal') throw new DoorFailed(message);
  throw new IntersessionError(code as ErrorCode, fields as ErrorFields[ErrorCode], message);
}

async function* withBreaks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

async function* linesOf(answer: IncomingMessage): AsyncGenerator<string> {
  let broken = false;
  answer.once('error', () => {
    broken = true;
  });
  yield* createInterface({ input: answer, crlfDelay: Infinity });
  if (broken || !answer.complete) throw new DoorFailed('The service broke off before the end.');
}
