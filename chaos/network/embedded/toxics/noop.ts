/** Does nothing: what a toxic does to a connection that it was not drawn for. */
import type { ToxicStub, ToxicType } from '../toxic.ts';

export async function passAll(stub: ToxicStub): Promise<void> {
  for (;;) {
    const chunk = await stub.receive();
    if (chunk === 'interrupt') return;
    if (chunk === 'end') return stub.close();
    await stub.send(chunk);
  }
}

export const noop: ToxicType = {
  type: 'noop',
  goName: 'NoopToxic',
  attributes: {},
  pipe: passAll,
};
