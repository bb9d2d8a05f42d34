import { offers } from '../offers.ts';

/** Epic's CapabilityStatement of 24 July 2026 (sandbox), cut to the types that this EHR keeps. */
export const epicTypes = offers(
  {
    Patient: [
      'rs',
      '_id active address address-city address-country address-postalcode address-state address-use birthdate death-date email family gender general-practitioner given identifier language link name organization phone phonetic telecom',
    ],
    Practitioner: [
      'rs',
      '_id active address address-city address-country address-postalcode address-state address-use communication email family gender given identifier name phone phonetic telecom',
    ],
    PractitionerRole: [
      'rs',
      '_id active date email endpoint identifier location organization phone practitioner role service specialty telecom',
    ],
    Organization: ['rs', '_id'],
    Location: [
      'rs',
      '_id address address-city address-country address-postalcode address-state address-use endpoint identifier name operational-status organization partof status type',
    ],
    Encounter: [
      'rs',
      '_id account appointment based-on class date diagnosis episode-of-care identifier location location-period part-of participant participant-type patient practitioner reason-code reason-reference service-provider special-arrangement status subject type',
    ],
    Condition: [
      'crs',
      '_id abatement-date abatement-string asserter body-site category clinical-status code encounter evidence evidence-detail identifier onset-date onset-info patient recorded-date severity stage subject verification-status',
    ],
    Goal: ['rs', '_id achievement-status category identifier lifecycle-status patient start-date subject target-date'],
    CareTeam: ['rs', '_id category date encounter identifier participant patient status subject'],
    RelatedPerson: [
      'rs',
      '_id active address address-city address-country address-postalcode address-state address-use birthdate email gender identifier name patient phone phonetic relationship telecom',
    ],
    Device: [
      'rs',
      '_id device-name identifier location manufacturer model organization patient status type udi-carrier udi-di',
    ],
    CarePlan: [
      'rs',
      '_id activity-code activity-date activity-reference based-on care-team category condition date encounter goal identifier instantiates-canonical intent part-of patient performer replaces status subject',
    ],
    Task: [
      'rus',
      '_id authored-on based-on business-status code encounter focus group-identifier identifier intent modified owner part-of patient performer period priority requester status subject',
    ],
    Questionnaire: ['rs', '_id'],
    QuestionnaireResponse: [
      'crs',
      '_id author authored based-on encounter identifier part-of patient questionnaire source status subject',
    ],
    Observation: [
      'crus',
      '_id based-on category code combo-code combo-data-absent-reason combo-value-concept component-code component-data-absent-reason component-value-concept data-absent-reason date derived-from device encounter focus has-member identifier method part-of patient performer specimen status subject value-concept value-date value-string',
    ],
    DocumentReference: [
      'crus',
      '_id authenticator author category contenttype custodian date description encounter event facility format identifier language patient period related relatesto relation security-label setting status subject type',
    ],
    Communication: [
      'crs',
      '_id based-on category encounter identifier instantiates-canonical medium part-of patient received recipient sender sent status subject',
    ],
    Flag: ['rs', '_id author date encounter identifier patient subject'],
    Provenance: ['r'],
    Binary: ['r'],
  },
  false,
);
