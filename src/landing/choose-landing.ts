import { defined } from '../foundation/defined.ts';
import { listWords } from '../foundation/list-words.ts';
import type { Artefact } from '../homework/model.ts';
import type { ClosedWay, LandingRow, OpenWay, Way } from './landing-row.ts';
import type { SiteOverride } from './vendor-traits.ts';

/** What an artefact could be here; the best first, the last one open. */
export interface Choice {
  readonly ways: readonly Way[];
  /** The same without what is only known of the vendor in general: what a site may know better. */
  readonly beyondVendor: readonly Way[];
}

/**
 * Takes the best way that is open. A site's own setting may choose any way that is open, or one that only the vendor
 * file speaks against; it cannot make the EHR take what its statement, scopes or own refusals rule out.
 */
export function chooseLanding(artefact: Artefact, { ways, beyondVendor }: Choice, setting?: SiteOverride): LandingRow {
  const best = bestOf(artefact, ways);
  if (setting === undefined) return best;
  const because = setting.because.replace(/[.\s]+$/, '');
  const wanted = ways.find((way) => way.open && way.landing === setting.landing);
  if (wanted?.open === true) {
    const raises = `Without landings.${artefact} of this site it would be ${best.landing}.`;
    const lowered = wanted.landing !== best.landing;
    return {
      ...rowOf(artefact, wanted),
      reason: `Set by the site: ${because}. ${wanted.says}`,
      toImprove: joined(lowered ? [raises] : [], wanted.toImprove),
      ...(lowered ? { bySite: true } : {}),
    };
  }
  const known = beyondVendor.find((way) => way.open && way.landing === setting.landing);
  const closed = ways.find((way): way is ClosedWay => !way.open && way.landing === setting.landing);
  const missing = closed === undefined ? `${artefact} has no landing ${setting.landing}` : clauseOf(closed);
  if (known?.open === true) {
    const reason = `Set by the site, which knows better than the vendor file: ${because}. (The vendor file: ${missing}.) ${known.says}`;
    return { ...rowOf(artefact, known), reason };
  }
  return {
    ...best,
    reason: `The site asks for ${setting.landing} (${because}), which is not possible: ${missing}. ${best.reason}`,
    toImprove: joined([`Correct landings.${artefact} of this site.`], best.toImprove),
  };
}

function bestOf(artefact: Artefact, ways: readonly Way[]): LandingRow {
  const sure = ways.findIndex((way) => way.open && way.hoped !== true && way.landing !== 'app-only');
  const index = sure === -1 ? ways.findIndex(({ open }) => open) : sure;
  const way = ways[index];
  if (way?.open !== true) throw new Error(`no way is open for ${artefact}`);
  const better = ways.slice(0, index);
  const hoped = better.filter((way): way is OpenWay => way.open);
  const closed = better.filter((way): way is ClosedWay => !way.open);
  // "a safety signal needs Flag and Task together: X" has said X
  const said = new Set(closed.filter(({ before }) => before !== undefined).map(({ missing }) => missing));
  const unsaid = closed.filter(({ before, missing }) => before !== undefined || !said.has(missing));
  const clauses = unique([...unsaid.map(clauseOf), ...hoped.map(hopedFor)]);
  const missing = clauses.map((clause) => `${sentenceCase(clause)}. `);
  const offers = unique(
    closed.filter((closedWay) => closedWay.offers.length > 0).map((closedWay) => listWords(closedWay.offers)),
  );
  const offered = offers.length === 0 ? [] : [`The EHR would have to offer ${offers.join(', or ')}.`];
  const remedies = [
    ...offered,
    ...closed.map(({ remedy }) => remedy),
    ...hoped.map(({ toImprove }) => toImprove ?? ''),
  ];
  return {
    ...rowOf(artefact, way),
    reason: `${missing.join('')}${way.says}`,
    toImprove: joined(
      unique(remedies).filter((remedy) => remedy !== ''),
      way.toImprove,
    ),
  };
}

function clauseOf({ before, missing }: ClosedWay): string {
  return before === undefined ? missing : `${before}: ${missing}`;
}

function hopedFor({ landing, ownRefused }: OpenWay): string {
  if (ownRefused !== undefined) {
    return `${landing}: ${ownRefused}; a person's token might carry it, by scopes that are asked for and may not be granted`;
  }
  return `${landing} would rest on scopes that a person is asked for and may not get`;
}

function rowOf(artefact: Artefact, way: OpenWay): LandingRow {
  const { landing, identity, says: reason, toImprove, writes, channels, scopes, assumption, hoped } = way;
  return {
    ...{ artefact, landing, identity, reason, toImprove, writes },
    ...(hoped === true ? { hoped } : {}),
    ...defined({ channels, scopes, assumption }),
  };
}

function joined(sentences: readonly string[], last: string | null): string | null {
  const all = unique([...sentences, ...(last === null ? [] : [last])]);
  return all.length === 0 ? null : all.join(' ');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
