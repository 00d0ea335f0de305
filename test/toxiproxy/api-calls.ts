/**
 * Calls of Toxiproxy's API: right ones, wrong ones and their order. `$name` in a body or path stands
 * for a port that is free on both servers, `#name` for the port of the API itself.
 */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const call = (method: string, path: string, body?: unknown): ApiCall => ({
  method,
  path,
  ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
});

const proxy = (name: string, more: object = {}): object => ({
  name,
  listen: '127.0.0.1:0',
  upstream: '127.0.0.1:9',
  ...more,
});

/** Bodies that are no JSON, or not all of it. */
const malformed = [
  '', '   ', '{', '[', '"', '{"', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', 'tru', 'nul', 'x', 'é', "'",
  '{name:1}', '{"name" 1}', '{"name":1,}', '{"name":"q"]', '{"name":tru}', '{"name":falsy}', '{"name":nulL}',
  '{"name":"\\q"}', '{"name":"\\u12G4"}', '{"name":"\\u00', '{"name":01}', '{"name":1.}', '{"name":1.x}', '{"name":1e}',
  '{"name":1e+}', '{"name":-}', '{"name":--1}', '{"name":.5}', '{"name":"a\nb"}', '{"name":"a\tb"}', '[1,]', '[1 2]', '[,]', '{,}',
  '}', ']', ':', ',', '+1', 'NaN', '\u0001', '\\', '{"a":1}}', '"\u2028', '{"a":[{"b":[}]}]}', '-', '-a', '0x1', '1e5x',
]; // prettier-ignore

const values = [
  'null',
  'true',
  '5',
  '-1',
  '1.5',
  '"text"',
  '[]',
  '{}',
  '[1]',
  '{"a":1}',
  '1e3',
  '12e400',
  '""',
];

const listens = [
  '', ':0', '127.0.0.1:0', 'localhost:0', '0.0.0.0:0', '[::]:0', '[::1]:0', '127.0.0.1:', '127.0.0.1', 'nonsense', ':',
  'a:b:c', '[::1', '[::1]', '[::1]x:1', '::1:0', '127.0.0.1:99999', '127.0.0.1:65536', '127.0.0.1:-1', '127.0.0.1:foo',
  '127.0.0.1:#api', '1.2.3.4:0', 'nohost.invalid:0', '[127.0.0.1]:0', 'a]:0', 'a[:0', '127.0.0.1:+0',
]; // prettier-ignore

const types: Readonly<Record<string, readonly string[]>> = {
  latency: ['latency', 'jitter'],
  bandwidth: ['rate'],
  slow_close: ['delay'],
  timeout: ['timeout'],
  slicer: ['average_size', 'size_variation', 'delay'],
  limit_data: ['bytes'],
  reset_peer: ['timeout'],
  noop: [],
};

function* proxyCalls(): Generator<ApiCall> {
  yield call('GET', '/version');
  yield call('GET', '/proxies');
  for (const body of malformed) yield call('POST', '/proxies', body);
  for (const value of values) {
    yield call('POST', '/proxies', value);
    for (const field of ['name', 'listen', 'upstream', 'enabled', 'Logger', 'ENABLED', 'other']) {
      yield call('POST', '/proxies', `{"name":"v","upstream":"127.0.0.1:9","${field}":${value}}`);
      yield call('DELETE', '/proxies/v');
    }
  }
  for (const listen of listens) {
    yield call('POST', '/proxies', proxy('l', { listen }));
    yield call('PATCH', '/proxies/l', { listen });
    yield call('DELETE', '/proxies/l');
  }
  for (const name of ['a b', 'ü', '<&>', 'a/b', '?', '%', '"', '\u2028', 'a"\\', '.', 'proxies']) {
    yield call('POST', '/proxies', proxy(name));
    yield call('GET', `/proxies/${encodeURIComponent(name)}`);
    yield call('DELETE', `/proxies/${encodeURIComponent(name)}`);
  }
  yield call(
    'POST',
    '/proxies',
    '{"NAME":"case","Upstream":"127.0.0.1:9","listen":"127.0.0.1:0"} rest',
  );
  yield call(
    'POST',
    '/proxies',
    '{"name":"x","name":"twice","upstream":"127.0.0.1:9","listen":"127.0.0.1:0"}',
  );
  yield call('POST', '/proxies', proxy('case'));
  yield call('GET', '/proxies');
  yield call('DELETE', '/proxies/case');
  yield call('DELETE', '/proxies/twice');
  yield call('DELETE', '/proxies/twice');
}

function* updateCalls(): Generator<ApiCall> {
  yield call('POST', '/proxies', proxy('u', { listen: '127.0.0.1:$u' }));
  for (const method of ['POST', 'PATCH']) {
    for (const body of malformed.slice(0, 12)) yield call(method, '/proxies/u', body);
    yield call(method, '/proxies/u', {});
    yield call(method, '/proxies/u', { enabled: false });
    yield call(method, '/proxies/u', { enabled: false });
    yield call(method, '/proxies/u', { name: 'other', upstream: '127.0.0.1:10' });
    yield call(method, '/proxies/u', { enabled: true });
    yield call(method, '/proxies/u', { upstream: '' });
    yield call(method, '/proxies/u', { upstream: '127.0.0.1:9', listen: 'localhost:$u' });
    yield call(method, '/proxies/u', { listen: '127.0.0.1:#api' });
    yield call('GET', '/proxies/u');
    yield call(method, '/proxies/u', { enabled: true });
    yield call('POST', '/reset');
    yield call(method, '/proxies/u', { listen: '127.0.0.1:$u', enabled: false });
    yield call('POST', '/reset');
    yield call('GET', '/proxies/u');
    yield call(method, '/proxies/none', { enabled: true });
    yield call(method, '/proxies/none', '{');
  }
  for (const value of values) yield call('PATCH', '/proxies/u', `{"enabled":${value}}`);
  yield call('DELETE', '/proxies/u');
}

