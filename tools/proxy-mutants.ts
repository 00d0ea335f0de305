/** Single faults put into the embedded Toxiproxy: each must be noticed by its tests. */

export interface Mutant {
  readonly name: string;
  /** Below chaos/network/embedded/. */
  readonly file: string;
  /** Text that occurs once, and what takes its place. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const one = (name: string, file: string, from: string, to: string): Mutant => ({
  name,
  file,
  edits: [[from, to]],
});

export const proxyMutants: readonly Mutant[] = [
  one('toxicity is ignored', 'placed-toxic.ts', "return this.#draw('toxicity', connection, this.#changes) < this.#toxicity;", 'return true;'),
  one('toxicity of requests is ignored', 'placed-toxic.ts', "return this.#toxicity >= 1 || this.#draw('request', request, times) < this.#toxicity;", 'return true;'),
  one('first connections are one too few', 'placed-toxic.ts', 'order > firstConnections', 'order >= firstConnections'),
  one('the seed is ignored', 'toxic-collection.ts', 'seed ?? this.#seed()', "seed ?? 'always'"),
  one("a toxic's own seed is ignored", 'toxic-collection.ts', 'seed ?? this.#seed()', 'this.#seed()'),
  one('jitter is ignored', 'toxics/latency.ts', 'jitter > 0 ? middle', 'jitter > 1e9 ? middle'),
  one('latency counts from the chunk before', 'toxics/latency.ts', 'delay - (stub.now() - chunk.at)', 'delay'),
  one('timeout takes three times as long', 'toxics/timeout.ts', 'const idleMs = Number(given);', 'const idleMs = Number(given) * 3;'),
  one('timeout lets data through', 'toxics/timeout.ts', "if (chunk === 'interrupt') return;", "if (chunk === 'interrupt') return;\n      if (typeof chunk === 'object') await stub.send(chunk);"),
  one('removing a timeout leaves the connection open', 'toxics/timeout.ts', 'closesWhenRemoved: true,', ''),
  one('limit_data is one byte too generous', 'toxics/limit-data.ts', 'Number(limit) - through.bytes', 'Number(limit) + 1 - through.bytes'),
  one('limit_data closes one byte late', 'toxics/limit-data.ts', 'through.bytes >= Number(limit)', 'through.bytes > Number(limit)'),
  one('limit_data forgets when it is changed', 'toxics/limit-data.ts', 'stub.state as { bytes: number }', '{ bytes: 0 }'),
  one('bandwidth is doubled', 'toxics/bandwidth.ts', 'Math.max(0, Number(given))', 'Math.max(0, Number(given) * 2)'),
  one('bandwidth loses what it held when removed', 'toxics/bandwidth.ts', 'return stub.send(chunk);', 'return undefined;'),
  one('slow_close does not wait', 'toxics/slow-close.ts', 'stub.wait(Number(delay))', 'stub.wait(0)'),
  one('slicer loses the last piece', 'toxics/slicer.ts', 'for (const end of ends) {', 'for (const end of ends.slice(0, -1)) {'),
  one('slicer does not wait', 'toxics/slicer.ts', 'delayMs < 1 ? delayMs : (owedMs += delayMs)', '0'),
  one('reset_peer ends with a FIN', 'toxics/reset-peer.ts', 'resets: true,', ''),
  one('reset_peer does not wait', 'toxics/reset-peer.ts', 'Number(timeout)', '0 * Number(timeout)'),
  one('packet_loss loses nothing', 'toxics/packet-loss.ts', 'if (!last.lost) await', 'await'),
  one('http_reject lets the request through, too', 'toxics/request-toxic.ts', 'if (!state.keeping) await stub.send({ data: bytes, at: stub.now() });', 'await stub.send({ data: bytes, at: stub.now() });'),
  one('the method of a request is ignored', 'toxics/request-toxic.ts', 'String(method).toUpperCase() === request.method', 'true'),
  one('http_lose_response answers', 'connection.ts', 'mayPass: () => !this.#losing || this.#lose(),', 'mayPass: () => true,'),
  one('chunked bodies end too early', 'toxics/request-reader.ts', 'this.#left = size + 2;', 'this.#left = size;'),
  one('removal drops what was held', 'stub.ts', 'this.output.put(chunk);\n    if (this.input.ended)', 'void chunk;\n    if (this.input.ended)'),
  one('a removed toxic stays on open connections', 'toxic-collection.ts', '(link) => link.remove(toxic)', 'async () => {}'),
  one('a changed toxic stays as it was on open connections', 'toxic-collection.ts', '(link) => link.update(toxic)', 'async () => {}'),
  one('a new toxic does not reach open connections', 'toxic-collection.ts', '(link) => link.add(toxic)', 'async () => {}'),
  one('upstream and downstream are swapped', 'connection.ts', "[toxics('upstream'), toxics('downstream')]", "[toxics('downstream'), toxics('upstream')]"),
  one('a refused toxic is added all the same', 'toxic-collection.ts', "throw toxicAlreadyExists();", 'void toxicAlreadyExists;'),
  one('reset leaves a proxy disabled', 'proxy-collection.ts', 'await proxy.start();\n      await proxy.toxics.removeAll();', 'await proxy.toxics.removeAll();'),
  one('reset leaves the toxics', 'proxy-collection.ts', 'await proxy.toxics.removeAll();', ''),
  {
    name: 'disable keeps connections',
    file: 'proxy.ts',
    edits: [
      ['for (const connection of this.#connections) connection.cut();', ''],
      ['for (const socket of [...this.#clients, ...this.#dialling]) socket.destroy();', ''],
      ['await closed;', 'void closed;'],
    ],
  },
  one('a second proxy of one name is made', 'proxy-collection.ts', 'throw proxyAlreadyExists();', 'void proxyAlreadyExists;'),
  one('an end is not handed on', 'connection.ts', "socket.on('end', () => this.links[read].inputEnd());", ''),
  one('a reader that does not read stops nobody', 'link.ts', 'if (waiting && this.#receiver.writableNeedDrain) this.#source.pause();', ''),
  one('a full toxic stops nobody', 'link.ts', 'if (this.#entry.full) this.#source.pause();', ''),
  one('nobody upstream goes unnoticed', 'proxy.ts', 'if (this.#dialling.delete(upstream)) client.destroy();', 'this.#dialling.delete(upstream);'),
  one('browsers are let in', 'api.ts', "request.userAgent.startsWith('Mozilla/')", "request.userAgent.startsWith('Nobody/')"),
  one('mutations overlap', 'api.ts', 'const turn = this.#last.then(handler);', 'const turn = Promise.resolve().then(handler);'),
]; // prettier-ignore
