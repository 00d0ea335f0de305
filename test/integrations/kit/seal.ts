/** The signature of Standard Webhooks: whether a message is its sender's, and of now. */
import { type KeyObject, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/** Messages older than this may have been written down and sent again. */
const oldestSeconds = 300;

interface Signed {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export class Seal {
  readonly #key: KeyObject;

  /** `whsec_` and the key in base64. */
  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  }

  isOn({ headers, body }: Signed, nowMs: number): boolean {
    const id = headers['webhook-id'] ?? '';
    const at = headers['webhook-timestamp'] ?? '';
    const age = Math.abs(nowMs / 1000 - Number(at));
    if (!(age < oldestSeconds)) return false;
    const expected = createHmac('sha256', this.#key).update(`${id}.${at}.${body}`).digest();
    return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
      const given = Buffer.from(each.replace(/^v1,/, ''), 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}
