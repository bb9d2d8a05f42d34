import { useState } from 'react';
import type { NotePreview } from '../../../src/contract/app/note.ts';
import { defined } from '../../../src/foundation/defined.ts';
import { reportLines } from '../../../src/homework/report/report-text.ts';
import { useKeptState } from '../forms/use-kept-state.ts';
import { ProblemNotice } from '../parts/form-end.tsx';
import { Said, useDone } from '../parts/said.tsx';
import { Notice } from '../parts/tone.tsx';
import { useAction } from '../parts/use-action.ts';
import { expectAnswer } from '../service/answer-shape.ts';
import { fetchPdf } from '../service/fetch-pdf.ts';
import { problemOf } from '../service/service-problem.ts';
import { useAppSession } from '../session/app-session.tsx';
import { useClinicianPages } from './clinician-context.ts';
import { filedWords, NoteBegun } from './note-begun.tsx';
import { NoteEditor } from './note-editor.tsx';
import { type NotePeriod, useNotePeriods } from './note-period.ts';
import { isPreview } from './note-preview.ts';
import { NoteToRead } from './note-to-read.tsx';
import { NoteVisit } from './note-visit.tsx';
import { carriedTo, changedSections, hasWords, isNoteWords, type NoteWords, noWords, wordsFor } from './note-words.ts';
import '../styles/note.css';

export const pdfName = 'homework-report.pdf';

/**
 * The between-session note: written by the service, read here, written in if the clinician wants to, and filed as it was read – as
 * a draft, or signed.
 */
