import { letterOf } from './letter-of.ts';
import type { LandingFacts, Refusal, WriteNeed } from './write-need.ts';

/**
 * What the EHR's statement and the vendor's habits say against a write, scopes aside; undefined: nothing.
 * Statement first: what is not offered answers 405, whatever else is known.
 */
export function refusalOf(need: WriteNeed, { capabilities, grants, vendor }: LandingFacts): Refusal | undefined {
  const { type, interactions, category } = need;
  const other = capabilities.otherFhirVersion;
  if (other !== undefined) {
    const missing = `the EHR speaks FHIR ${other}, and what is written is R4, so nothing is promised here`;
    return { identity: 'none', missing, offers: [], remedy: 'The EHR would have to offer an R4 endpoint.' };
  }
  const offered = capabilities.interactions[type];
  const unoffered = interactions.filter((interaction) => !offered?.includes(interaction));
  if (unoffered.length > 0) {
    const lack =
      offered === undefined
        ? `the EHR's statement does not list ${type}`
        : `the EHR's statement offers no ${unoffered.join(' and no ')} on ${type}`;
    // what the app will ask a person for is no scope that there is
    const held = grants.scopes.filter(({ context }) => context === 'system' || grants.peopleBasis !== 'asked');
    const named = held.some(
      (grant) => grant.type === type && unoffered.some((interaction) => grant.letters.has(letterOf[interaction])),
    );
    const though = named ? ', although there are scopes for it, and a write needs both' : '';
    const remark = vendor.remarks?.find((remark) => remark.type === type);
    const more = remark === undefined ? '' : ` (${remark.says}; ${remark.source})`;
    const offers = [`${interactions.join(' and ')} on ${type}`];
    return { identity: 'none', missing: `${lack}${though}${more}`, offers, remedy: '' };
  }
  const habit = vendor.refuses.find(
    (refuse) =>
      refuse.type === type &&
      interactions.includes(refuse.interaction) &&
      // one identity's refusal is all there is to know where the server takes no tokens
      (refuse.identity === undefined || grants.basis === 'no-tokens'),
  );
  if (habit !== undefined) {
    return {
      identity: 'none',
      missing: `${type} ${habit.interaction} is advertised but refused here: ${habit.because} (${habit.source})`,
      offers: [],
      remedy: `The vendor would have to accept ${habit.interaction} on ${type} from other systems.`,
    };
  }
  const accepted = vendor.observationCategories;
  if (type === 'Observation' && category !== undefined && accepted?.includes(category) === false) {
    const source = vendor.sources?.observationCategories;
    const cited = source === undefined ? '' : ` (${source})`;
    return {
      identity: 'none',
      missing: `the EHR files no Observation of category ${category}, only ${accepted.join(' and ')}${cited}`,
      offers: [],
      remedy: `The vendor would have to accept Observation of category ${category}.`,
    };
  }
  return undefined;
}
