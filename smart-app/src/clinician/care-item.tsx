import type { Care } from '../plan/since-visit.ts';
import { stepName } from '../plan/steps.ts';
import { writeDay } from '../words/dates.ts';
import { artefactWords } from '../words/landing-words.ts';
import { assignmentWords, barrierWords } from '../words/status-words.ts';
import { toldWords } from '../words/told-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { PlanTitle } from './plan-title.tsx';
import { TalkedOver } from './talked-over.tsx';

/** Tells the items of one list apart. */
export function careKey(care: Care): string {
  if (care.type === 'barrier') return care.barrier.id;
  if (care.type === 'message') return care.message.id;
  return care.type === 'not-landed' ? care.type : `${care.type} ${care.step.id}`;
}

/** Something that needs the clinician’s eye, with the way to it. */
export function CareItem({ care }: { readonly care: Care }) {
  return (
    <li className="care-item">
      <PlanTitle />
      <CareWords care={care} />
    </li>
  );
}

function CareWords({ care }: { readonly care: Care }) {
  const { open, place, mayChange } = useClinicianPages();
  switch (care.type) {
    case 'barrier':
      return (
        <>
          <p>
            <strong>
              {care.step === undefined ? 'In the way of the plan' : `In the way of step ${care.step.key}`}:
            </strong>{' '}
            {barrierWords[care.barrier.code].short.toLowerCase()}
            {care.barrier.text === undefined ? '' : `, “${care.barrier.text}”`}
          </p>
          <p className="quiet">
            {care.barrier.saidBy === 'patient' ? 'Said by the patient' : 'Noted by a clinician'}
            {toldWords(care.barrier)}, {writeDay(care.barrier.recordedAt, place)}. Not talked over yet.
          </p>
          <TalkedOver barrier={care.barrier} />
        </>
      );
    case 'ended':
      return (
        <>
          <p>
            <strong>{stepName(care.step)}</strong> – {assignmentWords[care.step.businessStatus].words.toLowerCase()}
            {care.step.statusReason?.text === undefined ? '' : `: “${care.step.statusReason.text}”`}
            {care.step.reportedMove === undefined ? '' : toldWords(care.step.reportedMove)}
          </p>
        </>
      );
    case 'message':
      return (
        <>
          <p>
            <strong>A message from the patient</strong>
            {care.step === undefined ? '' : ` on step ${care.step.key}`}
            {toldWords(care.message)}: “{care.message.text}”
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'messages' })}>
            Read and answer
          </button>
        </>
      );
    case 'unlock':
      return (
        <>
          <p>
            <strong>{stepName(care.step)}</strong> waits for you to unlock it.
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'plan' })}>
            Go to the plan
          </button>
        </>
      );
    case 'stuck':
      return (
        <>
          <p>
            <strong>{stepName(care.step)}</strong> stays locked, because step {care.before.key} is{' '}
            {assignmentWords[care.before.businessStatus].words.toLowerCase()}.{' '}
            {mayChange ? 'Unlock it by hand, or make a smaller step.' : 'Its clinician can unlock it.'}
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'plan' })}>
            Go to the plan
          </button>
        </>
      );
    case 'not-landed': {
      const names = [...new Set(care.rows.map(({ artefact }) => artefactWords[artefact].singular.toLowerCase()))].join(
        ', ',
      );
      return (
        <>
          <p>
            <strong>Not in the chart yet:</strong>{' '}
            {care.rows.length === 1 ? 'one entry' : `${care.rows.length} entries`} ({names}){' '}
            {care.rows.length === 1 ? 'needs' : 'need'} a look.
          </p>
          <button type="button" className="plain" onClick={() => open({ name: 'chart' })}>
            See why
          </button>
        </>
      );
    }
  }
}
