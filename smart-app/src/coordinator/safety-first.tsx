import type { RosterPage } from '../../../src/contract/app/roster.ts';
import type { SafetyRoute } from '../../../src/contract/app/safety.ts';
import { Notice } from '../parts/tone.tsx';
import { calledWords } from './roster-words.ts';

/** Above the list while any patient has an open safety signal: what to do first, and whom to call. */
export function SafetyFirst({ route }: { readonly route: SafetyRoute | undefined }) {
  return (
    <Notice tone="care" title="Safety signals first">
      <p>
        Reach these patients, and note the contact when you have.
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

/** Patients with a safety signal that has come since the list was read before; who is only shown now, as more of it was read, is none. */
export function newInCrisis(before: RosterPage, now: RosterPage): readonly string[] {
  const known = new Map(before.rows.map(({ patientId, openSignals }) => [patientId, openSignals]));
  const areMore = (now.counts.safety ?? 0) > (before.counts.safety ?? 0);
  const came = now.rows.filter(
    ({ patientId, openSignals }) => openSignals > (known.get(patientId) ?? (areMore ? 0 : openSignals)),
  );
  return areMore && came.length === 0 ? ['of a patient further down the list'] : came.map(calledWords);
}
