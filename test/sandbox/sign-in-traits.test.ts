import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal, parseTraits, traitNames } from '../../src/sandbox/traits.ts';
import { type OpenSandbox, openSandbox } from './open-sandbox.ts';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

async function setTraits(traits: readonly string[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ traits });
  expect((await fetch(`${ehr.url}/control/site/native`, { method: 'PATCH', headers, body })).status).toBe(200);
}

describe('the service’s own client', () => {
  const ask = async () => {
    const { status, body } = await ehr.askToken('native', 'system/Patient.rs');
    return [status, body.error];
  };

  it('is unknown where the trait says so, and known again without it', async () => {
    await setTraits(['service-unknown']);
    expect(await ask()).toEqual([401, 'invalid_client']);
    await setTraits([]);
    expect(await ask()).toEqual([200, undefined]);
  });

  it.each([
    ['clock-ahead', { exp: 60 }],
    ['clock-behind', { exp: 280 }],
    ['clock-behind', { exp: 180, iat: 0 }],
  ])('with a clock that is not ours (%s) is refused for %j, and taken by a right one', async (trait, offsets) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = () => Object.fromEntries(Object.entries(offsets).map(([name, by]) => [name, now + by]));
    const asked = async () =>
      (await ehr.askToken('native', 'system/Patient.rs', await ehr.service.assertion(ehr.claims('native', claims()))))
        .status;
    expect(await asked()).toBe(200);
    await setTraits([trait]);
    expect(await asked()).toBe(401);
    await setTraits([]);
  });
});

it('all traits are those that refuse nobody', () => {
  expect(parseTraits('all')).toEqual(traitNames.filter((name) => !isRefusal(name)));
  expect(traitNames.filter(isRefusal)).toEqual(
    expect.arrayContaining([
      'answer-issuer-missing',
      'answer-issuer-wrong',
      'app-unauthorized',
      'app-unknown',
      'scope-refused',
      'service-unknown',
      'smart-1-configuration',
    ]),
  );
});
