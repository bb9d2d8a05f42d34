/**
 * Runs one piece of work after the other, in the order in which they are given.
 * @returns the way to give one: its result comes when its turn has ended; its failure keeps nobody from theirs
 */
export function takeTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}
