import { describe, expect, test } from 'vitest';
import { NotesLandscape } from '../../harness/testing/notes-system.ts';
import { signWebhook } from '../../harness/webhook-sender.ts';
import { reply } from '../../harness/wire.ts';
import type { WireRequest } from '../../harness/wire.ts';
import { forge } from './forge.ts';

const link = 'notes -> integration';

/** What arrives at an endpoint that answers with the status: is it believable? */
async function arriving(how: 'unsigned' | 'wrongKey' | 'replayed', status = 204) {
  const notes = new NotesLandscape([forge(link, { how })]);
  const requests: WireRequest[] = [];
  notes.landscape.deliverTo(async (_path, request) => {
    requests.push(request);
    const forged = requests.length > 1;
    return reply({ status: forged ? status : 204, headers: {}, body: '' });
  });
  notes.act('A');
  await notes.pass(300_000);
  return { notes, requests };
}

const signatureOf = ({ headers }: WireRequest): string =>
  String(headers['webhook-signature'] ?? 'none');

describe('forge', () => {
  test.each(['unsigned', 'wrongKey', 'replayed'] as const)(
    '%s comes after the true message, which is as it was',
    async (how) => {
      const { notes, requests } = await arriving(how);
      expect(requests).toHaveLength(2);
      const [real, forged] = requests as [WireRequest, WireRequest];
      expect(real.headers['webhook-id']).not.toBe(forged.headers['webhook-id']);
      expect(signatureOf(real)).not.toBe(signatureOf(forged));
      expect(signatureOf(forged) === 'none').toBe(how === 'unsigned');
      const age =
        Number(real.headers['webhook-timestamp']) - Number(forged.headers['webhook-timestamp']);
      expect(age).toBe(how === 'replayed' ? 3600 : 0);
      const secret = notes.landscape.webhookSecret;
      const signed = (request: WireRequest): boolean => {
        const { 'webhook-id': id = '', 'webhook-timestamp': at = '' } = request.headers;
        return signWebhook(secret, id, Number(at), request.body) === signatureOf(request);
      };
      expect([signed(real), signed(forged)]).toEqual([true, how === 'replayed']);
      expect(notes.records('message.delivered').map(({ forged: kind }) => kind)).toEqual([
        undefined,
        how,
      ]);
      expect(notes.records('fault.fired')).toMatchObject([{ kind: 'forge', key: 'A' }]);
    },
  );

  test('a forged message that is refused is not sent again, and not given up', async () => {
    const { notes, requests } = await arriving('wrongKey', 401);
    expect(requests).toHaveLength(2);
    expect(notes.records('message.abandoned')).toEqual([]);
  });
});
