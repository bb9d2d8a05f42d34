import type { ConnectionView } from '../../../src/contract/app/connection.ts';
import { ageWords } from '../words/age.ts';
import type { Tone } from '../words/status-words.ts';

/** How the EHR stands, in words that agree with each other. */
export interface EhrStanding {
  readonly tone: Tone;
  readonly chip: 'answers' | 'answers in part' | 'does not answer';
  /** Paragraphs: what is wrong, and what becomes of deliveries meanwhile. */
  readonly sentences: readonly string[];
}

const troubleWords = { late: 'Not answered in time', unreached: 'No connection to it', cut: 'Not answered to the end' };

/** How the EHR stands, by all that is known of it: what answers in its place is told beside it. */
export function ehrStanding({ answers, trouble, hold, strangers = [], now }: ConnectionView): EhrStanding {
  const silent = !answers || trouble?.state === 'silent';
  const sentences: string[] = [];
  if (trouble !== undefined) {
    const kinds = trouble.requestKinds;
    // without a token, or where deliveries wait, answers alone let nothing go on
    const goesOn = hold === undefined && strangers.length === 0 && !kinds.includes('token');
    const rest = silent || strangers.length > 0 ? '' : ` The rest is answered${goesOn ? ', and goes on' : ''}.`;
    sentences.push(`${troubleWords[trouble.how]} for ${ageWords(trouble.since, now)}: ${kinds.join(', ')}.${rest}`);
  }
  if (hold !== undefined) {
    const last = `was answered with HTTP ${hold.status}.`;
    const since = ageWords(hold.since, now);
    sentences.push(
      silent
        ? `The last delivery ${last}`
        : `It takes no deliveries, for ${since}: the last one ${last} They wait, and are tried again by themselves.`,
    );
  }
  if (silent) {
    const when = hold === undefined ? 'answers' : 'answers and takes it';
    sentences.push(`Nothing is lost: what is to land is kept, and goes out when the EHR ${when} again.`);
  }
  if (silent) return { tone: 'care', chip: 'does not answer', sentences };
  const inPart = trouble !== undefined || hold !== undefined || strangers.length > 0;
  return { tone: inPart ? 'care' : 'good', chip: inPart ? 'answers in part' : 'answers', sentences };
}
