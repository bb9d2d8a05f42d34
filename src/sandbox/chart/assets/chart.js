// Asks every 1.5 s whether anything was written; draws the chart again only then, and leaves opened parts,
// scroll position and keyboard focus where they were.
const chart = document.getElementById('chart');
const news = document.getElementById('news');
const PERIOD_MS = 1500;

if (chart) setTimeout(ask, PERIOD_MS);

async function ask() {
  try {
    if (!document.hidden) await update();
  } catch {
    // the EHR is away: the next round asks again
  }
  setTimeout(ask, PERIOD_MS);
}

async function update() {
  const response = await fetch(chart.dataset.news, { headers: { 'If-None-Match': chart.dataset.version } });
  if (response.status !== 200) return;
  const known = new Set(marks().map((element) => element.dataset.version));
  const opened = new Map([...chart.querySelectorAll('details[id]')].map((details) => [details.id, details.open]));
  const focused = pathOf(document.activeElement);
  const markup = await response.text();
  chart.dataset.version = response.headers.get('ETag');
  chart.innerHTML = markup; // our own server's markup, in which every value is escaped
  for (const [id, open] of opened) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  if (focused) chart.querySelector(focused)?.focus({ preventScroll: true });
  const fresh = marks().filter((element) => !known.has(element.dataset.version));
  for (const element of fresh) element.classList.add('fresh');
  if (fresh.length > 0) news.textContent = `The chart was updated: ${fresh.length} new or changed.`;
}

function marks() {
  return [...chart.querySelectorAll('[data-version]')];
}

/** A selector that finds the focused element again after the chart was drawn anew. */
function pathOf(element) {
  if (!element || !chart.contains(element)) return undefined;
  if (element.matches('a[href]')) return `a[href="${CSS.escape(element.getAttribute('href'))}"]`;
  if (element.matches('summary') && element.parentElement.id)
    return `#${CSS.escape(element.parentElement.id)} > summary`;
  return undefined;
}

const panel = document.getElementById('app-panel');
const frame = panel?.querySelector('iframe');

for (const launcher of document.querySelectorAll('form.launcher')) {
  launcher.addEventListener('submit', ({ submitter }) => {
    if (submitter?.formTarget === '_blank') return;
    panel.hidden = false;
    panel.scrollIntoView({ block: 'nearest' });
  });
}
document.getElementById('app-close')?.addEventListener('click', () => {
  panel.hidden = true;
  frame.src = 'about:blank'; // the app in it ends
});
