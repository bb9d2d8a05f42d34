import { isObject, listOf } from '../resource.ts';
import { describeTime } from './describe-time.ts';
import { describeConcept, describeReference, describeTitle } from './describe-value.ts';
import { type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';
import { statusChip } from './resource-parts.ts';

/** Problems, goals, visits and care team: the column beside the chart. */
export function atAGlance(record: PatientRecord): Html {
  const { zone } = record;
  const problems = record
    .of('Condition')
    .map(
      (condition) =>
        html`<li>${describeConcept(condition.code)} <span class="quiet">since ${describeTime(condition.onsetDateTime, zone) ?? 'unknown'}</span></li>`,
    );
  const goals = record
    .of('Goal')
    .map((goal) => html`<li>${describeTitle(goal)} ${statusChip(goal.lifecycleStatus)}</li>`);
  const visits = record
    .of('Encounter')
    .reverse()
    .map(
      (visit) =>
        html`<li>${describeTime(isObject(visit.period) ? visit.period.start : undefined, zone)} ${statusChip(visit.status)}</li>`,
    );
  const team = record
    .of('CareTeam')
    .flatMap((careTeam) => listOf(careTeam.participant).filter(isObject))
    .map(
      (participant) =>
        html`<li>${describeReference(participant.member, record)} <span class="quiet">${listOf(participant.role).map(describeConcept).join(', ')}</span></li>`,
    );
  const flagged = record
    .of('Flag')
    .map((flag) => html`<li>${describeConcept(flag.code)} ${statusChip(flag.status)}</li>`);
  return html`<aside class="card glance" aria-label="At a glance">
    ${list('Flags', flagged, 'No flags in this record')}
    ${list('Problems', problems, 'None recorded')}${list('Goals', goals, 'None recorded')}
    ${list('Visits', visits, 'None recorded')}${list('Care team', team, 'None recorded')}
  </aside>`;
}

function list(heading: string, items: readonly Html[], empty: string): Html {
  return html`<h2>${heading}</h2>${items.length > 0 ? html`<ul>${items}</ul>` : html`<p class="empty">${empty}</p>`}`;
}
