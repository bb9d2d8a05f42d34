import { isObject, listOf, type StoredResource } from '../resource.ts';

const people = ['Patient', 'Practitioner', 'RelatedPerson'];

/** A person with the names of their life, as the trait `past-names` has it: what is in use now stands last. */
export function showPastNames(resource: StoredResource): StoredResource {
  const names = listOf(resource.name).filter(isObject);
  const [current] = names;
  if (!people.includes(resource.resourceType) || current === undefined) return resource;
  const given = listOf(current.given);
  const past = [
    { use: 'maiden', family: 'Formerly', given },
    { use: 'old', text: 'Name From Before' },
    { use: 'official', family: 'Expired', given, period: { start: '1990', end: '2020-01-01' } },
    { family: 'Notyet', given, period: { start: '2999-01-01' } },
    { use: 'nickname', given: ['Nick'] },
  ];
  return { ...resource, name: [...past, ...names.map((name) => ({ ...name, use: 'usual' }))] };
}
