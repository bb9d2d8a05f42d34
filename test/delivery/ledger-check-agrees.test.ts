import { afterEach, expect, it } from 'vitest';
import { closeSafetySignal } from '../../src/record/safety/close-safety-signal.ts';
import { raiseSafetySignal } from '../../src/record/safety/raise-safety-signal.ts';
import { createPlan } from '../../src/record/use-cases/create-plan.ts';
import { fileReport } from '../../src/record/use-cases/file-report.ts';
import { getPlan } from '../../src/record/use-cases/get-plan.ts';
import { giveFeedback } from '../../src/record/use-cases/give-feedback.ts';
import { logHomework } from '../../src/record/use-cases/log-homework.ts';
import { setSandboxClock } from '../../src/record/use-cases/set-sandbox-clock.ts';
import { sweepPlans } from '../../src/record/use-cases/sweep-plans.ts';
import type { TraitName } from '../../src/sandbox/traits.ts';
import { openTestRecord, type TestRecord } from '../record/open-test-record.ts';
import { sarahsLogs, sarahsPlan } from '../record/sarah-case.ts';
import { checkBench, found } from './check-bench.ts';
import type { DeliveryBench } from './open-delivery.ts';
import { openSandboxBench, type SandboxBench } from './with-sandbox.ts';

const tenant = 'sandbox';
let test: TestRecord;
let sandbox: SandboxBench;
let bench: DeliveryBench;
afterEach(async () => {
  await bench.close();
  await sandbox.close();
  await test.close();
});

/** Sarah's weeks with a safety signal, feedback and a report, all of it delivered as it comes. */
async function play(): Promise<void> {
  const at = async (set: string) => {
    await setSandboxClock(test.record, { tenants: [tenant], set });
    await sweepPlans(test.record, [tenant]);
  };
  await at('2026-03-01T10:00:00-05:00');
  const { planId } = await createPlan(test.record, tenant, sarahsPlan);
  const author = 'Practitioner/dr-okafor';
  for (const { key, ...log } of sarahsLogs) {
    await at(log.performedAt);
    const { assignments } = await getPlan(test.record, tenant, planId);
    const assignmentId = assignments.find((assignment) => assignment.key === key)?.id ?? '';
    await logHomework(test.record, tenant, { ...log, assignmentId, patientId: 'sarah' });
    await bench.deliver(3);
  }
  const by = { type: 'person', reference: author } as const;
  const { signal } = await raiseSafetySignal(test.record, tenant, {
    patientId: 'sarah',
    rule: 'self-harm-thoughts',
    by,
  });
  await bench.deliver(3);
  await closeSafetySignal(test.record, tenant, { signalId: signal.id, by: author, reason: 'Talked it over' });
  await giveFeedback(test.record, tenant, { of: { artefact: 'plan', id: planId }, author, text: 'Well done.' });
  await at('2026-03-25T15:00:00-04:00');
  await fileReport(test.record, tenant, { planId, author, signedBy: author });
  await bench.deliver(3);
}

it.each<[string, readonly TraitName[]]>([
  ['native', []],
  ['notes-only', []],
  ['native', ['absolute-references', 'versioned-references', 'note-relations-dropped', 'ids-beyond-r4']],
  ['notes-only', ['note-relations-dropped', 'absolute-references']],
])(
  'after all of Sarah’s weeks in %s with %j the ledger agrees with the EHR to the last row',
  async (face, traits) => {
    test = await openTestRecord();
    sandbox = await openSandboxBench(traits);
    bench = await sandbox.open(test.database, face, { id: tenant });
    await play();
    const checks = checkBench(bench, test.record);
    const view = await checks.check();
    expect(view.differences.map(({ artefact, kind, detail }) => [artefact, kind, detail])).toEqual([]);
    const { rows } = await test.database.query<{ n: number }>(
      `select count(*)::int as n from ledger where tenant = $1 and landed > 0 and ehr_reference like resource_type || '/%'
       and reason_code is null`,
      [tenant],
    );
    expect(view.check?.checked).toBe(rows[0]?.n);
    expect(view.check?.checked).toBeGreaterThan(face === 'native' ? 40 : 1);
    // and word for word, as in an EHR that tells no versions
    await test.database.query('update ledger set ehr_version = null where tenant = $1', [tenant]);
    expect(found(await checks.check())).toEqual([]);
  },
  60_000,
);
