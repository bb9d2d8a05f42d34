/** Thrown where something is asked of a plan that was not read with it: whoever asks reads the whole plan and asks again. */
export class NotRead extends Error {
  constructor(what: string) {
    super(`the ${what} were not read`);
    this.name = 'NotRead';
  }
}
