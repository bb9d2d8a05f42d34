import type { SafetyRoute } from '../../../src/contract/app/safety.ts';
import { Notice } from '../parts/tone.tsx';

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
