import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApi } from '../../src/http/api/openapi.ts';
import { type Doors, openDoors } from './open-doors.ts';
import { planBody, type SentPlan, sendPlan } from './sarah.ts';

type Json = Record<string, unknown>;

let doors: Doors;
let token: string;
beforeAll(async () => {
  doors = await openDoors();
  token = await doors.token('north');
});
afterAll(() => doors.close());

/** Every place in the bodies of the API's commands where a source system names what it makes: `POST /plans sourceId`. */
function placesOfSourceIds(): string[] {
  const document = openApi({ publicUrl: 'https://homework.example', sandbox: false });
  const paths = document.paths as Record<string, Record<string, { requestBody?: Json }>>;
  const found = new Set<string>();
  const walk = (node: unknown, path: string, seen: readonly string[]): void => {
    if (Array.isArray(node)) {
      for (const element of node) walk(element, path, seen);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { $ref, properties, ...rest } = node as Json;
    if (typeof $ref === 'string' && !seen.includes($ref)) {
      const target = $ref.slice(2).split('/');
      walk(
        target.reduce<unknown>((at, key) => (at as Json)[key], document),
        path,
        [...seen, $ref],
      );
    }
    for (const [name, schema] of Object.entries((properties ?? {}) as Json)) {
      if (/source.?id/i.test(name)) found.add(`${path} ${name}`);
      walk(schema, `${path} ${name}`, seen);
    }
    for (const value of Object.values(rest)) walk(value, path, seen);
  };
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { requestBody }] of Object.entries(methods)) {
      walk(requestBody, `${method.toUpperCase()} ${path.replace('/api/v1', '')}`, []);
    }
  }
  return [...found].sort();
}

/** A request that makes something of this patient's plan under that name. */
type Make = (of: Of, sourceId: string) => { path: string; body: Json };
interface Of extends SentPlan {
  readonly patientId: string;
  readonly logId: string;
}

const makes: Readonly<Record<string, Make>> = {
  'POST /assignments/{assignmentId}/barriers sourceId': ({ assignmentId, patientId }, sourceId) => ({
    path: `/assignments/${assignmentId('1')}/barriers`,
    body: { sourceId, code: 'fear', text: `what ${patientId} fears` },
  }),
  'POST /assignments/{assignmentId}/feedback sourceId': ({ assignmentId, patientId }, sourceId) => ({
    path: `/assignments/${assignmentId('1')}/feedback`,
    body: { sourceId, author: 'patient', text: `to ${patientId}` },
  }),
  'POST /assignments/{assignmentId}/logs sourceId': ({ assignmentId, patientId }, sourceId) => ({
    path: `/assignments/${assignmentId('1')}/logs`,
    body: {
      ...{ sourceId, performedAt: '2026-03-01T10:00:00-05:00' },
      answers: { situation: `where ${patientId} was`, 'belief-before': 50, 'suds-before': 50 },
    },
  }),
  'POST /assignments/{assignmentId}/moves barrier sourceId': ({ assignmentId, patientId }, sourceId) => ({
    path: `/assignments/${assignmentId('1')}/moves`,
    body: { event: 'stop', barrier: { sourceId, code: 'too-hard', text: `what ${patientId} said` } },
  }),
  'POST /logs/{logId}/feedback sourceId': ({ logId, patientId }, sourceId) => ({
    path: `/logs/${logId}/feedback`,
    body: { sourceId, author: 'patient', text: `about the log of ${patientId}` },
  }),
  'POST /plans sourceId': ({ patientId }, sourceId) => ({
    path: '/plans',
    body: { ...planBody, sourceId, patientId },
  }),
  'POST /plans/{planId}/barriers sourceId': ({ planId, patientId }, sourceId) => ({
    path: `/plans/${planId}/barriers`,
    body: { sourceId, code: 'no-time', text: `what keeps ${patientId}` },
  }),
  'POST /plans/{planId}/reports sourceId': ({ planId }, sourceId) => ({
    path: `/plans/${planId}/reports`,
    // a plan's report differs by whose it is alone: told by the plan's id
    body: { sourceId },
  }),
  'POST /safety-signals sourceId': ({ patientId }, sourceId) => ({
    path: '/safety-signals',
    body: { sourceId, patientId, rule: 'harm-by-others' },
  }),
};

