import type { RosterPage } from '../../../src/contract/app/roster.ts';
import { Notice } from '../parts/tone.tsx';
import { calledWords } from './roster-words.ts';

interface SafetyFirstProps {
  readonly roster: RosterPage;
  /** Shows those with an open signal, whatever was chosen. */
  readonly onShow: () => void;
}

/**
 * Above a list in which a patient has an open safety signal: what to do first, and whom to call. Where somebody with one is
 * not in what is shown, that there is somebody, and the way there.
 */
export function SafetyFirst({ roster, onShow }: SafetyFirstProps) {
  const here = roster.rows.filter(({ signals }) => signals.includes('safety')).length;
  const elsewhere = (roster.counts.safety ?? 0) - here;
  return (
    <>
      {here === 0 ? null : <ReachThem route={roster.safetyRoute} here={here} />}
      {elsewhere <= 0 ? null : (
        <p className="safety-elsewhere">
          {elsewhereWords(elsewhere, here, roster.countsAtLeast === true)}{' '}
          <button type="button" className="plain small" onClick={onShow}>
            {elsewhere === 1 && here === 0 ? 'Show the patient' : 'Show all with a signal'}
          </button>
        </p>
      )}
    </>
  );
}

function elsewhereWords(elsewhere: number, here: number, atLeast: boolean): string {
  const more = `${elsewhere}${atLeast ? ' or more' : ''}${here === 0 ? '' : ' more'}`;
  return elsewhere === 1 && !atLeast
    ? `${more} patient with an open safety signal is not among those shown here.`
    : `${more} patients with an open safety signal are not among those shown here.`;
}

function ReachThem({ route, here }: { readonly route: RosterPage['safetyRoute']; readonly here: number }) {
  return (
    <Notice tone="care" title="Safety signals first">
      <p>
        {here === 1 ? 'Reach this patient' : `Reach these ${here} patients`}, and note the contact when you have.
        {route === undefined ? null : (
          <>
            {' '}
            Who can act:{' '}
            <bdi>
              <strong>{route.name}</strong>
            </bdi>
            {route.phone === undefined ? null : (
              <>
                , <a href={`tel:${route.phone.replace(/[^+\d]/g, '')}`}>{route.phone}</a>
              </>
            )}
            .
          </>
        )}{' '}
        A clinician closes a signal, with a reason.
      </p>
    </Notice>
  );
}

const furtherDown = 'of a patient further down the list';

/**
 * Patients with a safety signal that has come since the list was read before, after those that were told and have theirs still. Who is
 * only shown or counted now, as more of the list was read, is none.
 */
export function newInCrisis(before: RosterPage, now: RosterPage, told: readonly string[] = []): readonly string[] {
  const known = new Map(before.rows.map(({ patientId, openSignals }) => [patientId, openSignals]));
  const inCrisis = now.counts.safety ?? 0;
  // a count that was not whole grows by being read on
  const areMore = !before.countsAtLeast && inCrisis > (before.counts.safety ?? 0);
  const came = now.rows.filter(({ patientId, openSignals }, index) => {
    const isNew = areMore || (before.countsAtLeast === true && index < before.rows.length);
    return openSignals > (known.get(patientId) ?? (isNew ? 0 : openSignals));
  });
  const isOpen = (words: string): boolean => {
    const named = now.rows.filter((row) => calledWords(row) === words);
    return inCrisis > 0 && (named.length === 0 || named.some(({ openSignals }) => openSignals > 0));
  };
  const tell = areMore && came.length === 0 ? [furtherDown] : came.map(calledWords);
  return [...new Set([...told.filter(isOpen), ...tell])];
}
