import type { JWTPayload } from 'jose';

/** What was open in the EHR, who clicked, and how its answer is to be. */
export interface FakeLaunch {
  readonly user: string;
  readonly patient?: string;
  readonly encounter?: string;
  readonly intent?: string;
  readonly denied?: boolean;
  /** Scopes that are granted of those asked for; default: all. */
  readonly grant?: (scope: string) => boolean;
  /** Changes the id_token's claims; undefined leaves a claim out. */
  readonly claims?: (claims: JWTPayload) => Record<string, unknown>;
  /** `other-key`: signed by a key that is not published; `none`: unsigned; `absent`: there is none. */
  readonly idToken?: 'other-key' | 'none' | 'absent' | 'hs256';
  /** Changes the token response. */
  readonly response?: (response: Record<string, unknown>) => Record<string, unknown>;
}

/** A strict authorization server with an EHR behind it, in this process: every check that it makes, it names when it fails. */
export interface FakeEhr {
  readonly fhirBase: string;
  readonly issuer: string;
  /** Readable FHIR resources by `Type/id`. */
  readonly resources: Map<string, Record<string, unknown>>;
  /** `Patient/x` may be read only by these users. */
  readonly restricted: Map<string, readonly string[]>;
  /** Why requests were refused. */
  readonly refusals: string[];
  /** Every request: `GET /fhir/Patient/sarah`. */
  readonly requests: string[];
  /** Every token that was ever given out. */
  readonly issued: Set<string>;
  readonly revoked: string[];
  /** Bodies and headers of requests at the token endpoint. */
  readonly tokenRequests: { body: URLSearchParams; authorization: string | undefined }[];
  settings: {
    s256: boolean;
    introspection: boolean;
    tokenSeconds: number;
    rotate: boolean;
    down: boolean;
    /** Where a path sends whoever asks, with a method and a body that stay the same. */
    redirects?: Readonly<Record<string, string>>;
    /** Only this path does not answer. */
    broken?: string;
    /** What the FHIR endpoint answers a person's read with, in place of the resource. */
    redirectReads?: string;
    introspects?: Record<string, unknown>;
    /** Changes the SMART configuration. */
    configuration?: (said: Record<string, unknown>) => Record<string, unknown>;
    /** What a path answers, in place of all else. */
    answers?: Readonly<Record<string, { readonly status: number; readonly body: unknown }>>;
    /** The FHIR base as this EHR spells it in launches and in `aud`. */
    spelledBase?: string;
    /** OAuth's word, by which the browser is sent back. */
    refuses?: string;
  };
  issueLaunch(launch: FakeLaunch): string;
  /** What a browser does with an authorize URL. @returns where it is sent back to, or why it is not */
  authorize(url: string, standalone?: FakeLaunch): Promise<{ location?: URL; refused?: string }>;
  expireTokens(): void;
  endGrants(): void;
  close(): Promise<void>;
}
