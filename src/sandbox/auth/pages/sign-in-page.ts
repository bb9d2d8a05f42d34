import { type Html, html } from '../../chart/html.ts';
import type { User } from '../users.ts';
import { authPage } from './auth-page.ts';

/** Asks who is there. @param path of the sign-in, to which `?user=` is added */
export function signInPage(path: string, appName: string, users: readonly User[]): Html {
  const group = (title: string, some: readonly User[]) => html`<section class="card" aria-label="${title}">
    <h2>${title}</h2>
    <ul class="people">
      ${some.map(
        (user) =>
          html`<li><a href="${path}?user=${encodeURIComponent(user.reference)}"><span>${user.name}</span> <span class="quiet">${user.title}</span></a></li>`,
      )}
    </ul>
  </section>`;
  return authPage(
    'Sign in',
    html`<h1>Sign in to go on to ${appName}</h1>
    <p class="quiet">This is a sandbox: nobody here is real, and nobody has a password. Choose who you are.</p>
    ${group(
      'Staff',
      users.filter(({ role }) => role !== 'patient'),
    )}
    ${group(
      'Patients',
      users.filter(({ role }) => role === 'patient'),
    )}`,
  );
}
