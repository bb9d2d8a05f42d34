import { z } from 'zod';
import { isBlank } from '../foundation/plain-text.ts';
import { address } from './addressed.ts';
import { judge } from './configuration-problem.ts';

const publicKey = z.record(z.string(), z.unknown()).superRefine((key, context) => {
  // the private half, or a secret that both know: whoever reads this file could speak as the source
  if ('d' in key || 'k' in key) judge('must be public: it holds a private or a shared key', context);
  // an assertion is signed by RS384 or ES384: by another kind the source could never be known
  else if (key.kty !== 'RSA' && key.kty !== 'EC') judge('must be a key of kty RSA or EC', context);
});

/** As `system/Task.rs`, or in version 1 `system/Task.read`: what a token for a source can hold. */
const systemScope = /^system\/(?:[A-Z][A-Za-z]*|\*)\.(?:(?=[cruds])c?r?u?d?s?|read|write|\*)$/;

const sourceScopes = z.string().refine((text) => {
  const scopes = text.split(' ').filter((scope) => scope !== '');
  return scopes.length > 0 && scopes.every((scope) => systemScope.test(scope));
}, 'must be SMART system scopes with a space between them: system/Task.rs');

/** A system that sends us homework: its keys and what it may do. */
export const source = z
  .strictObject({
    clientId: z.string().regex(/^[\x21-\x7e]+$/, 'must be printable characters without spaces'),
    /** Stands wherever something is shown that this system sent. */
    name: z
      .string()
      .refine((text) => !isBlank(text), 'must not be blank')
      .optional(),
    jwks: z.strictObject({ keys: z.array(publicKey).min(1) }).optional(),
    jwksUri: address.optional(),
    scopes: sourceScopes,
    /** Whose homework it is answered: what it made itself (default), or the tenant's. */
    sees: z.enum(['own', 'tenant']).default('own'),
    /** Whose homework it may change. */
    writes: z.enum(['own', 'tenant']).default('own'),
  })
  .refine(({ sees, writes }) => writes === 'own' || sees === 'tenant', {
    path: ['writes'],
    message: '"tenant" needs sees "tenant": who changes something is told how it stands then',
  })
  .superRefine(({ jwks, jwksUri }, context) => {
    if (jwks === undefined && jwksUri === undefined) judge('needs its public keys: jwks or jwksUri', context);
    if (jwks !== undefined && jwksUri !== undefined) judge('has both jwks and jwksUri, and only one is read', context);
  });
