import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describeTime } from './describe-time.ts';
import { describeReference, describeValue } from './describe-value.ts';
import { type Content, type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';
import { newestFirst, resourceFooter, section, statusChip, versionKey } from './resource-parts.ts';

/** Questionnaire responses, newest first, each question with its answer. */
export function questionnaireResponses(record: PatientRecord): Html {
  const responses = newestFirst(record.of('QuestionnaireResponse'), 'authored');
  const items = responses.map(
    (
      response,
      index,
    ) => html`<details class="entry" id="response-${response.id}" data-version="${versionKey(response)}"${index < 2 ? html` open` : undefined}>
      <summary><h3>${responseTitle(response, record)}</h3>
        <span>${describeTime(response.authored, record.zone)}</span>${statusChip(response.status)}</summary>
      <p class="by">${by(response, record)}</p>
      ${itemList(response.item, record)}
      ${resourceFooter(response, record)}
    </details>`,
  );
  return section('responses', 'Questionnaire responses', items, 'No questionnaire responses in this record yet.');
}

/** What a response is called: its Questionnaire's title when that is here, else the end of the canonical. */
export function responseTitle(response: StoredResource, record: PatientRecord): string {
  const canonical = typeof response.questionnaire === 'string' ? response.questionnaire : '';
  const [url = '', version] = canonical.split('|');
  for (const questionnaire of record.server.store.list('Questionnaire')) {
    const same = questionnaire.url === url && (version === undefined || questionnaire.version === version);
    if (same && typeof questionnaire.title === 'string') return questionnaire.title;
  }
  const name = url.split('/').at(-1) ?? '';
  if (name === '') return 'Questionnaire response';
  const text = name.replaceAll(/[-_]+/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function by(response: StoredResource, record: PatientRecord): Content {
  const source = describeReference(response.source ?? response.author, record);
  return source === undefined ? undefined : `Answered by ${source}`;
}

function itemList(items: unknown, record: PatientRecord): Html | undefined {
  const list = listOf(items).filter(isObject);
  if (list.length === 0) return undefined;
  return html`<dl class="answers">${list.map((item) => answered(item, record))}</dl>`;
}

function answered(item: Record<string, unknown>, record: PatientRecord): Html {
  const answers = listOf(item.answer).filter(isObject);
  const question = typeof item.text === 'string' ? item.text : String(item.linkId ?? '');
  const group = answers.length === 0 && item.item !== undefined;
  const values = answers.map(
    (answer) => html`<span class="answer">${describeValue(answer, 'value', record) ?? '–'}</span>`,
  );
  return html`<div${group ? html` class="group"` : undefined}><dt>${question}</dt><dd>
    ${group ? undefined : values.length > 0 ? values : '–'}
    ${itemList(item.item, record)}${answers.map((answer) => itemList(answer.item, record))}</dd></div>`;
}
