import { Notice } from '../parts/tone.tsx';

/** Says why nothing of the plan can be changed here: it is not one's own to change, or the EHR does not let it be written. */
export function ReadOnly({ isClinician }: { readonly isClinician: boolean }) {
  return isClinician ? (
    <Notice tone="quiet" title="Read only">
      <p>
        The EHR has given permission to read this patient’s homework, but not to change it. If you should be able to,
        ask the people who look after the EHR to let Intersession write.
      </p>
    </Notice>
  ) : (
    <Notice tone="quiet" title="To read only">
      <p>You see this patient’s homework as their clinician does. What the plan says is for the clinician to change.</p>
    </Notice>
  );
}
