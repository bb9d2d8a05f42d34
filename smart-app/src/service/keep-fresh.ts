/** So long nothing is asked while a page is only looked at; longer and longer while no answer comes. */
const everyMs = 60_000;
const atMostMs = 10 * 60_000;
/** What a person does is no reason to ask more often than this. */
const apartMs = 3_000;
/** What has not answered by then does not: a connection that died in a sleep keeps no page as it is. */
const answersWithinMs = 45_000;

/**
 * Looks anew at what a page shows, while it can be seen: when somebody comes back to it or opens another page of the app, and by
 * itself each minute and when the connection is back. Nothing is asked while an answer is on its way.
 * @param look asks once; `byItself`: nobody has done anything, so that it keeps no session alive. Resolves with whether an answer came
 * @param pageOpened told to the window when another page of the app was opened
 * @returns ends it
 */
export function keepFresh(look: (byItself: boolean) => Promise<boolean>, pageOpened: string): () => void {
  const ended = new AbortController();
  let waitMs = everyMs;
  let lastAt = Date.now();
  let busy = false;
  let isSomebody = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = async (byItself: boolean): Promise<void> => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible' && !busy) {
      busy = true;
      isSomebody = false;
      lastAt = Date.now();
      waitMs = (await look(byItself)) ? everyMs : Math.min(2 * waitMs, atMostMs);
      busy = false;
    }
    if (ended.signal.aborted) return;
    clearTimeout(timer);
    timer = setTimeout(() => void begin(true), waitMs);
  };
  const asked = ({ type }: Event): void => {
    // a connection comes back to an empty room as well
    isSomebody ||= type !== 'online';
    const tooSoonBy = apartMs - (Date.now() - lastAt);
    clearTimeout(timer);
    if (tooSoonBy <= 0) void begin(!isSomebody);
    else timer = setTimeout(() => void begin(!isSomebody), tooSoonBy);
  };
  document.addEventListener('visibilitychange', asked, ended);
  for (const event of ['focus', 'online', 'popstate', pageOpened]) window.addEventListener(event, asked, ended);
  timer = setTimeout(() => void begin(true), waitMs);
  return () => {
    ended.abort();
    clearTimeout(timer);
  };
}

export interface Fresh<Answer> {
  /** Asks once. */
  readonly load: (signal: AbortSignal, byItself: boolean) => Promise<Answer>;
  /** Whether something else is looked at. */
  readonly isAway: () => boolean;
  /** Ends with the question that is shown now. */
  readonly shown: () => AbortSignal;
  /** Another number after each change of what is shown. */
  readonly changes: () => number;
  readonly show: (came: Answer) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Asks the same anew, and shows it, unless what is shown was changed meanwhile: that is newer. @returns whether an answer came */
export async function lookAnew<Answer>(fresh: Fresh<Answer>, byItself: boolean): Promise<boolean> {
  if (fresh.isAway()) return true;
  const [signal, known] = [fresh.shown(), fresh.changes()];
  const tooLate = new AbortController();
  const giveUp = () => tooLate.abort();
  signal.addEventListener('abort', giveUp, { once: true });
  const timer = setTimeout(giveUp, answersWithinMs);
  try {
    const came = await fresh.load(tooLate.signal, byItself);
    if (!signal.aborted && known === fresh.changes()) fresh.show(came);
    return true;
  } catch (error) {
    if (!signal.aborted) fresh.onProblem(error);
    return false;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
