import { afterEach, describe, expect, it } from 'vitest';
import { findPatients } from '../../../src/ehr/smart/find-patients.ts';
import { openSmallEhr, type SmallEhr } from './small-ehr.ts';

const people = [
  { id: 'sean', name: [{ given: ['Seán'], family: 'O’Brien' }] },
  { id: 'ada', name: [{ given: ['Ada'], family: "O'Brien" }] },
  { id: 'jorg', name: [{ use: 'old', family: 'Müller', given: ['Jörg'] }, { text: 'Jörg Groß' }] },
  { id: 'otto', name: [{ given: ['Otto'], family: 'Brienz' }] },
].map((person) => ({ resourceType: 'Patient', ...person }));

/** Letter by letter, from the begin of each part: what the specification leaves to a server that knows no better. */
const strictly = (url: URL) => {
  const name = (url.searchParams.get('name') ?? '').toLowerCase();
  return people.filter((person) =>
    person.name.flatMap((said) => Object.values(said).flat()).some((part) => part.toLowerCase().startsWith(name)),
  );
};

let ehr: SmallEhr;
afterEach(() => ehr.close());
const found = async (text: string) => {
  const answer = await findPatients(ehr.reader, text);
  return answer.ok ? [...answer.value].sort() : answer.why;
};

describe('patients by name, in an EHR that compares letter by letter', () => {
  it.each([
    ['obrien', ['ada', 'sean']],
    ["O'Brien", ['ada', 'sean']],
    ['o brien', ['ada', 'sean']],
    ['obrien sean', ['sean']],
    ['sean o’brien', ['sean']],
    ['Müller', ['jorg']],
    ['brien', ['otto']],
    ['zoe', []],
  ])('%s', async (text, ids) => {
    ehr = await openSmallEhr(strictly);
    expect(await found(text)).toEqual(ids);
  });

  it('takes the EHR at its word for the text as it was typed, whatever names it compares', async () => {
    ehr = await openSmallEhr((url) => (url.searchParams.get('name') === 'miller' ? people.slice(3) : []));
    expect(await found('miller')).toEqual(['otto']);
  });

  it('takes nobody from another spelling who has no such name', async () => {
    ehr = await openSmallEhr((url) => (url.searchParams.get('name') === 'obrien' ? [] : people));
    expect(await found('obrien')).toEqual(['ada', 'sean']);
  });

  it('says of a whole that is refused what it is, and what it could find otherwise', async () => {
    ehr = await openSmallEhr(() => 403);
    expect(await found('obrien')).toBe('refused');
    ehr.close();
    ehr = await openSmallEhr((url) => (/['’]/.test(url.searchParams.get('name') ?? '') ? strictly(url) : 403));
    expect(await found('obrien')).toEqual(['ada', 'sean']);
    ehr.close();
    ehr = await openSmallEhr(() => 401);
    expect(await found('obrien')).toBe('expired');
  });
});
