import { type Content, type Html, html } from '../../chart/html.ts';

/** The frame of every page of the authorization server. */
export function authPage(title: string, main: Content): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Harbor Clinic (sandbox EHR)</title>
<link rel="stylesheet" href="/assets/chart.css">
</head>
<body>
<header class="top" aria-label="Sign-in"><span class="brand">Harbor Clinic <span>sandbox EHR</span></span></header>
<main id="main" class="sign-in" aria-label="Sign-in" tabindex="-1">
${main}
</main>
</body>
</html>`;
}
