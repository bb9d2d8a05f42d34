import { isObject, listOf, type StoredResource } from '../resource.ts';
import { describePeriod, describeTime } from './describe-time.ts';
import { describeConcept, describeReference, describeTitle } from './describe-value.ts';
import { type Html, html } from './html.ts';
import type { PatientRecord } from './patient-record.ts';
import { facts, newestFirst, resourceFooter, section, statusChip, versionKey } from './resource-parts.ts';

/** Clinical notes with their text, newest first. */
export function documents(record: PatientRecord): Html {
  const items = newestFirst(record.of('DocumentReference'), 'date').map(
    (
      document,
      index,
    ) => html`<details class="entry" id="document-${document.id}" data-version="${versionKey(document)}"${index < 2 ? html` open` : undefined}>
      <summary><h3>${describeTitle(document) === 'DocumentReference' ? 'Clinical note' : describeTitle(document)}</h3>
        <span>${describeTime(document.date, record.zone)}</span>${statusChip(document.docStatus ?? document.status, 'Document status')}</summary>
      ${facts([
        [
          'Author',
          listOf(document.author)
            .map((author) => describeReference(author, record))
            .filter(Boolean)
            .join(', '),
        ],
        ['Covers', isObject(document.context) ? describePeriod(document.context.period, record.zone) : undefined],
      ])}
      ${listOf(document.content).map(attachment)}
      ${resourceFooter(document, record)}
    </details>`,
  );
  return section('documents', 'Clinical notes', items, 'No clinical notes in this record yet.');
}

function attachment(content: unknown): Html {
  const file = isObject(content) && isObject(content.attachment) ? content.attachment : {};
  if (String(file.contentType).startsWith('text/') && typeof file.data === 'string') {
    return html`<pre>${Buffer.from(file.data, 'base64').toString('utf8')}</pre>`;
  }
  return html`<p class="empty">An attachment of type ${String(file.contentType ?? 'unknown')}.</p>`;
}

/** Messages between the clinic and the patient, newest first. */
export function communications(record: PatientRecord): Html {
  const items = newestFirst(record.of('Communication'), 'sent').map(
    (message) => html`<article class="entry" data-version="${versionKey(message)}">
      <header class="row"><h3>${sender(message, record)}</h3>
        <span>${describeTime(message.sent, record.zone)}</span>${statusChip(message.status)}</header>
      ${listOf(message.payload).map((part) => isObject(part) && typeof part.contentString === 'string' && html`<p class="quote">${part.contentString}</p>`)}
      ${facts([['Read or received', describeTime(message.received, record.zone)]])}
      ${resourceFooter(message, record)}
    </article>`,
  );
  return section('messages', 'Messages', items, 'No messages in this record yet.');
}

function sender(message: StoredResource, record: PatientRecord): string {
  const from = describeReference(message.sender, record) ?? 'Message';
  const to = listOf(message.recipient)
    .map((recipient) => describeReference(recipient, record))
    .filter(Boolean)
    .join(', ');
  return to === '' ? from : `${from} to ${to}`;
}

/** Flags: what everyone who opens the chart has to see; undefined when there are none. */
export function flags(record: PatientRecord): Html | undefined {
  const items = record.of('Flag').map(
    (flag) => html`<article class="entry" data-version="${versionKey(flag)}">
      <header class="row"><h3>${describeConcept(flag.code) ?? 'Flag'}</h3>${statusChip(flag.status)}</header>
      ${facts([['Since', describePeriod(flag.period, record.zone)]])}
      ${resourceFooter(flag, record)}
    </article>`,
  );
  return items.length > 0 ? section('flags', 'Flags', items, '') : undefined;
}
