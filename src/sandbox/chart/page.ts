import type { FaceServer } from '../fhir/served-face.ts';
import { type Content, type Html, html } from './html.ts';

/** The frame of every chart page. @param path of the page, for the links that switch the face */
export function page(title: string, { face, faces }: FaceServer, path: string, main: Content): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Harbor Clinic (sandbox EHR)</title>
<link rel="stylesheet" href="/assets/chart.css">
<script src="/assets/chart.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the chart</a>
<header class="top">
  <a class="brand" href="/?face=${face.name}">Harbor Clinic <span>sandbox EHR</span></a>
  <nav aria-label="What this EHR keeps">
    ${faces.map(({ name, title: label, description }) => html`<a href="${path}?face=${name}" title="${description}"${name === face.name ? html` aria-current="true"` : undefined}>${label}</a>`)}
  </nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
</body>
</html>`;
}
