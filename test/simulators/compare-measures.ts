import type { Observation } from 'fhir/r4';
import { expectedMeasures, type Plain } from './expected-measures.ts';
import { type Held, named, type Same, sarah, standsThere } from './held.ts';
import type { PlayedLog } from './play-kinds.ts';

/** Measures and scores of a log: each once, final, about the right patient, with its value; none of what is kept. */
export function compareMeasures(log: PlayedLog, held: Held, landing: string, same: Same): void {
  const found = held.filter(
    (resource): resource is Observation =>
      resource.resourceType === 'Observation' &&
      named(resource, 'measure').some((name) => name.startsWith(`${log.id}#`)),
  );
  if (!standsThere(landing)) {
    same('measures', found.length, 0);
    return;
  }
  const linkIds = found.map((resource) => named(resource, 'measure')[0]?.replace(`${log.id}#`, '') ?? '');
  const twice = linkIds.filter((linkId, index) => linkIds.indexOf(linkId) !== index);
  same('measures that stand twice', twice, []);
  for (const { status, subject } of found) same('a measure', [status, subject?.reference], ['final', sarah]);
  const wanted = expectedMeasures(log);
  const strange = linkIds.filter((linkId) => !wanted.has(linkId));
  same('measures of what was not asked or shared', strange, []);
  for (const [linkId, value] of wanted) {
    if (value === undefined) continue;
    const measured = found[linkIds.indexOf(linkId)];
    same(`measure ${linkId}`, measured && rounded(measuredValue(measured)), rounded(value));
  }
}

function measuredValue(observation: Observation): Plain | undefined {
  const { valueBoolean, valueTime, valueDateTime, valueString, valueCodeableConcept } = observation;
  const number = observation.valueInteger ?? observation.valueQuantity?.value;
  return number ?? valueBoolean ?? valueTime ?? valueDateTime ?? valueString ?? valueCodeableConcept?.coding?.[0]?.code;
}

/** A calculated one as a chart has it: to a tenth. */
const rounded = (value: Plain | undefined): Plain | undefined =>
  typeof value === 'number' ? Math.round(value * 10) / 10 : value;
