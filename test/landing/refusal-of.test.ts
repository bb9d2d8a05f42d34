import { expect, it } from 'vitest';
import { vendorTraits } from '../../src/ehr/vendors/registry.ts';
import type { Capabilities } from '../../src/landing/capabilities.ts';
import { knownGrants } from '../../src/landing/grants.ts';
import { refusalOf } from '../../src/landing/refusal-of.ts';

const capabilities: Capabilities = {
  ...{ interactions: { Task: ['read'] }, conditionalCreate: {}, conditionalUpdate: {}, system: [], searchParams: {} },
};

it.each([
  ['system/Task.rs', 'user/Task.cru', undefined, false],
  ['system/Task.rs', 'user/Task.cru', 'user/Task.cru', true],
  ['system/Task.cru', undefined, undefined, true],
  ['system/CarePlan.rs', undefined, undefined, false],
] as const)(
  'granted %s, asked %s, granted to a person %s: are there scopes beside what is not offered? %s',
  (granted, asked, grantedToPerson, are) => {
    const grants = knownGrants({ granted, asked, grantedToPerson }, capabilities);
    const need = { type: 'Task', interactions: ['create'] } as const;
    const { missing } = refusalOf(need, { capabilities, grants, vendor: vendorTraits('generic'), site: {} }) ?? {};
    expect(missing).toContain("the EHR's statement offers no create on Task");
    expect(missing?.includes('although there are scopes for it')).toBe(are);
  },
);