function* toxicCalls(): Generator<ApiCall> {
  yield call('POST', '/proxies', proxy('t'));
  const toxics = '/proxies/t/toxics';
  yield call('GET', toxics);
  for (const body of malformed.slice(0, 20)) yield call('POST', toxics, body);
  for (const value of values) {
    yield call('POST', toxics, value);
    for (const field of ['name', 'type', 'stream', 'toxicity', 'attributes']) {
      yield call('POST', toxics, `{"type":"latency","${field}":${value}}`);
      yield call('GET', toxics);
      yield call('POST', '/reset');
    }
  }
  for (const [type, attributes] of Object.entries(types)) {
    yield call('POST', toxics, { type });
    yield call('POST', toxics, { type });
    yield call('POST', toxics, { type, stream: 'upstream' });
    yield call('POST', toxics, { type, name: 'mine', stream: 'Upstream', toxicity: 0.3 });
    yield call('GET', `${toxics}/${type}_downstream`);
    for (const attribute of attributes) {
      for (const value of [
        ...values,
        '9223372036854775807',
        '9223372036854775808',
        '-9223372036854775808',
        '9007199254740993',
      ]) {
        yield call('PATCH', `${toxics}/mine`, `{"attributes":{"${attribute}":${value}}}`);
        yield call(
          'POST',
          toxics,
          `{"type":"${type}","name":"n","attributes":{"${attribute.toUpperCase()}":${value}}}`,
        );
        yield call('DELETE', `${toxics}/n`);
      }
    }
    yield call('PATCH', `${toxics}/mine`, {
      type: 'noop',
      stream: 'downstream',
      name: 'no',
      toxicity: 0,
    });
    yield call('GET', '/proxies/t');
    yield call('DELETE', `${toxics}/mine`);
    yield call('DELETE', `${toxics}/mine`);
    yield call('POST', '/reset');
  }
  for (const toxicity of [
    '0',
    '0.1',
    '0.333333333333',
    '7',
    '-1',
    '1e-7',
    '1e-6',
    '1e21',
    '1e20',
    '123456789',
    '1e39',
    '16777217',
    '3.4028235e38',
    '-0',
  ]) {
    yield call('POST', toxics, `{"type":"noop","toxicity":${toxicity}}`);
    yield call('PATCH', `${toxics}/noop_downstream`, `{"toxicity":${toxicity}}`);
    yield call('DELETE', `${toxics}/noop_downstream`);
  }
  yield call('PATCH', `${toxics}/none`, '{');
  yield call('GET', `${toxics}/none`);
  yield call('GET', '/proxies/none/toxics');
  yield call('POST', '/proxies/none/toxics', { type: 'noop' });
  yield call('POST', toxics, { type: 'nonsense', stream: 'sideways' });
  yield call('DELETE', '/proxies/t');
}

function* populateCalls(): Generator<ApiCall> {
  for (const body of malformed.slice(0, 20)) yield call('POST', '/populate', body);
  for (const value of values) {
    yield call('POST', '/populate', value);
    yield call('POST', '/populate', `[${value}]`);
    for (const field of ['name', 'listen', 'upstream', 'enabled', 'Logger']) {
      yield call(
        'POST',
        '/populate',
        `[{"name":"p","upstream":"127.0.0.1:9","listen":"127.0.0.1:$p","${field}":${value}}]`,
      );
      yield call('DELETE', '/proxies/p');
    }
  }
  const a = proxy('a', { listen: '127.0.0.1:$a' });
  const b = proxy('b', { listen: '127.0.0.1:$b', enabled: false });
  yield call('POST', '/populate', [a, b]);
  yield call('POST', '/proxies/a/toxics', { type: 'latency' });
  yield call('POST', '/populate', [{ ...a, enabled: false, toxics: [{ type: 'noop' }] }, b]);
  yield call('POST', '/populate', [{ ...a, upstream: '127.0.0.1:10' }]);
  yield call('POST', '/populate', [a, proxy('c', { listen: '127.0.0.1:#api' }), proxy('d')]);
  yield call('POST', '/populate', [a, { name: 'e' }]);
  yield call('POST', '/populate', [{ ...a, listen: 'nonsense' }]);
  yield call('POST', '/populate', [proxy('f', { listen: 'nonsense' })]);
  yield call('GET', '/proxies');
  for (const name of 'abcd') yield call('DELETE', `/proxies/${name}`);
}

function* routeCalls(): Generator<ApiCall> {
  const paths = [
    '/',
    '/version',
    '/proxies',
    '/proxies/',
    '/proxies/x',
    '/proxies/x/',
    '/proxies/x/toxics',
    '/proxies/x/toxics/',
    '/proxies/x/toxics/y',
    '/proxies/x/toxics/y/z',
    '/populate',
    '/reset',
    '/nothing',
    '//proxies',
    '/proxies//x',
    '/./version',
    '/proxies/../version?x=1',
    '/Version',
    '/version/',
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']) {
      yield call(method, path);
    }
    yield { ...call('GET', path), headers: { 'User-Agent': 'Mozilla/5.0 (X11)' } };
    yield { ...call('GET', path), headers: { 'User-Agent': 'mozilla/5.0' } };
  }
}

export const apiCalls: readonly ApiCall[] = [
  ...proxyCalls(),
  ...updateCalls(),
  ...toxicCalls(),
  ...populateCalls(),
  ...routeCalls(),
];
