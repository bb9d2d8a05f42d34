import type { Reference, Resource } from 'fhir/r4';
import { namesPatient } from '../../fhir/names-patient.ts';
import { type NamedIdentifier, namedIdentifier, type ParsedReference, relativeOf } from '../../fhir/parse-reference.ts';
import type { LogSource } from '../../homework/model.ts';

/** One reference of a response, and where it stands. */
export interface Placed {
  readonly element: string;
  readonly reference: Reference;
  readonly parsed: ParsedReference;
}

/** What is known of the patient of the Task, and how the EHR is asked for more. */
export interface Judge {
  /** Now, and until two patients were merged. */
  readonly patientIds: readonly string[];
  /** Whether the patient bears an identifier; undefined: it is not known. */
  bears(identifier: NamedIdentifier): Promise<boolean | undefined>;
  /** Whether a resource of the EHR is about the patient; undefined: the EHR does not say. */
  about(named: { readonly type: string; readonly id: string }): Promise<boolean | undefined>;
  /** What the response carries inside itself. */
  readonly contained: readonly Resource[];
}

const anotherPatient = 'is not the patient of the Task';
const anothers = 'is another patient’s, as the EHR says';
const notTold = 'names nobody who is known to be the patient of the Task; send the reference';
const neither = 'is neither the patient nor a relative: the answers are the patient’s own';

/**
 * What is wrong with a reference of a response, if anything: it is the patient who answers, or a relative of theirs; and
 * what is named beside them is not another patient's. What cannot be known is not held against it, where nothing is taken
 * from it.
 */
export async function problemWith(placed: Placed, judge: Judge): Promise<string | undefined> {
  const { element, parsed } = placed;
  if (element === 'subject') return problemAsPatient(placed, judge);
  if (element === 'source') {
    if (mayBePatient(parsed)) return problemAsPatient(placed, judge);
    return isRelative(parsed) ? problemAsTheirs(parsed, judge) : sourceProblem(parsed);
  }
  const patients = await problemAsAnotherPatient(placed, judge);
  if (patients !== undefined) return patients;
  if (element !== 'author') return problemAsTheirs(parsed, judge);
  if (isRelative(parsed)) return problemAsTheirs(parsed, judge);
  return mayHaveAuthored(parsed, placed.reference, judge) ? undefined : neither;
}

/** Who answered, by the reference that `problemWith` has let pass. */
export function sourceOf(placed: Placed | undefined): LogSource | undefined {
  if (placed === undefined || mayBePatient(placed.parsed)) return { type: 'patient' };
  const { parsed } = placed;
  return isRelative(parsed) ? { type: 'related-person', reference: relativeOf(parsed) } : undefined;
}

type Local = Extract<ParsedReference, { form: 'local' }>;

const isRelative = (parsed: ParsedReference): parsed is Local =>
  parsed.form === 'local' && parsed.type === 'RelatedPerson';

function mayBePatient(parsed: ParsedReference): boolean {
  if (parsed.form === 'local' || parsed.form === 'elsewhere') return parsed.type === 'Patient';
  return parsed.form === 'logical' && (parsed.type ?? 'Patient') === 'Patient';
}

function names(parsed: ParsedReference, patientIds: readonly string[]): ReturnType<typeof namesPatient> {
  const answers = patientIds.map((id) => namesPatient(parsed, id));
  return answers.find((answer) => answer !== 'other') ?? 'other';
}

async function problemAsPatient({ element, parsed, reference }: Placed, judge: Judge): Promise<string | undefined> {
  const same = names(parsed, judge.patientIds);
  const identifier = namedIdentifier(reference.identifier);
  const borne = identifier === undefined ? undefined : await judge.bears(identifier);
  // by reference, an identifier beside it must not be another patient's, as far as the EHR says
  if (same === 'same') return borne === false ? `${anotherPatient}: its identifier is not theirs` : undefined;
  if (same === 'unclear') return borne === true ? undefined : borne === false ? anotherPatient : notTold;
  return element === 'source' ? 'is another patient than that of the Task' : anotherPatient;
}

async function problemAsAnotherPatient({ parsed }: Placed, judge: Judge): Promise<string | undefined> {
  if (parsed.form === 'logical' && parsed.type === 'Patient') {
    return (await judge.bears(parsed.identifier)) === false ? anotherPatient : undefined;
  }
  const patient = parsed.form === 'local' || parsed.form === 'elsewhere' ? parsed.type === 'Patient' : false;
  return patient && names(parsed, judge.patientIds) !== 'same' ? anotherPatient : undefined;
}

/** What the EHR holds must not be another patient's: an encounter, a Task, a relative. */
async function problemAsTheirs(parsed: ParsedReference, judge: Judge): Promise<string | undefined> {
  if (parsed.form !== 'local' || parsed.type === 'Patient') return undefined;
  // what stands under our address is ours, and judged as such; but people are always the EHR's
  if (parsed.server === 'own' && !isRelative(parsed)) return undefined;
  return (await judge.about(parsed)) === false ? anothers : undefined;
}

/** The patient wrote it down, or the machine that they wrote with; never somebody else. */
function mayHaveAuthored(parsed: ParsedReference, reference: Reference, { contained }: Judge): boolean {
  const machineOrPatient = (type: string | undefined) => type === undefined || type === 'Patient' || type === 'Device';
  if (parsed.form === 'contained') {
    const inside = contained.find(({ id }) => id !== undefined && `#${id}` === reference.reference);
    return machineOrPatient(inside?.resourceType);
  }
  if (parsed.form === 'logical') return machineOrPatient(parsed.type) || parsed.type === 'RelatedPerson';
  if (parsed.form === 'local' || parsed.form === 'elsewhere') return machineOrPatient(parsed.type);
  // nothing but words, or a name that means something only elsewhere; unless it says itself what it is
  return machineOrPatient(reference.type);
}

function sourceProblem(parsed: ParsedReference): string {
  if (parsed.form === 'elsewhere') return 'is on another server than the EHR: nobody here knows them';
  if (parsed.form === 'local') return neither;
  return 'must be a reference to the Patient or a RelatedPerson of the EHR';
}
