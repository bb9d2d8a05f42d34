import { standingSentence } from '../words/landing-words.ts';
import { useClinicianPages } from './clinician-context.ts';
import { FiledNotes } from './filed-notes.tsx';
import { NoteForChart } from './note-for-chart.tsx';
import { WhereItStands } from './where-it-stands.tsx';

/** Where everything stands in this EHR, in plain words, and the note for the chart, read before it is filed. */
export function ChartPage() {
  const { view } = useClinicianPages();
  return (
    <>
      <h1 tabIndex={-1}>In the chart</h1>
      <p className="headline">{standingSentence(view.ledger)}</p>
      <div className="since-columns">
        <div className="since-main">
          <NoteForChart key={view.plan.id} />
          <FiledNotes />
        </div>
        <div className="since-side">
          <WhereItStands />
        </div>
      </div>
    </>
  );
}
