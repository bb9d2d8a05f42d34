import { type Html, html } from '../../chart/html.ts';
import type { User } from '../users.ts';
import { authPage } from './auth-page.ts';
import { describeScope } from './describe-scope.ts';

/** What the user is asked. */
export interface ConsentQuestion {
  path: string;
  appName: string;
  /** Where the answer goes: shown, so that nobody allows it to a stranger. */
  appOrigin: string;
  user: User;
  scopes: readonly string[];
  /** Patients to choose from; empty when the patient is settled or not asked for. */
  patients: readonly User[];
}

/** Without these two there would be no sign-in at all, so they can't be unticked. */
export const fixedScopes: ReadonlySet<string> = new Set(['openid', 'launch']);

/** Asks whether the app may have what it asks for; everything but the sign-in itself can be unticked. */
export function consentPage({ path, appName, appOrigin, user, scopes, patients }: ConsentQuestion): Html {
  return authPage(
    `Allow ${appName}?`,
    html`<h1>Allow ${appName} to use this record?</h1>
    <p class="quiet">You are ${user.name}, ${user.title}. The answer goes to ${appOrigin}.</p>
    <form method="post" action="${path}">
      <input type="hidden" name="user" value="${user.reference}">
      ${patients.length > 0 && choosePatient(patients)}
      <fieldset class="card">
        <legend>${appName} asks to</legend>
        <ul class="scopes">${scopes.map((scope) => scopeRow(scope))}</ul>
      </fieldset>
      <p class="choices">
        <button class="primary" name="decision" value="allow">Allow what is ticked</button>
        <button name="decision" value="deny" formnovalidate>Don't allow</button>
      </p>
    </form>`,
  );
}

function choosePatient(patients: readonly User[]): Html {
  return html`<div class="card"><label for="patient">Patient</label>
    <select id="patient" name="patient" required><option value="">Choose a patient</option>${patients.map(
      ({ reference, name }) => html`<option value="${reference.replace('Patient/', '')}">${name}</option>`,
    )}</select></div>`;
}

function scopeRow(scope: string): Html {
  const fixed = fixedScopes.has(scope);
  return html`<li><label>
    <input type="checkbox" name="scope" value="${scope}" checked${fixed && html` disabled`}>
    <span>${describeScope(scope)}<code>${scope}</code></span>
  </label></li>`;
}