const made = z.looseObject({ id: z.string().optional(), plan: z.looseObject({ id: z.string() }).optional() });

async function patientWithLog(patientId: string): Promise<Of> {
  const plan = await sendPlan(doors, token, { patientId, sourceId: `base-${patientId}` });
  const body = {
    performedAt: '2026-03-01T09:00:00-05:00',
    answers: { situation: 'x', 'belief-before': 1, 'suds-before': 1 },
  };
  const log = await doors.call('POST', `/api/v1/assignments/${plan.assignmentId('1')}/logs`, { token, body });
  expect(log.status).toBe(201);
  return { ...plan, patientId, logId: made.parse(log.body).id ?? '' };
}

/** All that is held of a patient, whole. */
async function heldOf(patientId: string): Promise<string> {
  const tables = ['plan', 'assignment', 'occurrence', 'log', 'barrier', 'feedback', 'report'];
  const parts = await Promise.all([
    ...tables.map((table) =>
      doors.test.database.query(`select * from ${table} where patient_id = $1 order by id`, [patientId]),
    ),
    doors.test.database.query('select * from resource where patient_id = $1 order by type, id', [patientId]),
    doors.test.database.query('select * from ledger where patient_id = $1 order by artefact, id', [patientId]),
    doors.test.database.query('select * from safety_signal where patient_id = $1 order by id', [patientId]),
  ]);
  return JSON.stringify(parts.map(({ rows }) => rows));
}

describe('a source system’s name for what it makes', () => {
  it('is tried in every place where the API takes one', () => {
    expect(placesOfSourceIds()).toEqual(Object.keys(makes).sort());
  });

  describe.each(Object.entries(makes))('%s', (place, make) => {
    const serial = Object.keys(makes).indexOf(place);
    const ids = { first: `first-${serial}`, second: `second-${serial}` };

    it('makes one thing when it comes twice, and is another’s for nobody else', async () => {
      token = await doors.token('north');
      const first = await patientWithLog(ids.first);
      const second = await patientWithLog(ids.second);
      const name = `name-${serial}`;
      const send = (of: Of) => {
        const { path, body } = make(of, name);
        return doors.call('POST', `/api/v1${path}`, { token, body });
      };
      const once = await send(first);
      expect([200, 201]).toContain(once.status);
      const held = await heldOf(ids.first);
      const twice = await send(first);
      expect([twice.status, made.parse(twice.body).id, made.parse(twice.body).plan?.id]).toEqual([
        200,
        made.parse(once.body).id,
        made.parse(once.body).plan?.id,
      ]);
      expect(await heldOf(ids.first)).toBe(held);
      const before = await heldOf(ids.second);
      const other = await send(second);
      expect([other.status, (other.body as Json).code]).toEqual([409, 'source-id-conflict']);
      expect(await heldOf(ids.first)).toBe(held);
      expect(await heldOf(ids.second)).toBe(before);
    });

    it('makes another thing of another patient when the record was lost in between', async () => {
      const name = `lost-${serial}`;
      const [first, second] = await Promise.all([patientWithLog(`a-${ids.first}`), patientWithLog(`a-${ids.second}`)]);
      const of = async (of: Of) => {
        const { path, body } = make(of, name);
        const answer = await doors.call('POST', `/api/v1${path}`, { token, body });
        expect([200, 201]).toContain(answer.status);
        await doors.test.database.query('delete from source_key where source_id = $1', [name]);
        return new Set(await idsOf(of.patientId));
      };
      const [its, theirs] = [await of(first), await of(second)];
      expect([...its].filter((id) => theirs.has(id))).toEqual([]);
    });
  });
});

async function idsOf(patientId: string): Promise<string[]> {
  const { rows } = await doors.test.database.query<{ id: string }>('select id from resource where patient_id = $1', [
    patientId,
  ]);
  expect(rows.length).toBeGreaterThan(5);
  return rows.map(({ id }) => id);
}
