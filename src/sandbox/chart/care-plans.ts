import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describePeriod, describeTime } from './describe-time.ts';
import { describeConcept, describeReference, describeTitle, describeValue } from './describe-value.ts';
import { type Content, type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';
import { responseTitle } from './questionnaire-responses.ts';
import { facts, jsonLink, resourceFooter, section, statusChip, versionKey } from './resource-parts.ts';

/** Care plans with their tasks nested, then the tasks that belong to no plan. */
export function carePlans(record: PatientRecord): Html {
  const tasks = record.of('Task');
  const shown = new Set<StoredResource>();
  const plans = record.of('CarePlan').map((plan) => carePlan(plan, tasks, shown, record));
  const rest = tasks.filter((task) => !shown.has(task) && parentOf(task, tasks) === undefined);
  const loose =
    rest.length > 0
      ? section('loose-tasks', 'Tasks outside a care plan', [taskList(rest, tasks, shown, record)], '')
      : [];
  return html`${section('care-plans', 'Care plan', plans, 'No care plan in this record yet.')}${loose}`;
}

function carePlan(
  plan: StoredResource,
  tasks: StoredResource[],
  shown: Set<StoredResource>,
  record: PatientRecord,
): Html {
  const listed = new Set(
    listOf(plan.activity).map((activity) => isObject(activity) && record.follow(activity.reference)),
  );
  const group = new Set(listOf(plan.identifier).map(identifierKey));
  const sameGroup = (task: StoredResource) => {
    const key = identifierKey(task.groupIdentifier);
    return key !== undefined && group.has(key);
  };
  const own = tasks.filter(
    (task) =>
      parentOf(task, tasks) === undefined &&
      (listed.has(task) ||
        sameGroup(task) ||
        listOf(task.basedOn).some((reference) => record.follow(reference) === plan)),
  );
  return html`<article class="plan" data-version="${versionKey(plan)}">
    <header class="row"><h3>${describeTitle(plan) === 'CarePlan' ? 'Care plan' : describeTitle(plan)}</h3>${statusChip(plan.status)}</header>
    ${typeof plan.description === 'string' && html`<p>${plan.description}</p>`}
    ${facts([
      ['Period', describePeriod(plan.period, record.zone)],
      ['Author', describeReference(plan.author, record)],
      ['Addresses', words(plan.addresses, record)],
      ['Goals', words(plan.goal, record)],
      ['Category', listOf(plan.category).map(describeConcept).filter(Boolean).join(', ')],
    ])}
    ${own.length > 0 ? taskList(own, tasks, shown, record) : html`<p class="empty">No tasks in this plan yet.</p>`}
    ${resourceFooter(plan, record)}
  </article>`;
}

function taskList(
  list: StoredResource[],
  all: StoredResource[],
  shown: Set<StoredResource>,
  record: PatientRecord,
): Html {
  return html`<ol class="tasks">${inOrder(list).map((task) => taskItem(task, all, shown, record))}</ol>`;
}

function taskItem(
  task: StoredResource,
  all: StoredResource[],
  shown: Set<StoredResource>,
  record: PatientRecord,
): Html {
  shown.add(task);
  const children = inOrder(all.filter((other) => parentOf(other, all) === task));
  for (const child of children) shown.add(child);
  const title = typeof task.description === 'string' ? task.description : describeTitle(task);
  const step = stepOf(task);
  const kind = describeConcept(task.code);
  const restriction = isObject(task.restriction) && isObject(task.restriction.period) ? task.restriction.period : {};
  return html`<li class="task" data-version="${versionKey(task)}">
    <div class="row">
      <h4>${step !== undefined && html`<span class="step">${step}</span>`}${title}</h4>
      <span class="chips">${statusChip(task.status)}${statusChip(task.businessStatus, 'Business status')}</span>
    </div>
    ${facts([
      ['Kind', kind === title ? undefined : kind],
      ['Due', describeTime(restriction.end, record.zone)],
      ['Reason', describeConcept(task.statusReason)],
      ['Requested by', describeReference(task.requester, record)],
    ])}
    ${inputs(task, record)}
    ${children.length > 0 && occurrences(children, record)}
    ${resourceFooter(task, record)}
  </li>`;
}

function inputs(task: StoredResource, record: PatientRecord): Html | undefined {
  const pairs = listOf(task.input)
    .filter(isObject)
    .map((input) => [describeConcept(input.type) ?? 'Input', describeValue(input, 'value', record)] as const);
  if (pairs.length === 0) return undefined;
  return html`<details id="input-${task.id}"><summary>Details (${pairs.length})</summary>${facts(pairs)}</details>`;
}

function occurrences(tasks: StoredResource[], record: PatientRecord): Html {
  const rows = tasks.map(
    (task, index) => html`<tr data-version="${versionKey(task)}">
      <th scope="row">${index + 1}. ${typeof task.description === 'string' ? task.description : describeTitle(task)}</th>
      <td><span class="chips">${statusChip(task.status)}${statusChip(task.businessStatus, 'Business status')}</span></td>
      <td>${whenOf(task, record)}</td>
      <td>${results(task, record)}</td>
      <td>${jsonLink(task, record)}</td>
    </tr>`,
  );
  return html`<div class="scroll" role="group" aria-label="Occurrences" tabindex="0"><table>
    <thead><tr><th scope="col">Occurrence</th><th scope="col">Status</th><th scope="col">When</th><th scope="col">Result</th><th scope="col">Record</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}

function whenOf(task: StoredResource, record: PatientRecord): Content {
  const restriction = isObject(task.restriction) ? task.restriction.period : undefined;
  const period = [task.executionPeriod, restriction].find(isObject);
  if (period === undefined) return describeTime(task.authoredOn, record.zone);
  return period.end === undefined ? describeTime(period.start, record.zone) : describePeriod(period, record.zone);
}

/** What came of a task; a response in this chart is linked to. */
function results(task: StoredResource, record: PatientRecord): Content {
  const outputs = listOf(task.output)
    .filter(isObject)
    .map((output) => {
      const target = record.follow(output.valueReference);
      if (target?.resourceType !== 'QuestionnaireResponse') return describeValue(output, 'value', record);
      return html`<a href="#response-${target.id}">${responseTitle(target, record)}</a>`;
    });
  return outputs.length > 0 ? outputs.flatMap((output, index) => (index > 0 ? [', ', output] : [output])) : '–';
}

/** By a step number when there is one, else in the order of time. */
function inOrder(tasks: StoredResource[]): StoredResource[] {
  const time = (task: StoredResource) => {
    const period = isObject(task.executionPeriod) ? task.executionPeriod.start : undefined;
    return Date.parse(String(period ?? task.authoredOn ?? task.meta.lastUpdated));
  };
  return [...tasks].sort((a, b) => {
    const [left, right] = [stepOf(a), stepOf(b)];
    if (left !== undefined && right !== undefined && left !== right) {
      return left.localeCompare(right, 'en', { numeric: true });
    }
    return time(a) - time(b);
  });
}

/** The value of the input that is called a step or sequence number, whoever wrote it. */
function stepOf(task: StoredResource): string | undefined {
  const step = listOf(task.input)
    .filter(isObject)
    .find((input) => /\b(step|sequence)\b/i.test(JSON.stringify(input.type ?? '').replaceAll(/[-_]/g, ' ')));
  const value = step?.valuePositiveInt ?? step?.valueInteger ?? step?.valueUnsignedInt ?? step?.valueString;
  return value === undefined ? undefined : String(value);
}

function parentOf(task: StoredResource, all: StoredResource[]): StoredResource | undefined {
  const parents = listOf(task.partOf).map((reference) => (isObject(reference) ? String(reference.reference) : ''));
  return all.find((other) => other !== task && parents.some((parent) => parent.endsWith(`Task/${other.id}`)));
}

/** undefined: without an identifier nothing is of the same group. */
function identifierKey(identifier: unknown): string | undefined {
  return isObject(identifier) && identifier.value !== undefined
    ? `${identifier.system}|${identifier.value}`
    : undefined;
}

function words(references: unknown, record: PatientRecord): string {
  return listOf(references)
    .map((reference) => describeReference(reference, record))
    .filter((text) => text !== undefined)
    .join(', ');
}
