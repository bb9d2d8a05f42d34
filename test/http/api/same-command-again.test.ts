import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Doors, openDoors } from '../open-doors.ts';
import { type SentPlan, sendPlan } from '../sarah.ts';

/** A source system whose answer was lost sends the same body again; days have passed meanwhile. */
let doors: Doors;
let plan: SentPlan;
beforeAll(async () => {
  doors = await openDoors();
  plan = await sendPlan(doors, await doors.token('north'));
});
afterAll(() => doors.close());

async function send(method: string, path: string, body: object, at: string): Promise<Answer> {
  doors.test.setTime(at);
  return doors.call(method, `/api/v1${path}`, { token: await doors.token('north'), body });
}

const first = '2026-03-02T15:00:00.000Z';
const again = '2026-03-09T15:00:00.000Z';
const step = (key: string) => `/assignments/${plan.assignmentId(key)}`;
const once = { type: 'once', by: '2026-03-05' };

describe('the same body again', () => {
  it.each<[string, string, () => string, object, number, number]>([
    [
      ...(['a change of a step', 'PATCH', () => step('1')] as const),
      { basedOn: 1, actor: 'Practitioner/17', schedule: once },
      ...([200, 200] as const),
    ],
    [
      ...(['another step', 'POST', () => `/plans/${plan.planId}/assignments`] as const),
      { key: '9', kind: 'self-monitoring', title: 'Notice it', schedule: once, unlock: { type: 'at-start' } },
      ...([201, 200] as const),
    ],
    [
      ...(['a smaller step that has no key yet', 'POST', () => `${step('4b')}/smaller`] as const),
      {
        ...{ basedOn: 1, actor: 'Practitioner/17', reason: 'Too much at once' },
        smaller: { title: 'Say it to one', schedule: once },
      },
      ...([201, 201] as const),
    ],
    [
      ...(['other words of the plan', 'PATCH', () => `/plans/${plan.planId}`] as const),
      { basedOn: 1, actor: 'Practitioner/17', title: 'Speaking up at work' },
      ...([200, 200] as const),
    ],
  ])('is %s once', async (_what, method, path, body, made, known) => {
    const before = await send(method, path(), body, first);
    expect(before.status).toBe(made);
    const steps = await countSteps();
    const after = await send(method, path(), body, again);
    expect([after.status, await countSteps()]).toEqual([known, steps]);
    expect(idOf(after)).toBe(idOf(before));
  });

  it('with another title is not the smaller step that stands there', async () => {
    const smaller = { title: 'Say it to nobody', schedule: once };
    const body = { basedOn: 1, actor: 'Practitioner/17', reason: 'Too much at once', smaller };
    const refused = await send('POST', `${step('4b')}/smaller`, body, again);
    expect([refused.status, refused.body]).toEqual([412, expect.objectContaining({ code: 'version-conflict' })]);
  });
});

const idOf = ({ body }: Answer) => {
  const { id, plan: own } = body as { id?: string; plan?: { id: string } };
  return id ?? own?.id;
};

async function countSteps(): Promise<number> {
  const { rows } = await doors.test.database.query<{ n: number }>('select count(*)::int as n from assignment');
  return rows[0]?.n ?? 0;
}
