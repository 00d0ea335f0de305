/** Mockoon's server with one data bucket of orders behind a CRUD route. Arguments: where it is installed, the port. */
import { createRequire } from 'node:module';

const [folder = '.', port = '0'] = process.argv.slice(2);
const load = createRequire(`${folder}/`);
const { BuildCRUDRoute, BuildDatabucket, BuildEnvironment } = load('@mockoon/commons');
const { MockoonServer } = load('@mockoon/commons-server');

const environment = BuildEnvironment({
  hasDefaultRoute: false,
  hasContentTypeHeader: true,
  hasCorsHeaders: false,
  port: Number(port),
});
environment.hostname = '127.0.0.1';
const bucket = BuildDatabucket({ name: 'orders', value: '[]' });
environment.data = [bucket];
const route = BuildCRUDRoute(true, { endpoint: 'orders', databucketID: bucket.id });
environment.routes = [route];
environment.rootChildren = [{ type: 'route', uuid: route.uuid }];
const server = new MockoonServer(environment, { enableAdminApi: false });
server.on('error', (code: unknown, error: unknown) => console.error(code, error));
server.start();
