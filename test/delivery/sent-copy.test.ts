import { describe, expect, it } from 'vitest';
import { deliveryTests } from './delivery-tests.ts';
import { seededLog, seededPlan } from './seed-record.ts';

const tests = deliveryTests();

type Copies = readonly { artefact: string; id: string; request: string; resource: Record<string, unknown> }[] | null;

async function sentIn(tenant: string, groupId: string): Promise<Copies[]> {
  const sql = 'select sent from attempt where tenant = $1 and group_id = $2 order by started_at';
  const { rows } = await tests.database.query<{ sent: string | null }>(sql, [tenant, groupId]);
  return rows.map(({ sent }) => (sent === null ? null : JSON.parse(sent)));
}

describe('what was sent', () => {
  it('is kept with the attempt of what did not land, masked, as it went to this EHR', async () => {
    const { fake, bench } = await tests.open();
    fake.refuse = (resource) => (resource.resourceType === 'QuestionnaireResponse' ? 'not known here' : undefined);
    const plan = seededPlan();
    const log = seededLog(plan);
    await bench.want(plan.planId, [...plan.artefacts, ...log.artefacts]);
    await bench.deliver(4);
    expect(await sentIn(bench.tenant.id, `plan:${plan.planId}`)).toEqual([null]);
    const copies = (await sentIn(bench.tenant.id, `log:${log.logId}`)).flatMap((sent) => sent ?? []);
    const [copy] = copies.filter(({ artefact }) => artefact === 'log');
    const [carePlan] = fake.all('CarePlan');
    expect(copy).toMatchObject({
      ...{ artefact: 'log', id: log.logId, request: 'create QuestionnaireResponse' },
      resource: {
        resourceType: 'QuestionnaireResponse',
        status: 'completed',
        basedOn: [{ reference: `CarePlan/${carePlan?.id}` }],
      },
    });
    // our own id is not sent, and neither is it shown as sent
    expect(copy?.resource).not.toHaveProperty('id');
    expect(JSON.stringify(copies)).not.toMatch(/2026-03-02/);
  });

  it('is told as an update where it was one, and of each attempt anew', async () => {
    const { fake, bench } = await tests.open();
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver();
    const [carePlan] = fake.all('CarePlan');
    fake.refuse = (resource) => (resource.title === 'A new title of the plan' ? 'no' : undefined);
    const [first, ...rest] = plan.artefacts;
    if (first === undefined) throw new Error('a plan has artefacts');
    const renamed = { ...first, resource: { ...first.resource, title: 'A new title of the plan' } };
    await bench.want(plan.planId, [renamed, ...rest]);
    await bench.deliver(3);
    const copies = (await sentIn(bench.tenant.id, `plan:${plan.planId}`)).flatMap((sent) => sent ?? []);
    expect(copies).toMatchObject([
      { artefact: 'plan', request: `update CarePlan/${carePlan?.id}`, resource: { title: '‹23 letters›' } },
    ]);
  });

  it('is kept of what was sent and not answered, and of what never left there is nothing', async () => {
    const { fake, bench } = await tests.open();
    fake.fault = (method) => (method === 'POST' ? { type: 'drop-after' } : { type: 'none' });
    const plan = seededPlan();
    await bench.want(plan.planId, plan.artefacts);
    await bench.deliver(1);
    const [sent] = await sentIn(bench.tenant.id, `plan:${plan.planId}`);
    expect(sent?.map(({ artefact }) => artefact).sort()).toEqual(plan.artefacts.map(({ artefact }) => artefact).sort());

    const other = await tests.open();
    other.fake.fault = () => ({ type: 'status', status: 503 });
    const unsent = seededPlan();
    await other.bench.want(unsent.planId, unsent.artefacts);
    await other.bench.deliver(1);
    expect((await sentIn(other.bench.tenant.id, `plan:${unsent.planId}`)).flatMap((copy) => copy ?? [])).toEqual([]);
  });
});
