/** Refusals of the wire that are always the same. */
import { WireRefusal } from './wire-refusal.ts';

export const missingToken = new WireRefusal({
  refusal: 'unauthenticated',
  status: 401,
  rule: 'missing-token',
  message: 'An access token is needed.',
  headers: { 'www-authenticate': 'Bearer realm="seatrial"' },
});

export const invalidToken = new WireRefusal({
  refusal: 'unauthenticated',
  status: 401,
  rule: 'invalid-token',
  message: 'The access token is unknown, expired or revoked.',
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
});

export const insufficientScope = (scope: string): WireRefusal =>
  new WireRefusal({
    refusal: 'forbidden',
    status: 403,
    rule: 'insufficient-scope',
    message: `The access token lacks the scope ${scope}.`,
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
  });

export const unknownPath = new WireRefusal({
  refusal: 'notFound',
  status: 404,
  rule: 'unknown-path',
  message: 'There is nothing at this path.',
});

export const wrongMethod = (allowed: readonly string[]): WireRefusal =>
  new WireRefusal({
    refusal: 'malformed',
    status: 405,
    rule: 'method-not-allowed',
    message: `This takes ${allowed.join(', ')}.`,
    headers: { allow: allowed.join(', ') },
  });
