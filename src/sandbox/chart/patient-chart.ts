import { isRestricted } from '../auth/access.ts';
import { listOf } from '../resource.ts';
import { atAGlance } from './at-a-glance.ts';
import { carePlans } from './care-plans.ts';
import { describeName } from './describe-name.ts';
import { ageOn, timeText } from './describe-time.ts';
import { describeReference } from './describe-value.ts';
import { type Html, html } from './html.ts';
import { chartLauncher } from './launcher.ts';
import { communications, documents, flags } from './notes-and-messages.ts';
import { observations } from './observations.ts';
import { page } from './page.ts';
import { mrnOf } from './patient-list.ts';
import type { PatientRecord } from './patient-record.ts';
import { questionnaireResponses } from './questionnaire-responses.ts';

/** The whole chart of one patient. @param version of what is shown, for the script that asks for news */
export function patientChart(record: PatientRecord, version: string): Html {
  const { patient, server } = record;
  const face = server.face.name;
  const path = `/chart/${encodeURIComponent(patient.id)}`;
  const name = describeName(patient) ?? patient.id;
  return page(
    name,
    server,
    path,
    html`${banner(record, name)}
    ${chartLauncher(record)}
    <div id="chart" class="columns" data-news="${path}/fragment?face=${face}" data-version="${version}">${chartFragment(record)}</div>
    <p id="news" class="visually-hidden" role="status"></p>`,
  );
}

/** The part of the chart that is drawn again when something was written. */
export function chartFragment(record: PatientRecord): Html {
  return html`<div class="main">
    ${flags(record)}
    ${carePlans(record)}
    ${questionnaireResponses(record)}
    ${observations(record)}
    ${documents(record)}
    ${communications(record)}
  </div>
  <div class="side">${atAGlance(record)}</div>`;
}

function banner({ patient, ...record }: PatientRecord, name: string): Html {
  const birthDate = String(patient.birthDate ?? '');
  const clinician = describeReference(listOf(patient.generalPractitioner)[0], { patient, ...record });
  return html`<section class="banner" aria-label="Patient">
    <h1>${name}</h1>
    ${isRestricted(patient) && html`<span class="chip chip-other">Restricted: the clinician's own</span>`}
    <dl>
      <div><dt>Born</dt><dd>${timeText(birthDate, 'UTC')} (${ageOn(birthDate, new Date())} y)</dd></div>
      <div><dt>Sex</dt><dd>${String(patient.gender ?? 'unknown')}</dd></div>
      <div><dt>MRN</dt><dd>${mrnOf(patient)}</dd></div>
      <div><dt>Clinician</dt><dd>${clinician ?? '–'}</dd></div>
      <div><dt>Allergies</dt><dd>none known</dd></div>
    </dl>
  </section>`;
}
