import { reportLines } from '../../../src/homework/report/report-text.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { useAction } from '../parts/use-action.ts';
import { fetchPdf } from '../service/fetch-pdf.ts';
import { useAppSession } from '../session/app-session.tsx';
import { writeDay } from '../words/dates.ts';
import { toldBy, toldWords } from '../words/told-words.ts';
import { ChooseVisit } from './choose-visit.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { pdfName } from './note-for-chart.tsx';

/** What was filed before, newest first, each to be opened and saved. */
export function FiledNotes() {
  const { view, place } = useClinicianPages();
  const { session } = useAppSession();
  const { busy, problem, run } = useAction();
  const reports = [...(view.reports ?? [])].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (reports.length === 0) return null;
  const waitsForVisit = (id: string): boolean =>
    view.ledger.some(
      ({ artefact, id: of, waitingFor }) =>
        artefact === 'report' && of === id && waitingFor?.code === 'encounter-choice',
    );
  return (
    <section aria-labelledby="filed">
      <h2 id="filed">Notes before this one</h2>
      {reports.map(({ id, version, from, to, createdAt, addendumTo, signedBy, text, words, ...report }) => (
        <details key={`${id} ${version}`} className="card tight">
          <summary>
            {addendumTo === undefined ? '' : `Addendum of ${writeDay(createdAt, place)} to `}
            {writeDay(from, place)} to {writeDay(to, place)}
            {version > 1 ? `, version ${version}` : ''}
            {signedBy === undefined ? ', draft' : ', signed'}
            {words === undefined ? '' : ', with the clinician’s own words'}
            {toldWords(report)}
          </summary>
          {signedBy === undefined ? (
            <p className="quiet">
              Nobody has signed this draft{report.reportedBy === undefined ? '' : `, ${toldBy(report)}`}. It cannot be
              signed or discarded here: that is done in the chart, where the EHR lets people do so. You can sign a note
              of your own above.
            </p>
          ) : null}
          <pre className="report">{reportLines(text)}</pre>
          {waitsForVisit(id) ? <ChooseVisit reportId={id} /> : null}
          <div className="buttons">
            <button
              type="button"
              className="plain"
              disabled={busy}
              onClick={() =>
                void run(() => fetchPdf({ method: 'GET', path: `/app/v1/reports/${id}/pdf`, session }, pdfName))
              }
            >
              Download PDF
            </button>
          </div>
        </details>
      ))}
      <ProblemNotice problem={problem} />
    </section>
  );
}
