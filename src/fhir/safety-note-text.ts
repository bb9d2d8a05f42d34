import { asToldBy } from '../homework/as-told-by.ts';
import { type SafetyEvidence, type SafetySignal, safetyRules } from '../homework/safety/safety-signal.ts';
import type { SafetyContext } from './safety-context.ts';

/** The id of the clinical note about a safety signal. */
export const safetyNoteId = (signalId: string): string => `${signalId}.note`;

/**
 * The note about a safety signal as text/plain: what, when, on what evidence, whether it is still open, and the marker
 * line last. Of a log codes and values only; what a patient does not share is not in it. What whoever reported it wrote of it
 * stands in one line, so that no line of it looks like another of the note.
 */
export function safetyNoteText(signal: SafetySignal, context: SafetyContext): string {
  const { rule, raisedAt, evidence, closedAt, closedBy, closedVia, closeReason, version } = signal;
  const time = (at: string) => writeTime(at, context);
  const closing =
    closedAt === undefined
      ? ['OPEN. Please review it now in the homework app; it stays open until a person closes it with a reason.']
      : [
          `CLOSED ${time(closedAt)} by ${closedBy ?? 'a person'}${asToldBy({ via: closedVia }, context.sourceName)}: ${closeReason ?? ''}`,
        ];
  return [
    `SAFETY SIGNAL from therapy homework (${context.tenantName})`,
    safetyRules[rule],
    `Raised: ${time(raisedAt)} (${context.timeZone})`,
    ...closing,
    '',
    'What speaks for it:',
    ...evidence.map((safetyEvidence) => `- ${time(safetyEvidence.at)}: ${evidenceWords(safetyEvidence, context)}`),
    '',
    'The homework app is not monitored round the clock.',
    `[IS:${safetyNoteId(signal.id)}:v${version}]`,
  ].join('\n');
}

function evidenceWords({ by, via, logId, value, text }: SafetyEvidence, { sourceName }: SafetyContext): string {
  // a system that speaks for itself is named; whom it names stands beside it
  const who =
    by.type === 'system'
      ? `by ${inOneLine(sourceName?.(by.clientId) ?? by.clientId)}`
      : `by ${by.type === 'patient' ? 'the patient' : 'a person'}${asToldBy({ via }, sourceName)}`;
  if (logId === undefined) return `reported ${who}${text === undefined ? '' : `: “${inOneLine(text)}”`}`;
  const answer = value === undefined ? 'answer not shared' : `answer: ${value === true ? 'yes' : value}`;
  return `in a homework log written ${who} (${answer})`;
}

const inOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function writeTime(at: string, { timeZone, language }: SafetyContext): string {
  const format = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  // engines put a narrow no-break space before AM and PM; a chart's viewer may have no glyph for it
  return format.format(new Date(at)).replaceAll('\u202f', ' ');
}
