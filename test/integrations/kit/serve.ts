/** Runs a middleware as a process: webhooks in on $PORT, an honest exit on SIGTERM. */
import { createServer } from 'node:http';
import { environmentOfProcess } from './environment.ts';
import { Middleware } from './middleware.ts';
import { type Policies, soundPolicies } from './policies.ts';
import { procureToPayRules } from '../mapping/procure-to-pay-rules.ts';
import { connect } from '../systems/connect.ts';

/** Starts the sound middleware with the given changes to its policies. */
export function serve(changes: Partial<Policies> = {}): void {
  const environment = environmentOfProcess();
  const policies = { ...soundPolicies, ...changes };
  const ports = connect(environment, policies);
  const middleware = new Middleware(environment, policies, { rules: procureToPayRules, ports });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status } = middleware.webhook({
        path: request.url ?? '/',
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      const answer = (): void => void response.writeHead(status).end();
      if (environment.saved === undefined) answer();
      else void environment.saved().then(answer);
    });
  });
  server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => middleware.start());
  process.on('SIGTERM', () => {
    middleware.stop();
    for (const letter of middleware.deadLetters)
      console.log(`dead letter: ${JSON.stringify(letter)}`);
    process.exit(0);
  });
}