export function NoteForChart() {
  const { view, mayChange, change } = useClinicianPages();
  const { call, session } = useAppSession();
  const periods = useNotePeriods();
  const [chosen, setChosen] = useState<NotePeriod['name']>();
  const [note, setNote] = useState<NotePreview>();
  const [writing, setWriting] = useState(false);
  const [words, setWords, forget] = useKeptState<NoteWords>(`note:${view.plan.id}`, noWords, isNoteWords);
  const [encounter, setEncounter] = useState('');
  const [changed, setChanged] = useState<readonly string[]>();
  const [done, say] = useDone();
  const [filed, setFiled] = useState<string>();
  const { busy, problem, run } = useAction();
  const period = periods.find(({ name }) => name === chosen) ?? periods[0];
  const path = `/plans/${view.plan.id}/reports` as const;

  const preview = async (body: { readonly from?: string; readonly to?: string; readonly words?: object }) =>
    expectAnswer(await call({ method: 'POST', path: `/app/v1${path}/preview`, body }), isPreview);
  /** The note as it is now, with the words that were written before, wherever they belong by now. */
  const read = async (from: string | undefined): Promise<NotePreview> => {
    const plain = await preview(defined({ from }));
    const kept = carriedTo(plain, words);
    if (hasWords(words)) setWords(kept);
    const own = wordsFor(plain, kept);
    const shown = own.words === undefined ? plain : await preview({ from: plain.from, to: plain.to, ...own });
    setNote(shown);
    setEncounter(shown.encounters?.find(({ isLaunch }) => isLaunch)?.reference ?? '');
    return shown;
  };
  const begin = async (): Promise<void> => {
    setChanged(undefined);
    await read(period.from);
  };
  /** Nothing is filed over what has changed: the note is shown as it is now, and what was written in it is kept. */
  const showAnew = async (before: NotePreview): Promise<void> => {
    const after = await read(before.from);
    setChanged(changedSections(before, after));
    setWriting(false);
  };
  const finishWriting = async (before: NotePreview): Promise<void> => {
    const after = await preview({ from: before.from, to: before.to, ...wordsFor(before, words) });
    setNote(after);
    setWriting(false);
    setChanged(after.digest === before.digest ? undefined : changedSections(before, after));
  };
  const file = async (shown: NotePreview, sign: boolean): Promise<void> => {
    const { from, to, digest } = shown;
    const body = { from, to, digest, sign, ...wordsFor(shown, words), ...(encounter === '' ? {} : { encounter }) };
    const known = new Set(view.reports?.map(({ id }) => id));
    try {
      const after = await change({ method: 'POST', path, body });
      setFiled(after?.reports?.find(({ id }) => !known.has(id))?.id);
    } catch (error) {
      if (problemOf(error).code !== 'version-conflict') throw error;
      await showAnew(shown);
      return;
    }
    setWords(noWords);
    setChanged(undefined);
    setNote(undefined);
    say(`${sign ? 'The note is signed and filed.' : 'The draft is filed.'} It tells of ${shown.period}.`);
  };
  const savePdf = (shown: NotePreview): Promise<void> => {
    const body = { from: shown.from, to: shown.to, ...wordsFor(shown, words) };
    return fetchPdf({ method: 'POST', path: `/app/v1${path}/preview/pdf`, body, session }, pdfName);
  };

  return (
    <section className="card" aria-labelledby="note">
      <h2 id="note">Note for the chart</h2>
      <Said done={done}>
        <p>{filedWords(view.ledger, filed)}</p>
      </Said>
      {note === undefined && hasWords(words) ? (
        <NoteBegun
          mayGoOn={!busy && mayChange}
          onGoOn={() =>
            void run(async () => {
              await read(words.from ?? period.from);
              setWriting(true);
            })
          }
          onGiveUp={() => {
            setWords(noWords);
            forget();
          }}
        />
      ) : null}
      {changed !== undefined && note !== undefined ? (
        <Notice tone="care" live="alert" title="Something has changed since you read this note">
          <p>
            Nothing was filed. Below is the note as it is now; please read it again.
            {changed.length === 0 ? '' : ` Changed: ${changed.join(', ')}.`}
            {hasWords(words) ? ' What you wrote is kept.' : ''}
          </p>
        </Notice>
      ) : null}
      {note === undefined && !mayChange ? (
        <p className="quiet">
          {['active', 'on-hold'].includes(view.plan.status)
            ? 'The note is read and filed by a clinician who may change this homework. There is nothing for you to do here.'
            : 'This homework is closed: no new note is begun here.'}
        </p>
      ) : note === undefined ? (
        <NoteToRead
          periods={periods}
          period={period}
          onChoose={setChosen}
          begun={hasWords(words)}
          mayRead={!busy}
          onRead={() => void run(begin)}
        />
      ) : writing ? (
        <NoteEditor
          sections={note.sections}
          words={words}
          onChange={(written) => setWords({ ...written, from: note.from })}
          busy={busy}
          onDone={() => void run(() => finishWriting(note))}
        />
      ) : (
        <>
          <p>
            Tells of <strong>{note.period}</strong>.
          </p>
          <pre className="report">{reportLines(note.text)}</pre>
          {note.untold?.map((line) => (
            <p key={line} className="note-untold">
              {line}
            </p>
          ))}
          {note.nothing === true ? (
            <p>
              Nothing {note.untold === undefined ? 'new' : 'else'} was due, done, said or changed in this time, so there
              is nothing to sign.
            </p>
          ) : note.encounters === undefined ? null : (
            <NoteVisit encounters={note.encounters} chosen={encounter} onChoose={setEncounter} />
          )}
          <div className="buttons">
            {note.nothing === true ? null : (
              <>
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
                <button
                  type="button"
                  className="secondary"
                  disabled={busy || !mayChange}
                  onClick={() => setWriting(true)}
                >
                  {hasWords(words) ? 'Go on writing in it' : 'Write in it'}
                </button>
                <button type="button" className="plain" disabled={busy} onClick={() => void run(() => savePdf(note))}>
                  Download PDF
                </button>
              </>
            )}
            <button type="button" className="plain" onClick={() => setNote(undefined)}>
              {note.nothing === true ? 'Choose another time' : 'Not now'}
            </button>
          </div>
          {note.nothing === true ? null : (
            <p className="quiet no-print">
              Signing says that you have read it and stand by it. A draft waits for a signature in the chart.
            </p>
          )}
        </>
      )}
      <ProblemNotice problem={problem} />
    </section>
  );
}
