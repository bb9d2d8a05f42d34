import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Json, type OpenSandbox, openSandbox, task } from './open-sandbox.ts';

let ehr: OpenSandbox;
beforeAll(async () => {
  ehr = await openSandbox();
});
afterAll(() => ehr.close());

const site = async (traits: string[]) =>
  fetch(`${ehr.url}/control/site/native`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ traits }),
  });
const create = (more: Json) => ehr.fhir('native', 'POST', '/Task', { body: { ...task(), ...more } });
const places = ({ body }: { body: Json }) => body.issue.map((issue: Json) => issue.expression?.[0]);

describe('an EHR that takes R4’s rules for texts by the letter', () => {
  it.each([
    ['a control character in a note', { note: [{ text: 'a\u000bb' }] }, 'Task.note[0].text'],
    ['NUL in an identifier', { identifier: [{ system: 'urn:x', value: 'a\u0000' }] }, 'Task.identifier[0].value'],
    ['half of a character', { description: 'cut \ud83d' }, 'Task.description'],
    ['what XML cannot write', { description: 'a\uffff' }, 'Task.description'],
    ['a blank text', { description: ' ' }, 'Task.description'],
    ['a code with two spaces', { code: { coding: [{ system: 'urn:x', code: 'a  b' }] } }, 'Task.code.coding[0].code'],
  ])('refuses %s by its element', async (_, more, place) => {
    await site(['strict-strings']);
    const refused = await create(more);
    expect([refused.status, places(refused)]).toEqual([422, expect.arrayContaining([place])]);
  });

  it('takes what R4 allows, and without the trait more', async () => {
    await site(['strict-strings']);
    expect((await create({ description: 'tab\t, line\r\n, 😀, \u2028 and שלום' })).status).toBe(201);
    await site([]);
    expect((await create({ note: [{ text: 'what XML cannot write: \uffff' }] })).status).toBe(201);
  });
});
