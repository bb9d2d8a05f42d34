import { useId } from 'react';
import type { EncounterChoice } from '../../../src/contract/app/note.ts';
import { writeDay } from '../words/dates.ts';
import { useClinicianPages } from './clinician-context.ts';

interface NoteVisitProps {
  readonly encounters: readonly EncounterChoice[];
  readonly chosen: string;
  readonly onChoose: (reference: string) => void;
}

/** The visit that a note belongs to, where the EHR connection leaves the choice to a person. */
export function NoteVisit({ encounters, chosen, onChoose }: NoteVisitProps) {
  const { place } = useClinicianPages();
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>Visit it belongs to </label>
      <select id={id} value={chosen} onChange={({ target }) => onChoose(target.value)}>
        <option value="">Choose later</option>
        {encounters.map(({ reference, start, isLaunch }) => (
          <option key={reference} value={reference}>
            {writeDay(start, place)}
            {isLaunch ? ', open now' : ''}
          </option>
        ))}
      </select>
    </p>
  );
}
