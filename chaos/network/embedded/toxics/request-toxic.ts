/**
 * What the toxics that see HTTP requests share. Their toxicity is a share of requests, drawn by what
 * is asked for and how often it was asked, so that keep-alive does not turn it into one of connections.
 */
import type { Attributes, ToxicStub, ToxicType } from '../toxic.ts';
import { RequestReader, type RequestPart } from './request-reader.ts';

export interface RequestEffect {
  /**
   * A request that is struck begins. `keep` swallows it whole; `pass` lets it through. Waits are the
   * effect's own: `false` from `stub.wait` means to let go at once.
   */
  begin(stub: ToxicStub, attributes: Attributes): Promise<'keep' | 'pass'> | 'keep' | 'pass';
  /** All of a request that was kept has come. */
  end?(stub: ToxicStub, attributes: Attributes): void;
}

interface State {
  readonly reader: RequestReader;
  /** The request under way is swallowed. */
  keeping: boolean;
}

/** A toxic that strikes requests: `method` and the beginning of `path` narrow it. */
export const requestToxic = (
  type: string,
  goName: string,
  own: ToxicType['attributes'],
  effect: RequestEffect,
  defaults: NonNullable<ToxicType['defaults']> = {},
): ToxicType => ({
  type,
  goName,
  attributes: { ...own, method: 'string', path: 'string' },
  defaults,
  stream: 'upstream',
  drawsPerRequest: true,
  newState: (): State => ({ reader: new RequestReader(), keeping: false }),
  pipe: async (stub, attributes) => {
    const state = stub.state as State;
    for (;;) {
      const chunk = await stub.receive();
      if (chunk === 'interrupt' || chunk === 'end') {
        const held = state.reader.release();
        if (held.length > 0 && !state.keeping) await stub.send({ data: held, at: stub.now() });
        if (chunk === 'end') stub.close();
        return;
      }
      for (const part of state.reader.read(chunk.data)) {
        await handle(stub, attributes, effect, state, part);
      }
    }
  },
});

async function handle(
  stub: ToxicStub,
  attributes: Attributes,
  effect: RequestEffect,
  state: State,
  { bytes, request, last }: RequestPart,
): Promise<void> {
  if (request !== undefined && meant(request, attributes)) {
    const struck = stub.connection.strikes(`${request.method} ${request.target}`);
    if (struck) state.keeping = (await effect.begin(stub, attributes)) === 'keep';
  }
  if (!state.keeping) await stub.send({ data: bytes, at: stub.now() });
  if (last !== true || !state.keeping) return;
  state.keeping = false;
  effect.end?.(stub, attributes);
}

const meant = (
  request: { readonly method: string; readonly target: string },
  { method, path }: Attributes,
): boolean =>
  (method === '' || String(method).toUpperCase() === request.method) &&
  request.target.startsWith(String(path));
