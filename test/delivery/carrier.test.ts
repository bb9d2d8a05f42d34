import { describe, expect, it } from 'vitest';
import type { Carrier } from '../../src/delivery/carrier.ts';
import type { ClaimedRow } from '../../src/delivery/claimed-group.ts';
import type { Artefact } from '../../src/homework/model.ts';
import { parseScopes } from '../../src/landing/granted-scopes.ts';
import { claimedRow } from './claimed.ts';
import { decide, waits, writes } from './decide.ts';

describe('what only a person’s token may write', () => {
  const person = (role: Carrier['role'], scope: string): Carrier => ({
    ...{ userReference: 'Practitioner/17', role, grants: parseScopes(scope) },
    ...{ authorization: async () => 'Bearer theirs', refused: () => {} },
  });
  const delegated = (artefact: Artefact) => ({ landings: { [artefact]: { identity: 'delegated' as const } } });
  const log = claimedRow({ artefact: 'log', resourceType: 'QuestionnaireResponse' });
  const measure = claimedRow(
    { artefact: 'measure', resourceType: 'Observation' },
    {
      code: {},
      category: [
        { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] },
      ],
    },
  );
  const landed = claimedRow({ ehrReference: 'Task/17', landed: 1, wanted: 2 });

  const following = claimedRow(
    {
      artefact: 'report',
      resourceType: 'DocumentReference',
      ehrReference: 'DocumentReference/3',
      landed: 1,
      landedAt: '2026-03-01T10:00:00Z',
    },
    { content: [{ attachment: { contentType: 'text/plain', data: 'dGV4dA==' } }] },
  );
  const createOnly = { capabilities: { interactions: { DocumentReference: ['create'], Task: ['create', 'update'] } } };

  it.each<[string, ClaimedRow, Carrier | undefined, 'carried' | 'waits']>([
    ['nobody is there', claimedRow(), undefined, 'waits'],
    ['a clinician who may', claimedRow(), person('clinician', 'user/Task.cu'), 'carried'],
    ['a clinician who may not', claimedRow(), person('clinician', 'user/Task.rs'), 'waits'],
    ['a clinician who may write another type', claimedRow(), person('clinician', 'user/CarePlan.cu'), 'waits'],
    ['a clinician who may create what stands there', landed, person('clinician', 'user/Task.c'), 'waits'],
    ['a clinician who may update what stands there', landed, person('clinician', 'user/Task.u'), 'carried'],
    ['a clinician who may update what is new', claimedRow(), person('clinician', 'user/Task.u'), 'waits'],
    ['a coordinator', claimedRow(), person('coordinator', 'user/Task.cu'), 'waits'],
    ['the integration team', claimedRow(), person('integration', 'user/Task.cu'), 'waits'],
    ['a patient, for a step', claimedRow(), person('patient', 'patient/Task.cu'), 'waits'],
    ['a patient, for a log of theirs', log, person('patient', 'patient/QuestionnaireResponse.c'), 'carried'],
    ['a patient, for a measure of theirs', measure, person('patient', 'patient/Observation.c'), 'carried'],
    ['a grant for this category', measure, person('clinician', 'user/Observation.c?category=survey'), 'carried'],
    [
      'a clinician who may create a note that takes the place of another',
      following,
      person('clinician', 'user/DocumentReference.c'),
      'carried',
    ],
    [
      'a clinician who may update it, which nobody can',
      following,
      person('clinician', 'user/DocumentReference.u'),
      'waits',
    ],
    ['a grant for another category', measure, person('clinician', 'user/Observation.c?category=vital-signs'), 'waits'],
  ])('%s', (_name, row, carrier, decided) => {
    const carriers = carrier === undefined ? [] : [carrier];
    const more = { ...delegated(row.artefact), ...(row === following && createOnly) };
    const result = decide(row, more, { patient: { carriers } });
    if (decided === 'waits') expect(result).toEqual(waits('native'));
    else expect(result).toEqual({ ...writes(row.resourceType), anew: row === following, carrier });
  });

  it('is carried by the first who may, and by nobody where the service itself may', () => {
    const [may, mayToo] = [person('clinician', 'user/Task.c'), person('clinician', 'user/Task.cud')];
    const carriers = [person('clinician', 'user/Task.r'), may, mayToo];
    expect(decide(claimedRow(), delegated('assignment'), { patient: { carriers } }).carrier).toBe(may);
    expect(decide(claimedRow(), {}, { patient: { carriers } })).toEqual(writes());
  });

  it('is asked of the channel that it goes through', () => {
    const channels = [
      { type: 'Flag', identity: 'delegated' as const },
      { type: 'Task', identity: 'system' as const },
    ];
    const safety = { landings: { safety: { identity: 'system' as const, channels } } };
    expect(decide(claimedRow({ artefact: 'safety', resourceType: 'Flag' }), safety)).toEqual(waits('native'));
    expect(decide(claimedRow({ artefact: 'safety', resourceType: 'Task' }), safety)).toEqual(writes());
  });
});
