/** How the text of a trait begins whose point is a refusal. */
const refuses = 'refuses';

/**
 * Ways in which real EHRs differ from the tidy one this sandbox is by itself. Any face can have any of them
 * (`PATCH /control/site/<face>` with `traits`, or `--traits` at the start). Each name says what this EHR then does, and
 * stands with where such a thing was seen.
 */
export const traits = {
  // "need_patient_banner": "false" in the token response that a large vendor documents
  'banner-flag-text': 'need_patient_banner is text, "true" or "false"',
  // several open servers hold R4's "no character below 32" and "never empty" to the letter, and refuse the whole Bundle
  'strict-strings':
    'a write with a control character, half of a character or a blank text in any element is refused by that element',
  // a registry lists every name that a person ever had, the oldest first: a reader that takes the first says a dead one
  'past-names': 'people have a maiden name, an old one and an expired official one before the name in use',
  // an appointment becomes an Encounter when it is booked, and stays one when nobody came
  'missed-visits': 'patients have 60 encounters newer than their last visit that were planned, cancelled or a mistake',
  // years of therapy: whoever reads one page of visits in the order in which they were stored reads the oldest
  'many-visits': 'patients have 200 visits before their last one, one a week',
  // R4 leaves it to the server by what it sorts, if by anything
  'encounters-unsorted': 'a search for Encounters passes over _sort, and gives them as they were stored',
  // a chart is the whole hospital's
  'other-care': 'patients have an emergency visit, a blood draw and a dermatologist’s hour newer than their last visit',
  // encounters that came from billing or from paper; github.com/OHDSI/CommonDataModel/issues/753 has them without an end
  'encounters-by-day': 'an Encounter says the days on which it began and ended, and no times',
  // systems that keep visits of themselves and people elsewhere
  'encounters-bare': 'an Encounter says neither who took part nor its class and type',
  // github.com/masslight/ottehr/issues/365: nobody sets the status after the visit
  'encounters-left-open': 'an Encounter stays in-progress, without an end, when the visit is over',
  // sites that grant the app no sight of visits
  'encounters-refused': `${refuses} a search for Encounters`,
  // SMART leaves it to the EHR which context a launch has: one from a patient list has a patient alone
  'encounter-unsaid': 'a token response names no encounter, though one is going on',
  // public bug reports of SMART clients: members of the launch context that are there and null
  'context-null': 'what is not open is null in the token response: patient, encounter, intent, fhirContext',
  // public bug reports of SMART clients: a launch without a patient that says so with an empty text
  'context-empty-text': 'where no patient is open, the token response says patient: ""',
  // RFC 6749 says number; public bug reports show text
  'expires-in-text': 'expires_in is text, "300"',
  // public bug reports: record systems whose keys are numbers print them as such
  'numeric-ids': 'an id of digits alone is a number in the token response',
  // the example of token introspection in SMART 2.0 says "Patient/456", and servers followed it
  'context-as-reference': 'patient and encounter are references in the token response, "Patient/17"',
  // issuers of Auth0 and authentik end in a slash; other servers spell their own with one here and without one there
  'issuer-with-slash':
    'the issuer ends in a slash in the SMART configuration and in id_tokens, and not in answers (RFC 9207)',
  // servers of before RFC 9207
  'answer-issuer-unsaid':
    'answers of the authorization endpoint do not name the issuer (RFC 9207), and its configurations say so',
  // github.com/django-oauth/django-oauth-toolkit/issues/1846, github.com/SUNET/vc/issues/451
  'answer-issuer-missing': `${refuses} its name in answers of the authorization endpoint (iss, RFC 9207), though its configuration promises it`,
  // what an app sees whose person was led to another server (RFC 9207, 1), or where two servers stand behind one name
  'answer-issuer-wrong': `${refuses} its own name in answers of the authorization endpoint (iss, RFC 9207): they name another issuer`,
  // public bug reports of launches whose iss is a base address with its slash
  'iss-with-slash': 'iss of a launch ends in a slash, and aud must be spelled like it',
  // servers from before SMART 2.0, which brought jwks_uri
  'keys-by-openid-only': 'the SMART configuration has no jwks_uri: the key set stands in the OpenID configuration',
  // the sample SMART server of an identity vendor
  'fhir-user-relative': 'fhirUser of an id_token is relative, and absolute when it is introspected',
  // portals that name the patient who signs in by fhirUser, and a national claims server without `patient`
  'patient-by-fhir-user': 'a patient who signs in is told by fhirUser alone: their token response names no patient',
  // live EHRs, against the letter of R4: underscores, and more than 64 characters
  'ids-beyond-r4': 'new resources get ids of 80 characters with underscores',
  // public bug reports: "nbf" is in the future
  'clock-ahead': 'its clock is 90 s ahead: iat and nbf of an id_token lie in the future, and our assertions look old',
  // the same the other way round
  'clock-behind':
    'its clock is 90 s behind: exp of an id_token has passed, and our assertions look as if made ahead of time',
  // SMART 1.0 servers, which are still live
  'smart-1-configuration': `${refuses} people: a SMART 1.0 configuration, without issuer, jwks_uri and PKCE methods`,
  // RFC 6749, 5.2: an app whose registration is missing, or not active yet
  'app-unknown': `${refuses} the app at its token endpoint with invalid_client`,
  // RFC 6749, 4.1.2.1
  'app-unauthorized': `${refuses} the app at its authorization endpoint with unauthorized_client`,
  // RFC 6749, 4.1.2.1: an EHR that refuses all scopes for one
  'scope-refused': `${refuses} the app at its authorization endpoint with invalid_scope`,
  // RFC 6749, 5.2
  'service-unknown': `${refuses} the service's own client at its token endpoint with invalid_client`,
  // a national registry and several EHRs answer the read of a superseded id with the record that took its place
  'merge-answers-survivor': 'the read of a merged patient answers with the survivor, under the survivor’s id',
  // not every merge moves documents and answers; some leave them under the old record for ever
  'merge-leaves-chart': 'what a chart holds keeps the old patient when two patients are merged',
  // github.com/LinuxForHealth/FHIR/issues/1375: both spellings of one resource stand side by side
  'absolute-references': 'references to its own resources are absolute',
  // github.com/LinuxForHealth/FHIR/pull/1889, github.com/hapifhir/hapi-fhir/issues/1224
  'versioned-references': 'references to its own resources name a version',
  // R4 lets a server pass over a parameter that it does not know, and then it finds everything
  'encounters-of-everybody': 'a search for Encounters passes over whose they should be, as far as the token reaches',
  // the same; github.com/bluehalo/node-fhir-server-core/issues/146 finds Practitioners so
  'roles-of-everybody': 'a search for PractitionerRoles passes over whose they should be',
  // R4 lets a server take one value of a parameter where it knows no alternatives
  'one-id-a-search': 'a search for several patients by _id finds the first of them alone',
  // public bug reports: a client that could not read where its create stood made fourteen copies
  'location-unreadable': 'a create is answered with 201 and a Location that names no resource',
  // github.com/hapifhir/hapi-fhir/issues/3141: conditions are looked for when the request comes, and written when its turn is
  // (a queue, or a proxy that gives up before the server behind it does)
  'commits-late': `${refuses} to answer a write in time: the connection ends, and it is committed 26 s later, whatever stands there by then`,
  // public bug reports of clients whose time-out counts from the last byte
  drips: `${refuses} an end to its answers to writes: a byte every five seconds, for ever`,
  // search indexes that are written behind the record: the same reports
  'search-lags': 'searches and conditions do not find what was written in the last two seconds',
  // github.com/cerner/fhir.cerner.com/pull/61: a large vendor's documentation of its notes
  'note-relations-dropped':
    'what a note relates to (relatesTo) is passed over: it does not stand there when it is read',
  // github.com/hapifhir/hapi-fhir/issues/2656: the resources are made, and the answer is an HTML page
  'html-after-write': 'every third write, the first one of them, is committed and answered with 200 and a page',
  // gateways whose own session is over; clients that follow, or take the status for the EHR's, lose the write
  'login-redirect': `${refuses} writes: a gateway before it answers them with 302 to a login page`,
  // github.com/smart-on-fhir/api-server/issues/43, and every proxy whose way to its server is gone
  'gateway-not-found': `${refuses} all but its statement: a gateway before it answers 404 with a page`,
} as const satisfies Readonly<Record<string, string>>;

/** A trait by its name. */
export type TraitName = keyof typeof traits;

/** Every trait, in the order of the table. */
export const traitNames = Object.keys(traits) as TraitName[];

/** True for a trait whose point is a refusal: an EHR that has it does not let somebody in. */
export function isRefusal(name: TraitName): boolean {
  return traits[name].startsWith(refuses);
}

/**
 * Reads a list of names, separated by commas; `all` stands for every one that does not refuse.
 * @throws Error that names the first unknown one
 */
export function parseTraits(text: string): TraitName[] {
  if (text === 'all') return traitNames.filter((name) => !isRefusal(name));
  return text.split(',').map((name) => {
    const found = traitNames.find((known) => known === name.trim());
    if (found === undefined) throw new Error(`"${name.trim()}" is not a trait; there are ${traitNames.join(', ')}`);
    return found;
  });
}
