/**
 * What to do after a failure: `retry` the same later (it was not processed) · `refresh-token` · `conflict`: re-read and
 * decide anew · `reject`: it will never pass as it is · `unknown`: it may have been processed; look before anything else.
 */
export type Disposition = 'retry' | 'refresh-token' | 'conflict' | 'reject' | 'unknown';

/** A failed request, as everyone but the gateway sees it. */
export interface EhrFailure {
  /** Absent: there was no answer. */
  readonly status?: number;
  /** The EHR's own words, cut to 600 characters. May quote what was sent: for the ledger, never for a log. */
  readonly outcome: string;
  readonly retryAfterMs?: number;
  readonly disposition: Disposition;
  /** Its time ran out, or it was not sent because its circuit is open: others of its kind (`search Task`) ran out of theirs. Says little of other kinds. */
  readonly late?: true;
  /** There was no connection: nothing listens there, its name is not known, or what answers is not it. */
  readonly unreached?: true;
  /** Present: what answered was not the EHR, so its status says nothing of a resource. */
  readonly stranger?: Stranger;
}

/** Reads, or writes whose repetition could leave a second copy. */
export type RequestNature = 'read' | 'write';

/** What answered in the EHR's place, for the people who look after the connection. It repeats nothing of what was sent. */
export interface Stranger {
  readonly status: number;
  /** `text/html`; absent: it said none. */
  readonly contentType?: string;
  /** Its first words, of those that gateways, proxies and login pages use. */
  readonly words?: string;
  /** The host that it sends elsewhere to. */
  readonly sendsTo?: string;
}
