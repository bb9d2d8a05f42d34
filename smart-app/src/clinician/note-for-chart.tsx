import { useState } from 'react';
import type { NotePreview } from '../../../src/contract/app/note.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { fetchPdf } from '../service/fetch-pdf.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { writeDay } from '../words/dates.ts';
import { toldWords } from '../words/told-words.ts';
import { ChooseVisit } from './choose-visit.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { isPreview } from './note-preview.ts';

const pdfName = 'homework-report.pdf';

/** The between-session note: written by the service, read here, filed as it was read – as a draft, or signed. */
export function NoteForChart() {
  const { view, homework, place, mayChange, change } = useClinicianPages();
  const { call, session } = useAppSession();
  const [note, setNote] = useState<NotePreview>();
  const [encounter, setEncounter] = useState('');
  const [filed, setFiled] = useState<'draft' | 'signed'>();
  const [changed, setChanged] = useState(false);
  const { busy, problem, run } = useAction();
  const last = view.reports?.filter(({ addendumTo }) => addendumTo === undefined).at(-1);
  const upToNow = last !== undefined && last.to >= homework.now;
  const path = `/plans/${view.plan.id}/reports`;
  const read = async (): Promise<void> => {
    const answer = await call({ method: 'POST', path: `/app/v1${path}/preview`, body: {} });
    const preview = expectAnswer(answer, isPreview);
    setNote(preview);
    setEncounter(preview.encounters?.find(({ isLaunch }) => isLaunch)?.reference ?? '');
    setFiled(undefined);
  };
  const file = async ({ from, to, digest }: NotePreview, sign: boolean): Promise<void> => {
    const chosen = encounter === '' ? {} : { encounter };
    try {
      await change({ method: 'POST', path, body: { from, to, digest, sign, ...chosen } });
    } catch (error) {
      if (problemOf(error).code !== 'version-conflict') throw error;
      await read();
      setChanged(true);
      return;
    }
    setFiled(sign ? 'signed' : 'draft');
    setChanged(false);
    setNote(undefined);
  };
  const savePdf = ({ from, to }: NotePreview): Promise<void> =>
    fetchPdf({ method: 'POST', path: `/app/v1${path}/preview/pdf`, body: { from, to }, session }, pdfName);

  return (
    <section className="card" aria-labelledby="note">
      <h2 id="note">Note for the chart</h2>
      {filed === undefined ? null : (
        <Notice
          tone="good"
          live="status"
          title={filed === 'signed' ? 'The note is signed and filed' : 'The draft is filed'}
        >
          <p>It is on its way to the chart; on the right you see where it stands.</p>
        </Notice>
      )}
      {changed && note !== undefined ? (
        <Notice tone="care" live="alert" title="Something has changed since you read this note">
          <p>Nothing was filed. Below is the note as it is now; please read it again.</p>
        </Notice>
      ) : null}
      {note === undefined ? (
        <>
          <p>
            {upToNow
              ? 'The last note goes up to now. There is nothing new to tell.'
              : `A short note of what was done since ${last === undefined ? 'the plan began' : `the last note, ${writeDay(last.to, place)}`}. You read it first; nothing is filed until you say so.`}
          </p>
          {upToNow ? null : (
            <button type="button" className="secondary" disabled={busy || !mayChange} onClick={() => void run(read)}>
              Read the note
            </button>
          )}
        </>
      ) : (
        <>
          <pre className="report">{note.text}</pre>
          {note.encounters === undefined ? null : (
            <p>
              <label htmlFor="encounter">Visit it belongs to </label>
              <select id="encounter" value={encounter} onChange={({ target }) => setEncounter(target.value)}>
                <option value="">Choose later</option>
                {note.encounters.map(({ reference, start, isLaunch }) => (
                  <option key={reference} value={reference}>
                    {writeDay(start, place)}
                    {isLaunch ? ', open now' : ''}
                  </option>
                ))}
              </select>
            </p>
          )}
          <div className="buttons">
            <button
              type="button"
              className="primary"
              disabled={busy || !mayChange}
              onClick={() => void run(() => file(note, true))}
            >
              Sign and file
            </button>
            <button
              type="button"
              className="secondary"
              disabled={busy || !mayChange}
              onClick={() => void run(() => file(note, false))}
            >
              File as a draft
            </button>
            <button type="button" className="plain" disabled={busy} onClick={() => void run(() => savePdf(note))}>
              Download PDF
            </button>
            <button type="button" className="plain" onClick={() => setNote(undefined)}>
              Not now
            </button>
          </div>
          <p className="quiet">
            Signing says that you have read it and stand by it. A draft waits for a signature in the chart.
          </p>
        </>
      )}
      <ProblemNotice problem={problem} />
    </section>
  );
}

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
      <h2 id="filed">Filed before</h2>
      {reports.map(({ id, version, from, to, createdAt, addendumTo, signedBy, text, ...report }) => (
        <details key={`${id} ${version}`} className="card tight">
          <summary>
            {addendumTo === undefined ? '' : `Addendum of ${writeDay(createdAt, place)} to `}
            {writeDay(from, place)} to {writeDay(to, place)}
            {version > 1 ? `, version ${version}` : ''}
            {signedBy === undefined ? ', draft' : ', signed'}
            {toldWords(report)}
          </summary>
          <pre className="report">{text}</pre>
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
