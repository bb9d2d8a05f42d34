import type { FaceServer } from '../fhir/served-face.ts';
import { isObject, listOf, type StoredResource } from '../resource.ts';
import { currentName, describeName } from './describe-name.ts';
import { ageOn, timeText } from './describe-time.ts';
import { describeConcept } from './describe-value.ts';
import { type Html, html } from './html.ts';
import { worklistLauncher } from './launcher.ts';
import { page } from './page.ts';
import { openRecord } from './patient-record.ts';

/** The front page: all patients of a face by family name. */
export function patientList(server: FaceServer): Html {
  const face = server.face.name;
  const patients = [...server.store.list('Patient')].sort((a, b) => familyOf(a).localeCompare(familyOf(b)));
  const rows = patients.map((patient) => {
    const record = openRecord(server, patient.id);
    const problems = record
      ?.of('Condition')
      .map((condition) => describeConcept(condition.code))
      .join(', ');
    const homework = record?.of('CarePlan').filter(({ status }) => status === 'active').length ?? 0;
    return html`<tr>
      <th scope="row"><a href="/chart/${patient.id}?face=${face}">${familyOf(patient)}, ${givenOf(patient)}</a></th>
      <td>${timeText(String(patient.birthDate), 'UTC')} <span class="quiet">(${ageOn(String(patient.birthDate), new Date())})</span></td>
      <td>${mrnOf(patient)}</td>
      <td>${problems}</td>
      <td>${homework > 0 ? `${homework} active` : '–'}</td>
    </tr>`;
  });
  return page(
    'Patients',
    server,
    '/',
    html`<h1>Patients</h1>
    <p class="quiet">${server.face.description}</p>
    ${worklistLauncher(server)}
    <div class="card scroll" role="group" aria-label="Patients" tabindex="0"><table class="patients">
      <thead><tr><th scope="col">Name</th><th scope="col">Born (age)</th><th scope="col">MRN</th><th scope="col">Problems</th><th scope="col">Care plans</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>`,
  );
}

/** The medical record number of a patient. */
export function mrnOf(patient: StoredResource): string {
  const identifier = listOf(patient.identifier).find(isObject);
  return typeof identifier?.value === 'string' ? identifier.value : '–';
}

function familyOf(patient: StoredResource): string {
  const name = currentName(patient);
  return typeof name?.family === 'string' ? name.family : (describeName(patient) ?? patient.id);
}

function givenOf(patient: StoredResource): string {
  const name = currentName(patient);
  return listOf(name?.given).join(' ');
}
