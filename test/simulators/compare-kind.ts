import { isDeepStrictEqual } from 'node:util';
import type { FhirResource } from 'fhir/r4';
import type { LedgerRow } from '../../src/cli/demo/await-delivery.ts';
import { logged } from '../kinds/logged.ts';
import { compareMeasures } from './compare-measures.ts';
import { compareResponse } from './compare-response.ts';
import { type Held, named, type Same, sarah, standsThere } from './held.ts';
import type { PlayedLog } from './play-kinds.ts';

/** Where each artefact should land in this EHR: its column of the golden table. */
type Column = Readonly<Record<string, { readonly landing: string }>>;

/**
 * Holds one kind's step, log, measures and lines against what the EHR holds and what the ledger says of them.
 * @returns every difference in words; none: it is as it should be
 */
export function compareKind(log: PlayedLog, held: Held, rows: readonly LedgerRow[], column: Column): string[] {
  const differences: string[] = [];
  const same: Same = (what, actual, wanted) => {
    if (isDeepStrictEqual(actual, wanted)) return;
    differences.push(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`);
  };
  const landing = (artefact: string): string => column[artefact]?.landing ?? '';
  compareResponse(log, held, landing('log'), same);
  compareMeasures(log, held, landing('measure'), same);
  compareTasks(log, held, landing('assignment'), same);
  compareReport(log, held, landing('report'), same);
  compareLedger(log, held, rows, column, same);
  return differences;
}

function compareTasks(log: PlayedLog, held: Held, landing: string, same: Same): void {
  const tasks = held.flatMap((resource) => (resource.resourceType === 'Task' ? [resource] : []));
  const steps = tasks.filter((task) => named(task, 'assignment').includes(log.assignmentId));
  same('tasks of the step', steps.length, standsThere(landing) ? 1 : 0);
  for (const step of steps) {
    const ofKind = JSON.stringify(step.input).includes(`"code":"${log.version.kind.slug}"`);
    same('the step', [step.for?.reference, ofKind], [sarah, true]);
    const due = tasks.filter(({ partOf }) => partOf?.some(({ reference }) => reference === `Task/${step.id}`));
    const what = due.map((task) => [task.for?.reference, task.status, task.output?.length]);
    same('what was due of it', what, [[sarah, 'completed', 1]]);
  }
}

/** The note or message in which the log is told, in the lines that a clinician reads. */
function compareReport({ version, form, ...log }: PlayedLog, held: Held, landing: string, same: Same): void {
  if (landing === 'app-only') {
    same('what is held', held, []);
    return;
  }
  const told = held.map(textOf).filter((text) => text.includes('Every kind ') && text.includes(version.kind.title));
  same('notes that tell of it', told.length, 1);
  // of an own form the lines are the plan's own
  if (version.ownParts !== undefined) return;
  const { lines } = logged({ ...version, questionnaire: form }, log.answers, log.withheld, harborClinic);
  const lacking = lines.filter((line) => told[0]?.includes(flatText(line)) !== true);
  same('lines that the note lacks', lacking, []);
}

/** As the sandbox tenants write days and times. */
const harborClinic = { timeZone: 'America/New_York', language: 'en-US' };

const flatText = (text: string): string => text.replace(/\s+/g, ' ');

/** The words of a note or a message, without the breaks of its lines. */
function textOf(resource: FhirResource): string {
  switch (resource.resourceType) {
    case 'Communication':
      return flatText((resource.payload ?? []).map(({ contentString = '' }) => contentString).join('\n'));
    case 'DocumentReference':
      return flatText(
        resource.content.map(({ attachment }) => Buffer.from(attachment.data ?? '', 'base64').toString()).join('\n'),
      );
    default:
      return '';
  }
}

/** What stands in the EHR can be found by the ledger, and what has no place of its own there is explained in it. */
function compareLedger(log: PlayedLog, held: Held, rows: readonly LedgerRow[], column: Column, same: Same): void {
  const own = rows.filter(({ id }) => id === log.id || id === log.assignmentId || id.startsWith(`${log.id}.`));
  same('rows of its step', own.filter(({ artefact }) => artefact === 'assignment').length, 1);
  same('rows of the log', own.filter(({ artefact }) => artefact === 'log').length, 1);
  for (const { artefact, id, state, landing, reason, ehrReference } of own) {
    same(`${artefact} ${id}`, { state, landing }, { state: 'landed', landing: column[artefact]?.landing });
    const found = held.filter((resource) => `${resource.resourceType}/${resource.id}` === ehrReference);
    // of what is told in a note or message, that one
    same(`${artefact} ${id} at ${ehrReference}`, found.length, landing === 'app-only' ? 0 : 1);
    if (!standsThere(landing ?? '')) same(`${artefact} ${id} is explained`, (reason ?? '') !== '', true);
  }
}
