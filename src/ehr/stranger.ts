import { defined } from '../foundation/defined.ts';
import type { EhrFailure, RequestNature, Stranger } from './ehr-failure.ts';
import { isFhirJson } from './fhir-json.ts';
import { type Answered, isBare } from './speaks-fhir.ts';

/**
 * What to do after an answer that is not the EHR's: nothing is known of the resource. A read is asked again; a write may
 * have been processed behind it, so it is looked up. Only "too many requests" says that it was not.
 */
export function strangerFailure(
  answered: Answered,
  nature: RequestNature,
  more: { readonly retryAfterMs?: number | undefined; readonly what?: string } = {},
): EhrFailure {
  const stranger = strangerOf(answered);
  const { status } = stranger;
  const notTaken = nature === 'read' || status === 429 || status === 425;
  return {
    status,
    outcome: `${sayStranger(stranger)}${more.what === undefined ? '' : `: ${more.what}`}`,
    disposition: notTaken ? 'retry' : 'unknown',
    stranger,
    ...defined({ retryAfterMs: more.retryAfterMs }),
  };
}

/** In one line: `HTTP 404 text/html, not the EHR's answer ("404 not found nginx")`. */
export function sayStranger({ status, contentType, words, sendsTo }: Stranger): string {
  const to = sendsTo === undefined ? '' : `, which sends to ${sendsTo}`;
  const said = words === undefined ? '' : ` ("${words}")`;
  return `HTTP ${status} ${contentType ?? 'without a type'}, not the EHR's answer${to}${said}`;
}

/** The same for a log. */
export function sayWithoutWords({ words: _words, ...stranger }: Stranger): string {
  return sayStranger(stranger);
}

function strangerOf(answered: Answered): Stranger {
  const contentType = /^[a-z]+\/[a-z0-9.+-]{1,60}/i.exec(answered.header('content-type') ?? '')?.[0].toLowerCase();
  const words = wordsOf(answered);
  const sendsTo = URL.parse(answered.header('location') ?? '')?.host.slice(0, 100);
  return {
    status: answered.status,
    ...defined({ contentType, words }),
    ...(sendsTo === undefined || sendsTo === '' ? {} : { sendsTo }),
  };
}

/** A page may repeat what was sent, or an answer of the EHR may be cut short: so only words that are no patient's. */
const known = new Set(
  `200 201 204 301 302 303 307 308 400 401 403 404 405 407 408 413 421 429 431 500 501 502 503 504 511 520 521 522 523 524
   a access account again allowed an and apache apigee application are at auth authentication authorization authorize aws
   azure back backend bad be been big-ip blocked by cannot captcha captive certificate citrix client closed cloudflare
   connect connection continue cookie could default denied did disabled down envoy error exceeded expired f5 failed firewall
   for forbidden found from gateway has haproxy have headers healthy host http https iis imperva ingress internal
   invalid in is it jetty kong later length limit location log login logon maintenance match method microsoft moved
   must net netscaler network nginx no not of off okta on only openresty or our out outage over page payload permanently
   permission please policy portal proxy quota rate rbac redirect redirecting refused rejected required request requested
   reset resource route safe saml scheduled security see server service session sign signin single site soon squid sso
   support system temporarily temporary the this time timed timeout to token tomcat too traefik traffic try unable
   unauthorized unavailable under unexpected upstream url varnish was we web welcome while with you your zscaler`.split(
    /\s+/,
  ),
);
const mostWords = 14;

function wordsOf({ text, json }: Answered): string | undefined {
  if (text.trim() === '') return undefined;
  if (isFhirJson(json)) return /^[A-Z][A-Za-z]{1,60}$/.test(json.resourceType) ? `a ${json.resourceType}` : undefined;
  if (json !== undefined) return 'JSON that is no resource';
  if (/^\s*[{[]/.test(text)) return 'JSON that ends early or cannot be read';
  const title = /<title[^>]*>([^<]{1,400})/i.exec(text.slice(0, 20_000))?.[1];
  const plain = (title ?? text.slice(0, 20_000))
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>/g, ' ');
  const words = plain
    .slice(0, 400)
    .split(/[\s:;,.!?()|–—-]+/)
    .filter((word) => known.has(word.toLowerCase()))
    .slice(0, mostWords)
    .join(' ');
  return words === '' ? undefined : words;
}

/** True for an answer that could be about the token that was sent: a challenge to it, or a refusal without any page. */
export function isAboutToken(answered: Answered): boolean {
  if (answered.status !== 401) return false;
  return (
    /\bbearer\b/i.test(answered.header('www-authenticate') ?? '') || isBare(answered) || answered.json !== undefined
  );
}
