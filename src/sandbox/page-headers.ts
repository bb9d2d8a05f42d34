import type { HelmetOptions } from 'helmet';

/** Where pages may lead to, be shown in, or hold. */
export interface PageOrigins {
  frames?: readonly string[];
  forms?: readonly string[];
  ancestors?: readonly string[];
}

/** Headers of pages that load nothing but their own style sheet and script. */
export function pageHeaders({ frames = [], forms = [], ancestors = [] }: PageOrigins): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: frames.length > 0 ? ["'self'", ...frames] : ["'none'"],
        baseUri: ["'none'"],
        // a form's answer may redirect on, and browsers hold that against this list too
        formAction: ["'self'", ...forms],
        frameAncestors: ancestors.length > 0 ? [...ancestors] : ["'none'"],
      },
    },
    xFrameOptions: ancestors.length === 0, // it cannot name origins; frame-ancestors does
    strictTransportSecurity: false, // loopback without TLS
    crossOriginOpenerPolicy: ancestors.length === 0,
  };
}
