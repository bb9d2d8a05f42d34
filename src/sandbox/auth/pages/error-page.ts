import type { ErrorOut } from 'oidc-provider';
import { type Html, html } from '../../chart/html.ts';
import { authPage } from './auth-page.ts';

/** What a person sees when an authorization request cannot even be answered to the app that sent it. */
export function errorPage({ error, error_description: description }: ErrorOut): Html {
  return authPage(
    'Sign-in is not possible',
    html`<h1>Sign-in is not possible</h1>
    <p>The app that sent you here asked in a way that this EHR does not accept, so it gets no access. Nothing was shared.</p>
    <p>Go back to the chart and open the app again. If that does not help, tell the people who run the app:</p>
    <pre>${error}${description === undefined ? '' : `: ${description}`}</pre>`,
  );
}

/** What a person sees who comes back to a sign-in that is over. */
export function expiredPage(): Html {
  return authPage(
    'This sign-in is over',
    html`<h1>This sign-in is over</h1>
    <p>It was finished already, or it waited for more than ten minutes. Open the app again to start a new one.</p>`,
  );
}
