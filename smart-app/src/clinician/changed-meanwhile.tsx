import type { StepView } from '../../../src/contract/app/plan-view.ts';
import { revisionOf } from '../../../src/homework/plan/step-words.ts';
import { Notice } from '../parts/tone.tsx';
import { changedBy, changedWords } from '../words/step-change-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { useKnownPeople } from './people.ts';

interface ChangedMeanwhileProps {
  /** The step as the form was opened over it. */
  readonly opened: StepView;
  readonly step: StepView;
  /** What becomes of what was written, in words. */
  readonly kept: string;
  readonly onRead: () => void;
}

/** Somebody else has changed the step while the form was open: said, with what they changed, before it can be sent. */
export function ChangedMeanwhile({ opened, step, kept, onRead }: ChangedMeanwhileProps) {
  const { homework, place } = useClinicianPages();
  const people = useKnownPeople();
  if (revisionOf(opened) === revisionOf(step)) return null;
  const since = (step.changes ?? []).slice(opened.changes?.length ?? 0);
  return (
    <Notice tone="care" live="status" title={`Step ${step.key} was changed while this was open`}>
      {since.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added
        <p key={index}>
          {changedBy(change, { now: homework.now, place, ...people })}: {changedWords(change, place).join('; ')}
        </p>
      ))}
      <p>{kept}</p>
      <button type="button" className="secondary small" onClick={onRead}>
        I have read it
      </button>
    </Notice>
  );
}
