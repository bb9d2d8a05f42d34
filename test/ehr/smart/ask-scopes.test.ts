import { describe, expect, it } from 'vitest';
import { askScopes, grantsReading, grantsWriting, refusedWriting } from '../../../src/ehr/smart/ask-scopes.ts';

const asked = (configured?: string, ehrLaunch = true, capabilities: string[] = ['permission-v2']) =>
  askScopes(configured, { ehrLaunch, capabilities }).split(' ');

describe('askScopes', () => {
  it('asks for identity, context and refresh, and for what homework needs', () => {
    expect(asked()).toEqual(
      expect.arrayContaining(['launch', 'openid', 'fhirUser', 'online_access', 'user/Patient.rs']),
    );
    expect(asked()).toEqual(expect.arrayContaining(['patient/QuestionnaireResponse.crus', 'user/CarePlan.crus']));
    expect(asked(undefined, false)).toContain('launch/patient');
    expect(asked(undefined, false)).not.toContain('launch');
  });

  it('spells them as v1 for a server that knows no other', () => {
    const v1 = asked(undefined, true, ['permission-v1']);
    expect(v1).toEqual(expect.arrayContaining(['user/Patient.read', 'user/Task.*']));
    expect(v1.join(' ')).not.toMatch(/\.(rs|crus)/);
  });

  it('asks for exactly the resources that the tenant names', () => {
    expect(asked('patient/Patient.read offline_access')).toEqual([
      ...['launch', 'openid', 'fhirUser', 'patient/Patient.read', 'offline_access'],
    ]);
  });
});

describe('what was granted', () => {
  it.each([
    ['user/Task.crus', 'user/Task.crus', true],
    ['user/Task.crus', 'user/Task.rs', false],
    ['user/Task.*', 'user/Task.read', false],
    ['user/Task.*', 'user/Task.write', true],
    // granular: of what we write, or of other people's business
    ['user/Observation.crus', 'user/Observation.c?category=survey', true],
    ['user/Observation.crus', 'user/Observation.c?category=http://x.example|therapy', true],
    ['user/Observation.crus', 'user/Observation.c?code=8480-6', false],
    ['user/Observation.crus', 'user/Observation.cu?category=vital-signs user/Task.rs', false],
    // a site whose EHR takes no writes asks for none: the app is not read-only for that
    ['user/Patient.rs', 'user/Patient.rs', true],
  ])('asked %s, granted %s: writing %s', (wanted, granted, may) => {
    expect(grantsWriting(wanted, granted)).toBe(may);
  });

  it('covers reading a patient by type or by star', () => {
    expect(['user/Patient.rs', 'patient/*.read', 'user/Patient.s', 'user/Task.rs'].map(grantsReading)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});

describe('types whose writing was asked for and not granted', () => {
  const asked = 'user/Observation.crus user/Task.crus user/DocumentReference.crus';

  it.each([
    ['user/Observation.c user/Task.u user/DocumentReference.crus', []],
    ['user/Observation.c?category=survey user/Task.u user/DocumentReference.c?category=clinical-note', []],
    ['user/Observation.c?code=8480-6 user/Task.crus user/DocumentReference.crus', ['Observation']],
    ['user/Observation.c?code=survey user/Task.crus user/DocumentReference.crus', ['Observation']],
    [
      'user/Observation.c?category=vital-signs user/Task.rs user/DocumentReference.rs',
      ['Task', 'Observation', 'DocumentReference'],
    ],
  ])('granted %s: %j', (granted, refused) => {
    expect(refusedWriting(asked, granted)).toEqual(refused);
  });
});
